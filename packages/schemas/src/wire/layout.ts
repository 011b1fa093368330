import {
  type AvroComplex,
  type AvroField,
  type AvroRecord,
  type AvroSchema,
  fullName,
  isUnion,
  parseSchema,
} from './avro-schema.ts'

export const KIND = {
  null: 0,
  boolean: 1,
  int: 2,
  long: 3,
  float: 4,
  double: 5,
  bytes: 6,
  string: 7,
  fixed: 8,
  enum: 9,
  record: 10,
  array: 11,
  map: 12,
  union: 13,
  timestamp: 14,
} as const
type PrimitiveName = 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string'

/** How the bytes of a schema lie, compiled once. One shape for every kind keeps the scan monomorphic. */
export interface Layout {
  kind: number
  /** Fields of a record, branches of a union, the items of an array or map. */
  parts: Layout[]
  /** Size of a fixed, number of symbols of an enum. */
  size: number
  /** The fewest bytes a value takes: what bounds a block count before anything is allocated. */
  minBytes: number
  minimum: number
  maximum: number
}

// Beyond 2^53 a double is no measure of ours; a field of an own range says so in its schema.
const WIDEST = Number.MAX_SAFE_INTEGER
// 9999-12-31T23:59:59.999Z, the last date that four digits write.
const LAST_DATE = 253_402_300_799_999

interface Scope {
  readonly namespace: string
  readonly named: Map<string, Layout>
}

/** Compiles a writer's schema; bounds come from the reader's own fields, because they are the reader's rule. */
export function compileLayout(writer: string, reader: string = writer): Layout {
  return layoutOf(parseSchema(writer), parseSchema(reader), { namespace: '', named: new Map() }, undefined)
}

function blank(kind: number, minBytes: number): Layout {
  return { kind, parts: [], size: 0, minBytes, minimum: -WIDEST, maximum: WIDEST }
}

function layoutOf(
  schema: AvroSchema,
  reader: AvroSchema | undefined,
  scope: Scope,
  bounds: AvroField | undefined,
): Layout {
  if (isUnion(schema)) return unionOf(schema, reader, scope, bounds)
  if (typeof schema === 'string') return namedOrPrimitive(schema, scope, bounds)
  return complexOf(schema, reader, scope, bounds)
}

function unionOf(
  branches: readonly AvroSchema[],
  reader: AvroSchema | undefined,
  scope: Scope,
  bounds: AvroField | undefined,
): Layout {
  const layout = blank(KIND.union, 1)
  const readers = reader !== undefined && isUnion(reader) ? reader : []
  layout.parts = branches.map((branch) =>
    layoutOf(
      branch,
      readers.find((other) => sameKind(branch, other)),
      scope,
      bounds,
    ),
  )
  return layout
}

function namedOrPrimitive(name: string, scope: Scope, bounds: AvroField | undefined): Layout {
  if (name in PRIMITIVE_BYTES) return primitiveOf(name as PrimitiveName, undefined, bounds)
  const layout = scope.named.get(fullName({ name }, scope.namespace)) ?? scope.named.get(name)
  if (layout === undefined) throw new Error(`no schema named "${name}"`)
  return layout
}

const PRIMITIVE_BYTES: Readonly<Record<PrimitiveName, number>> = {
  null: 0,
  boolean: 1,
  int: 1,
  long: 1,
  float: 4,
  double: 8,
  bytes: 1,
  string: 1,
}

function primitiveOf(name: PrimitiveName, logicalType: string | undefined, bounds: AvroField | undefined): Layout {
  const isTimestamp = name === 'long' && logicalType === 'timestamp-millis'
  const layout = blank(isTimestamp ? KIND.timestamp : KIND[name], PRIMITIVE_BYTES[name])
  layout.minimum = isTimestamp ? 0 : (bounds?.minimum ?? -WIDEST)
  layout.maximum = isTimestamp ? LAST_DATE : (bounds?.maximum ?? WIDEST)
  return layout
}

function complexOf(
  schema: AvroComplex,
  reader: AvroSchema | undefined,
  scope: Scope,
  bounds: AvroField | undefined,
): Layout {
  switch (schema.type) {
    case 'record':
    case 'error':
      return recordOf(schema, reader, scope)
    case 'array':
      return { ...blank(KIND.array, 1), parts: [layoutOf(schema.items, part(reader, 'items'), scope, undefined)] }
    case 'map':
      return { ...blank(KIND.map, 1), parts: [layoutOf(schema.values, part(reader, 'values'), scope, undefined)] }
    case 'enum':
      return remember(schema, { ...blank(KIND.enum, 1), size: schema.symbols.length }, scope)
    case 'fixed':
      return remember(schema, { ...blank(KIND.fixed, schema.size), size: schema.size }, scope)
    default:
      return typeof schema.type === 'string' && schema.type in PRIMITIVE_BYTES
        ? primitiveOf(schema.type, schema.logicalType, bounds)
        : layoutOf(schema.type, reader, scope, bounds)
  }
}

function recordOf(schema: AvroRecord, reader: AvroSchema | undefined, scope: Scope): Layout {
  const layout = remember(schema, blank(KIND.record, 0), scope)
  const name = fullName(schema, scope.namespace)
  const inner: Scope = { namespace: name.slice(0, Math.max(0, name.lastIndexOf('.'))), named: scope.named }
  const readers = recordFields(reader)
  for (const field of schema.fields) {
    const own = readers.find((other) => other.name === field.name)
    const fieldLayout = layoutOf(field.type, own?.type, inner, own ?? field)
    layout.parts.push(fieldLayout)
    layout.minBytes += fieldLayout.minBytes
  }
  return layout
}

// Before its fields are compiled, so that a type may name itself.
function remember(
  schema: { readonly name: string; readonly namespace?: string },
  layout: Layout,
  scope: Scope,
): Layout {
  scope.named.set(fullName(schema, scope.namespace), layout)
  return layout
}

function recordFields(schema: AvroSchema | undefined): readonly AvroField[] {
  if (schema === undefined || typeof schema === 'string' || isUnion(schema)) return []
  return schema.type === 'record' || schema.type === 'error' ? schema.fields : []
}

function part(schema: AvroSchema | undefined, name: 'items' | 'values'): AvroSchema | undefined {
  if (schema === undefined || typeof schema === 'string' || isUnion(schema)) return undefined
  if (name === 'items') return schema.type === 'array' ? schema.items : undefined
  return schema.type === 'map' ? schema.values : undefined
}

function sameKind(left: AvroSchema, right: AvroSchema): boolean {
  return kindName(left) === kindName(right)
}

function kindName(schema: AvroSchema): string {
  if (typeof schema === 'string') return schema
  return isUnion(schema) ? 'union' : schema.type
}
