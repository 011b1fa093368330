import { type AvroField, type AvroRecord, type AvroSchema, isUnion, parseSchema } from '../wire/avro-schema.ts'

// float loses digits, fixed and named references have no TypeScript form, decimal needs a type of its own.
const ALLOWED = new Set(['null', 'boolean', 'int', 'long', 'double', 'bytes', 'string'])

/** Why a schema may not go on the wire, one sentence each: it must be able to grow and unable to hurt a reader. */
export function lintSchema(text: string): readonly string[] {
  const schema = parseSchema(text)
  if (typeof schema === 'string' || isUnion(schema) || schema.type !== 'record') return ['the schema is not a record']
  return [
    ...(schema.namespace === undefined ? ['the schema has no namespace'] : []),
    ...recordProblems(schema, new Set()),
  ]
}

function recordProblems(record: AvroRecord, names: Set<string>): readonly string[] {
  if (names.has(record.name)) return [`record ${record.name} is defined twice`]
  names.add(record.name)
  const empty = record.fields.length === 0 ? [`record ${record.name} has no fields`] : []
  return [
    ...empty,
    ...record.fields.flatMap((field) => fieldProblems(field, `field \`${field.name}\` of ${record.name}`, names)),
  ]
}

function fieldProblems(field: AvroField, where: string, names: Set<string>): readonly string[] {
  const problems = [...typeProblems(field.type, where, names)]
  if (isUnion(field.type) && field.default !== null)
    problems.push(`${where} may be null and has not null as its default`)
  if (isArray(field.type) && !('default' in field)) problems.push(`${where} is a list without a default`)
  if (!/^[a-z][A-Za-z0-9]*$/.test(field.name)) problems.push(`${where} is not in camel case`)
  if (!field.doc) problems.push(`${where} has no doc`)
  return problems
}

function typeProblems(schema: AvroSchema, where: string, names: Set<string>): readonly string[] {
  if (typeof schema === 'string') return ALLOWED.has(schema) ? [] : [`${where} refers to "${schema}"`]
  if (isUnion(schema)) return unionProblems(schema, where, names)
  switch (schema.type) {
    case 'record':
      return recordProblems(schema, names)
    case 'array':
      return itemProblems(schema.items, where, names)
    case 'map':
      return itemProblems(schema.values, where, names)
    case 'enum':
      return schema.default === undefined ? [`${where} is an enum without a default`] : []
    case 'fixed':
    case 'error':
      return [`${where} is of type ${schema.type}`]
    default:
      return ALLOWED.has(schema.type)
        ? logicalProblems(schema.logicalType, where)
        : [`${where} is of type ${schema.type}`]
  }
}

function unionProblems(branches: readonly AvroSchema[], where: string, names: Set<string>): readonly string[] {
  const [first, second, ...more] = branches
  if (first !== 'null' || second === undefined || more.length > 0) return [`${where} is a union other than ["null", X]`]
  return typeProblems(second, where, names)
}

// Items without bytes: a message of 9 bytes made 20 million of them.
function itemProblems(items: AvroSchema, where: string, names: Set<string>): readonly string[] {
  const weightless = items === 'null' || (isRecord(items) && items.fields.length === 0)
  return weightless ? [`${where} is a list of items that take no bytes`] : typeProblems(items, where, names)
}

function logicalProblems(logicalType: string | undefined, where: string): readonly string[] {
  return logicalType === undefined || logicalType === 'timestamp-millis'
    ? []
    : [`${where} is of logical type ${logicalType}`]
}

function isArray(schema: AvroSchema): boolean {
  return typeof schema === 'object' && !isUnion(schema) && (schema.type === 'array' || schema.type === 'map')
}

function isRecord(schema: AvroSchema): schema is AvroRecord {
  return typeof schema === 'object' && !isUnion(schema) && schema.type === 'record'
}
