/** Why a document or an element of it cannot be read as XML. */
export class XmlError extends Error {
  override readonly name = 'XmlError'
  readonly code: string
  readonly line: number
  readonly column: number
  constructor(code: string, detail: string, line: number, column: number) {
    super(detail)
    this.code = code
    this.line = line
    this.column = column
  }
}

// What the parser says, and what we call it. The first that fits counts.
const CODES: readonly (readonly [RegExp, string])[] = [
  [/undefined entity/, 'xml_undefined_entity'],
  [/character entity|disallowed character\b(?! in)/, 'xml_bad_character'],
  [/unbound namespace prefix/, 'xml_unbound_prefix'],
]

/** The parser's complaint as an error of ours; its message starts with "line:column: ". */
export function xmlErrorOf(error: Error): XmlError {
  const found = /^(?:[^:]*:)??(\d+):(\d+): (.*)$/s.exec(error.message)
  const detail = (found?.[3] ?? error.message).replace(/\.$/, '').slice(0, 120)
  const code = CODES.find(([pattern]) => pattern.test(detail))?.[1] ?? 'xml_not_well_formed'
  return new XmlError(code, detail, Number(found?.[1] ?? 1), Number(found?.[2] ?? 0))
}
