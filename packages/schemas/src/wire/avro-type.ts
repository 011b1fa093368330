import avro from 'avsc'

/** avsc's type of a schema whose decoded records are plain objects. */
export function compileType(schema: string): avro.Type {
  const type = avro.Type.forSchema(JSON.parse(schema), { wrapUnions: 'never', omitRecordMethods: true })
  makePlain(type, new Set())
  return type
}

/** Equal for schemas whose bytes read the same, whatever their spacing and documentation. */
export function fingerprintOf(schema: string): string {
  return compileType(schema).fingerprint('sha256').toString('hex')
}

// avsc builds each record with a constructor of its own; deep equality, structuredClone and the drivers know only plain ones.
function makePlain(type: avro.Type, seen: Set<avro.Type>): void {
  if (seen.has(type)) return
  seen.add(type)
  if (type instanceof avro.types.RecordType) {
    type.recordConstructor.prototype = Object.prototype
    for (const field of type.fields) makePlain(field.type, seen)
  } else if (type instanceof avro.types.ArrayType) makePlain(type.itemsType, seen)
  else if (type instanceof avro.types.MapType) makePlain(type.valuesType, seen)
  else if (type instanceof avro.types.UnwrappedUnionType) for (const branch of type.types) makePlain(branch, seen)
}
