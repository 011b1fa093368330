import { type AvroSchema, isUnion } from '../wire/avro-schema.ts'

/** A type as a sentence names it: "int", "array of string", "Venue or null", "long (timestamp-millis)". */
export function describeType(schema: AvroSchema): string {
  if (typeof schema === 'string') return schema
  if (isUnion(schema)) {
    const others = schema.filter((branch) => branch !== 'null').map(describeType)
    return [...others, ...(others.length < schema.length ? ['null'] : [])].join(' or ')
  }
  switch (schema.type) {
    case 'record':
    case 'error':
    case 'enum':
    case 'fixed':
      return schema.name
    case 'array':
      return `array of ${describeType(schema.items)}`
    case 'map':
      return `map of ${describeType(schema.values)}`
    default:
      return schema.logicalType === undefined ? schema.type : `${schema.type} (${schema.logicalType})`
  }
}
