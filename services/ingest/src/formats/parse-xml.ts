import { safeXml } from './safe-xml.ts'
import { XmlBuilder } from './xml-builder.ts'
import { EncodingError, encodingNamed, type XmlEncoding } from './xml-encoding.ts'
import { XmlError } from './xml-error.ts'
import type { XmlElement } from './xml-tree.ts'

export type ParsedXml =
  | { readonly ok: true; readonly element: XmlElement }
  | {
      readonly ok: false
      readonly error: { readonly code: string; readonly detail: string; readonly line: number; readonly column: number }
    }

/**
 * Reads one element from its bytes and its context: the encoding, and the namespaces in scope where it stood.
 * `entities` are characters that the source has names for.
 */
export function parseXml(
  bytes: Uint8Array,
  context: string,
  entities?: Readonly<Record<string, string>> | undefined,
): ParsedXml {
  let element: XmlElement | undefined
  try {
    const xml = safeXml({ namespaces: declarationsIn(context), ...(entities && { entities }) })
    const builder = new XmlBuilder()
    xml.parser.on('opentag', (tag) => {
      xml.opened()
      builder.openTag(tag.uri, tag.local, tag.attributes)
    })
    xml.parser.on('text', (text) => builder.text(text))
    xml.parser.on('cdata', (text) => builder.text(text))
    xml.parser.on('closetag', () => {
      xml.closed()
      element = builder.closeTag() ?? element
    })
    const decoder = encodingNamed(/^encoding="([^"]*)"/.exec(context)?.[1] ?? '').decoder()
    xml.write(decoder.decode(bytes) + decoder.decode())
    xml.close()
  } catch (error) {
    return { ok: false, error: refusal(error) }
  }
  if (element === undefined)
    return { ok: false, error: { code: 'xml_not_well_formed', detail: 'no element', line: 1, column: 0 } }
  return { ok: true, element }
}

function refusal(error: unknown) {
  if (error instanceof XmlError)
    return { code: error.code, detail: error.message, line: error.line, column: error.column }
  if (error instanceof EncodingError) return { code: error.code, detail: error.message, line: 1, column: 0 }
  throw error
}

/** `encoding="e" xmlns="u" xmlns:p="v"`, in the order of the prefixes: what `RawElement.context` holds. */
export function contextOf(declarations: ReadonlyMap<string, string>, { name }: Pick<XmlEncoding, 'name'>): string {
  const namespaces = [...declarations]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([prefix, uri]) => `xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribute(uri)}"`)
  return [...(name === '' ? [] : [`encoding="${name}"`]), ...namespaces].join(' ')
}

function declarationsIn(context: string): Record<string, string> {
  const declarations: Record<string, string> = {}
  for (const [, prefix, uri] of context.matchAll(/xmlns(?::([^=\s]{1,200}))?="([^"]*)"/g)) {
    declarations[prefix ?? ''] = (uri ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  }
  return declarations
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
