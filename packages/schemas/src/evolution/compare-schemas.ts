import { isDeepStrictEqual } from 'node:util'
import { type AvroEnum, type AvroRecord, type AvroSchema, isUnion, parseSchema } from '../wire/avro-schema.ts'
import { describeType } from './describe-type.ts'

/**
 * What makes `newer` a break with `older`, one sentence each, naming the field: fields are added with defaults and never
 * removed, renamed or retyped. Stricter than Avro's own resolution, which lets a reader guess.
 */
export function compareSchemas(older: string, newer: string): readonly string[] {
  return typeProblems(parseSchema(older), parseSchema(newer), 'the schema')
}

function typeProblems(older: AvroSchema, newer: AvroSchema, where: string): readonly string[] {
  if (isUnion(older) && isUnion(newer)) return unionProblems(older, newer, where)
  if (typeof older === 'object' && typeof newer === 'object' && !isUnion(older) && !isUnion(newer)) {
    if (older.type === 'record' && newer.type === 'record') return recordProblems(older, newer)
    if (older.type === 'array' && newer.type === 'array') return typeProblems(older.items, newer.items, where)
    if (older.type === 'map' && newer.type === 'map') return typeProblems(older.values, newer.values, where)
    if (older.type === 'enum' && newer.type === 'enum') return enumProblems(older, newer)
    if (older.type === 'fixed' && newer.type === 'fixed' && older.size === newer.size) return []
  }
  const [from, to] = [describeType(older), describeType(newer)]
  return from === to ? [] : [`${where} changed from ${from} to ${to}`]
}

function unionProblems(older: readonly AvroSchema[], newer: readonly AvroSchema[], where: string): readonly string[] {
  if (older.length !== newer.length) return [`${where} changed from ${describeType(older)} to ${describeType(newer)}`]
  return older.flatMap((branch, index) => typeProblems(branch, newer[index] ?? 'null', where))
}

function recordProblems(older: AvroRecord, newer: AvroRecord): readonly string[] {
  if (older.name !== newer.name || older.namespace !== newer.namespace) {
    return [`record ${nameOf(older)} was renamed to ${nameOf(newer)}`]
  }
  const added = newer.fields.filter((field) => !older.fields.some(({ name }) => name === field.name))
  const kept = older.fields.flatMap((field) => {
    const successor = newer.fields.find(({ name }) => name === field.name)
    if (successor === undefined) return [`field \`${field.name}\` of ${older.name} was removed`]
    const where = `field \`${field.name}\` of ${older.name}`
    return [...typeProblems(field.type, successor.type, where), ...defaultProblems(field, successor, where)]
  })
  const bare = added.filter((field) => !('default' in field))
  return [...kept, ...bare.map((field) => `field \`${field.name}\` of ${older.name} was added without a default`)]
}

// A reader of a version before the field fills it with this value: two values would make two truths of one message.
function defaultProblems(older: object, newer: object, where: string): readonly string[] {
  const [from, to] = [defaultOf(older), defaultOf(newer)]
  if (from === undefined || isDeepStrictEqual(from, to)) return []
  return [
    to === undefined
      ? `the default of ${where} was removed`
      : `the default of ${where} changed from ${JSON.stringify(from.value)} to ${JSON.stringify(to.value)}`,
  ]
}

function defaultOf(field: object): { readonly value: unknown } | undefined {
  return 'default' in field ? { value: field.default } : undefined
}

function enumProblems(older: AvroEnum, newer: AvroEnum): readonly string[] {
  const gone = older.symbols.filter((symbol) => !newer.symbols.includes(symbol))
  const added = newer.symbols.some((symbol) => !older.symbols.includes(symbol))
  const removed = gone.map((symbol) => `symbol ${symbol} of ${older.name} was removed`)
  const blind = added && older.default === undefined
  return [...removed, ...(blind ? [`symbols were added to ${older.name}, whose readers have no default for them`] : [])]
}

function nameOf({ namespace, name }: AvroRecord): string {
  return namespace === undefined ? name : `${namespace}.${name}`
}
