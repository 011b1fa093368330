import { compileType } from '../wire/avro-type.ts'
import { IncompatibleSchemaError, RegistryUnavailableError } from './errors.ts'
import type { RegisteredSchema, SchemaRegistry, SchemaVersion } from './registry.ts'

/** A registry in this process, for unit tests only: the same contract as the real one, and switches to break it. */
export interface MemoryRegistry extends SchemaRegistry {
  /** While false every call throws `RegistryUnavailableError`. */
  available: boolean
  /** Calls so far. */
  readonly requests: number
  /** Puts anything under an id, as a foreign or restored registry would. */
  plant(id: number, entry: RegisteredSchema & { readonly subject: string }): void
  forget(id: number): void
}

interface Entry extends RegisteredSchema {
  readonly subjects: Set<string>
}

export function createMemoryRegistry(): MemoryRegistry {
  const entries = new Map<number, Entry>()
  const subjects = new Map<string, number[]>()
  const strict = new Set<string>()
  let requests = 0
  const asked = () => {
    requests++
    if (!registry.available) throw new RegistryUnavailableError('registry is switched off')
  }
  const versionsOf = (subject: string): readonly SchemaVersion[] =>
    (subjects.get(subject) ?? []).flatMap((id, index) => {
      const entry = entries.get(id)
      return entry ? [{ id, version: index + 1, schemaType: entry.schemaType, schema: entry.schema }] : []
    })
  const idOf = (schema: string) => entries.entries().find(([, entry]) => entry.schema === schema)?.[0]
  const put = (id: number, subject: string, entry: RegisteredSchema) => {
    const stored = entries.get(id) ?? { ...entry, subjects: new Set() }
    entries.set(id, stored)
    stored.subjects.add(subject)
    const ids = subjects.get(subject) ?? []
    if (!ids.includes(id)) subjects.set(subject, [...ids, id])
  }
  const objectionsOf = (subject: string, schema: string) =>
    strict.has(subject) || strict.has('')
      ? versionsOf(subject).flatMap((version) => unreadable(version.schema, schema))
      : []

  const registry: MemoryRegistry = {
    available: true,
    get requests() {
      return requests
    },
    plant: (id, { subject, ...entry }) => {
      entries.delete(id)
      put(id, subject, entry)
    },
    forget: (id) => {
      entries.delete(id)
    },
    async findId(subject, schema) {
      asked()
      return versionsOf(subject).find((version) => version.schema === schema)?.id
    },
    async findSchema(id) {
      asked()
      const entry = entries.get(id)
      return entry && { schemaType: entry.schemaType, schema: entry.schema }
    },
    async listSubjects(id) {
      asked()
      return [...(entries.get(id)?.subjects ?? [])]
    },
    async listVersions(subject) {
      asked()
      return versionsOf(subject)
    },
    async findObjections(subject, schema) {
      asked()
      return objectionsOf(subject, schema)
    },
    async register(subject, schema) {
      asked()
      const objections = objectionsOf(subject, schema)
      if (objections.length > 0) throw new IncompatibleSchemaError(subject, objections)
      const id = idOf(schema) ?? Math.max(0, ...entries.keys()) + 1
      put(id, subject, { schemaType: 'AVRO', schema })
      return id
    },
    async requireFullTransitive(subject = '') {
      asked()
      strict.add(subject)
    },
  }
  return registry
}

/** Each reads what the other wrote, or says why it cannot. */
function unreadable(older: string, newer: string): readonly string[] {
  const [left, right] = [compileType(older), compileType(newer)]
  return [() => left.createResolver(right), () => right.createResolver(left)].flatMap((resolve) => {
    try {
      resolve()
      return []
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)]
    }
  })
}
