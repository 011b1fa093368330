import { SaxesParser } from 'saxes'
import { MAX_DEPTH, MAX_RECORD_BYTES, MAX_XML_ATTRIBUTES } from './limits.ts'
import { XmlError, xmlErrorOf } from './xml-error.ts'

export type SafeParser = SaxesParser<{ xmlns: true }>

/** What a reader of XML wants to hear of. The parser behind it enforces the limits and refuses what is dangerous. */
export interface SafeXml {
  readonly parser: SafeParser
  /** Throws `XmlError`; so does `close`. */
  write(text: string): void
  close(): void
  /** To be called by the owner's own handlers, which replace the parser's. */
  opened(): void
  closed(): void
}

export interface SafeXmlOptions {
  readonly namespaces?: Readonly<Record<string, string>>
  /** Characters by their names, beside the five of XML. */
  readonly entities?: Readonly<Record<string, string>>
  /** Takes a mistake that the parser can read on behind; otherwise it is thrown. */
  readonly tolerate?: (error: XmlError) => boolean
}

/** Behind these the parser stands where it stood: one character was not read. */
const PASSABLE = new Set(['xml_undefined_entity', 'xml_bad_character'])

/**
 * A streaming parser that fetches nothing and expands nothing: a DOCTYPE may name a DTD and is otherwise ignored, an
 * internal subset is refused, and of entities only the five of XML are known and the characters that are given.
 */
export function safeXml({ namespaces, entities, tolerate }: SafeXmlOptions = {}): SafeXml {
  const parser: SafeParser = new SaxesParser({ xmlns: true, additionalNamespaces: { ...namespaces } })
  Object.assign(parser.ENTITIES, entities)
  const fail = (code: string, detail: string): never => {
    throw new XmlError(code, detail, parser.line, parser.column)
  }
  let depth = 0
  let attributes = 0
  let lastTag = 0
  const write = (text: string) => {
    parser.write(text)
    // A tag, text or comment without end would otherwise be gathered in memory.
    if (parser.position - lastTag > 2 * MAX_RECORD_BYTES) fail('field_too_long', 'no tag in 8 MiB of text')
  }
  parser.on('error', (error) => {
    const ours = xmlErrorOf(error)
    if (!PASSABLE.has(ours.code) || tolerate?.(ours) !== true) throw ours
  })
  parser.on('doctype', (text) => {
    if (text.replace(/"[^"]*"|'[^']*'/g, '').includes('[')) {
      fail('xml_doctype_forbidden', 'a DOCTYPE with declarations of its own is refused')
    }
  })
  parser.on('opentagstart', () => {
    attributes = 0
    lastTag = parser.position
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MAX_XML_ATTRIBUTES)
      fail('xml_too_many_attributes', `an element has more than ${MAX_XML_ATTRIBUTES} attributes`)
  })
  return {
    parser,
    write,
    close: () => void parser.close(),
    opened: () => {
      depth += 1
      lastTag = parser.position
      if (depth > MAX_DEPTH) fail('too_deep', `elements are nested more than ${MAX_DEPTH} deep`)
    },
    closed: () => {
      depth -= 1
      lastTag = parser.position
    },
  }
}
