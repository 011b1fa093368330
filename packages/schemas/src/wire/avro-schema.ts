/** What an Avro schema may look like as JSON, as far as this package reads it. */

export interface AvroField {
  readonly name: string
  readonly type: AvroSchema
  readonly doc?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
}

export interface AvroRecord {
  readonly type: 'record' | 'error'
  readonly name: string
  readonly namespace?: string
  readonly fields: readonly AvroField[]
}

export interface AvroEnum {
  readonly type: 'enum'
  readonly name: string
  readonly namespace?: string
  readonly symbols: readonly string[]
  readonly default?: string
}

export interface AvroFixed {
  readonly type: 'fixed'
  readonly name: string
  readonly namespace?: string
  readonly size: number
}

export interface AvroArray {
  readonly type: 'array'
  readonly items: AvroSchema
}

export interface AvroMap {
  readonly type: 'map'
  readonly values: AvroSchema
}

export interface AvroPrimitive {
  readonly type: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string'
  readonly logicalType?: string
}

export type AvroComplex = AvroRecord | AvroEnum | AvroFixed | AvroArray | AvroMap | AvroPrimitive
/** A name (primitive, or of a type defined before), a union, or a definition. */
export type AvroSchema = string | readonly AvroSchema[] | AvroComplex

export function isUnion(schema: AvroSchema): schema is readonly AvroSchema[] {
  return Array.isArray(schema)
}

/** Reads schema text; what it says is checked by whoever compiles it. */
export function parseSchema(text: string): AvroSchema {
  return JSON.parse(text) as AvroSchema
}

/** Full name of a named type, given the namespace it stands in. */
export function fullName(schema: { readonly name: string; readonly namespace?: string }, enclosing: string): string {
  if (schema.name.includes('.')) return schema.name
  const namespace = schema.namespace ?? enclosing
  return namespace === '' ? schema.name : `${namespace}.${schema.name}`
}
