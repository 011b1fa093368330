import { isUtf8 } from 'node:buffer'

export type XmlText =
  | { readonly ok: true; readonly text: AsyncIterable<string> }
  | { readonly ok: false; readonly code: 'encoding_unsupported'; readonly detail: string }

const ACCEPTED = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii', 'iso-8859-1', 'latin1', 'iso-8859-15', 'windows-1252'])

/** An XML document cannot be decoded by the encoding that it declares. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError'
  readonly code = 'invalid_utf8'
}

/** The document as text, by its byte order mark, its declaration, or UTF-8; the mark is dropped. */
export function xmlText(head: Buffer, stream: AsyncIterable<Uint8Array>): XmlText {
  const encoding = encodingOf(head)
  if (encoding === undefined) {
    return {
      ok: false,
      code: 'encoding_unsupported',
      detail: `accepted are ${[...ACCEPTED].join(', ')}, and utf-16 with a byte order mark`,
    }
  }
  return { ok: true, text: decoded(stream, encoding) }
}

function encodingOf(head: Buffer): string | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const declared = /^(?:ï»¿)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(
    head.toString('latin1', 0, 300),
  )
  const name = (declared?.[1] ?? 'utf-8').toLowerCase()
  return ACCEPTED.has(name) ? name : undefined
}

async function* decoded(stream: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'latin1' ? 'iso-8859-1' : encoding, { fatal: true })
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      const hint = chunk !== undefined && isUtf8(chunk) ? '' : ': declare its encoding, or send UTF-8'
      throw new EncodingError(`the document is not valid ${encoding}${hint}`)
    }
  }
  for await (const chunk of stream) yield decode(chunk)
  yield decode()
}
