import { RegistryUnavailableError } from '../registry/errors.ts'
import type { RegisteredSchema, SchemaLookup } from '../registry/registry.ts'
import { subjectOf, TOPIC_NAMES } from '../topics.ts'
import { type AvroSchema, fullName, isUnion, parseSchema } from '../wire/avro-schema.ts'
import { SCHEMAS } from './compiled-schemas.ts'
import type { Resolution } from './resolution.ts'

/** What the registry's answer for an id means to a message of `subject`. */
export async function describeAnswer(
  lookup: SchemaLookup,
  id: number,
  { schemaType, schema }: RegisteredSchema,
  subject: string,
): Promise<Resolution> {
  if (schemaType !== 'AVRO') return { type: 'unsupported', schemaType }
  const name = nameOf(schema, id)
  const subjects = await lookup.listSubjects(id)
  const own = subjects.includes(subject) ? subject : (subjects[0] ?? subjectByName(name))
  return { type: 'schema', entry: { id, subject: own, schema } }
}

function nameOf(schema: string, id: number): string {
  let parsed: AvroSchema
  try {
    parsed = parseSchema(schema)
  } catch (cause) {
    throw new RegistryUnavailableError(`registry answered no Avro schema for id ${id}`, { cause })
  }
  return nameIn(parsed)
}

// A deleted subject leaves its ids behind; the name of the schema then says whose they were.
function subjectByName(name: string): string {
  const topic = TOPIC_NAMES.find((candidate) => nameIn(parseSchema(SCHEMAS[candidate])) === name)
  return topic === undefined ? '' : subjectOf(topic)
}

function nameIn(schema: AvroSchema): string {
  return typeof schema === 'object' && !isUnion(schema) && 'name' in schema ? fullName(schema, '') : ''
}
