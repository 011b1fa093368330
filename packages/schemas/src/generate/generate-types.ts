/** Makes TypeScript interfaces of Avro record schemas: string-literal free, type-stripping safe, docs carried over. */

interface AvroField {
  readonly name: string
  readonly type: AvroType
  readonly doc?: string
  readonly default?: unknown
}
interface AvroRecord {
  readonly type: 'record'
  readonly name: string
  readonly doc?: string
  readonly fields: readonly AvroField[]
}
interface AvroArray {
  readonly type: 'array'
  readonly items: AvroType
}
interface AvroLogical {
  readonly type: 'long'
  readonly logicalType: string
}
type AvroType = string | AvroRecord | AvroArray | AvroLogical | readonly AvroType[]

const PRIMITIVES: Readonly<Record<string, string>> = {
  string: 'string',
  long: 'number',
  int: 'number',
  double: 'number',
  boolean: 'boolean',
  bytes: 'Buffer',
}

/**
 * The interfaces of one schema file, the outermost last, and after each the values that its fields have where nobody
 * says otherwise. Names of nested records get the outermost's name as prefix.
 */
export function generateTypes(schema: AvroRecord): string {
  const out: string[] = []
  const nameOf = (name: string) =>
    name === schema.name ? name : name.startsWith(schema.name) ? name : schema.name + name

  function typeOf(type: AvroType, where: string): string {
    if (typeof type === 'string') return PRIMITIVES[type] ?? nameOf(type)
    if (Array.isArray(type)) {
      const [first, second, ...rest] = type as readonly AvroType[]
      if (first !== 'null' || second === undefined || rest.length > 0)
        throw new Error(`${where}: the only union allowed is ["null", X]`)
      return `${typeOf(second, where)} | null`
    }
    const complex = type as AvroRecord | AvroArray | AvroLogical
    if (complex.type === 'array') {
      if (complex.items === 'null') throw new Error(`${where}: an array of null can grow without bytes`)
      return `readonly ${typeOf(complex.items, where)}[]`
    }
    if (complex.type === 'record') {
      emit(complex)
      return nameOf(complex.name)
    }
    if (complex.type === 'long') return 'number'
    throw new Error(`${where}: unsupported type ${JSON.stringify(type)}`)
  }

  function emit(record: AvroRecord): void {
    const lines = record.fields.map((field) => {
      const type = typeOf(field.type, `${record.name}.${field.name}`)
      return `${field.doc ? `  /** ${field.doc} */\n` : ''}  readonly ${field.name}: ${type}\n`
    })
    out.push(
      `${record.doc ? `/** ${record.doc} */\n` : ''}export interface ${nameOf(record.name)} {\n${lines.join('')}}\n`,
    )
    const defaults = defaultsOf(record, nameOf(record.name))
    if (defaults !== undefined) out.push(defaults)
  }

  emit(schema)
  return out.join('\n')
}

function defaultsOf({ fields }: AvroRecord, name: string): string | undefined {
  const known = fields.filter((field) => 'default' in field)
  if (known.length === 0) return undefined
  const lines = known.map((field) => `  ${field.name}: ${JSON.stringify(field.default).replaceAll('"', "'")},\n`)
  const keys = known.map((field) => `'${field.name}'`).join(' | ')
  const constant = `${name.charAt(0).toLowerCase()}${name.slice(1)}Defaults`
  return `export const ${constant}: Pick<${name}, ${keys}> = {\n${lines.join('')}}\n`
}
