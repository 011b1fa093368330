import fc from 'fast-check'
import { type AvroField, type AvroSchema, isUnion, parseSchema } from './avro-schema.ts'

/** Any value of a schema, for property tests: all that a writer may send and a reader has to give back unchanged. */
export function arbitraryValue(schema: string): fc.Arbitrary<unknown> {
  return ofType(parseSchema(schema), undefined)
}

// -0 becomes 0 on the wire, so it is no value that comes back unchanged.
const double = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((value) => value + 0)
const text = fc.string({ unit: 'binary', maxLength: 130 }).map((value) => value.replaceAll('\0', ' '))

function ofType(schema: AvroSchema, bounds: AvroField | undefined): fc.Arbitrary<unknown> {
  if (isUnion(schema)) return fc.oneof(...schema.map((branch) => ofType(branch, bounds)))
  if (typeof schema === 'string') return ofPrimitive(schema, bounds)
  switch (schema.type) {
    case 'record':
      return fc.record(Object.fromEntries(schema.fields.map((field) => [field.name, ofType(field.type, field)])))
    case 'array':
      return fc.array(ofType(schema.items, undefined), { maxLength: 4 })
    case 'long':
      return schema.logicalType === undefined
        ? ofPrimitive('long', bounds)
        : fc.integer({ min: 0, max: 253_402_300_799_999 })
    default:
      throw new Error(`no arbitrary for ${JSON.stringify(schema)}`)
  }
}

function ofPrimitive(name: string, bounds: AvroField | undefined): fc.Arbitrary<unknown> {
  switch (name) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'int':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
    case 'long':
      return fc.oneof(fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 }), fc.integer({ min: -70, max: 70 }))
    case 'double':
      return double(bounds?.minimum ?? -(2 ** 53 - 1), bounds?.maximum ?? 2 ** 53 - 1)
    case 'bytes':
      return fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
    case 'string':
      return text
    default:
      throw new Error(`no arbitrary for "${name}"`)
  }
}
