import { type AvroField, type AvroSchema, isUnion, parseSchema } from '../wire/avro-schema.ts'

/** A value that fills every field of a schema with something recognisable, the same for the same schema. */
export function sampleValue(schema: string): unknown {
  let count = 0
  const next = () => ++count
  return sampleOf(parseSchema(schema), { name: 'value', type: 'null' }, next)
}

function sampleOf(schema: AvroSchema, field: AvroField, next: () => number): unknown {
  if (isUnion(schema)) return sampleOf(schema.at(-1) ?? 'null', field, next)
  if (typeof schema === 'string') return primitive(schema, field, next)
  switch (schema.type) {
    case 'record':
      return Object.fromEntries(schema.fields.map((inner) => [inner.name, sampleOf(inner.type, inner, next)]))
    case 'array':
      return [sampleOf(schema.items, field, next), sampleOf(schema.items, field, next)]
    case 'long':
      return schema.logicalType === undefined ? primitive('long', field, next) : 1_700_000_000_000 + next()
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`)
  }
}

function primitive(type: string, field: AvroField, next: () => number): unknown {
  const n = next()
  switch (type) {
    case 'boolean':
      return n % 2 === 0
    case 'int':
      return n % 2 === 0 ? n * 1000 : n
    case 'long':
      return n * 10_000_000_000
    case 'double':
      return field.maximum === 1 ? 1 / (n + 1) : n - 7.25
    case 'bytes':
      return Buffer.from([0, n & 0xff, 0xff])
    default:
      return `${field.name} ${n} é ß 漢 🦆`
  }
}
