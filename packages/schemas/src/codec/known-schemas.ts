import type { SchemaCache } from '../codec.ts'
import { SchemaIdChangedError } from '../registry/errors.ts'
import { fingerprintOf } from '../wire/avro-type.ts'

export interface KnownSchema {
  readonly id: number
  readonly subject: string
  readonly schema: string
}

/** Ids and what they mean, for ever: held in memory, kept by the service. */
export interface KnownSchemas {
  find(id: number): KnownSchema | undefined
  /** The newest id under which this very schema is known. */
  findId(subject: string, schema: string): number | undefined
  list(): readonly KnownSchema[]
  /** Stores an id once; throws `SchemaIdChangedError` when it is known as something else. */
  learn(entry: KnownSchema): Promise<void>
}

export async function loadKnownSchemas(cache: SchemaCache): Promise<KnownSchemas> {
  const kept = (await cache.load()).toSorted((left, right) => left.id - right.id)
  const byId = new Map(kept.map((entry) => [entry.id, entry] as const))
  return {
    find: (id) => byId.get(id),
    findId: (subject, schema) =>
      [...byId.values()].findLast((entry) => entry.subject === subject && isSame(entry.schema, schema))?.id,
    list: () => [...byId.values()],
    async learn(entry) {
      const known = byId.get(entry.id)
      if (known !== undefined) return assertUnchanged(known, entry.schema)
      await cache.save(entry)
      byId.set(entry.id, entry)
    },
  }
}

/** Throws `SchemaIdChangedError` unless `answer` reads the same bytes as what the id stands for. */
export function assertUnchanged(known: KnownSchema, answer: string): void {
  if (isSame(known.schema, answer)) return
  throw new SchemaIdChangedError(`schema id ${known.id} was "${known.subject}" and is another schema in the registry`)
}

function isSame(left: string, right: string): boolean {
  return left === right || fingerprintIfAvro(left) === fingerprintIfAvro(right)
}

function fingerprintIfAvro(schema: string): string {
  try {
    return fingerprintOf(schema)
  } catch {
    // What is no Avro schema equals only itself.
    return schema
  }
}
