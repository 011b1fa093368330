import { ACCEPTED_ENCODINGS, declaredEncoding, UTF_8, UTF_16BE, UTF_16LE, type XmlEncoding } from './xml-encoding.ts'

export type XmlText =
  /** `skip` bytes of a byte order mark come first, and are not of the text. */
  | { readonly ok: true; readonly text: AsyncIterable<string>; readonly encoding: XmlEncoding; readonly skip: number }
  | { readonly ok: false; readonly code: 'encoding_unsupported'; readonly detail: string }

/** The document as text, by its byte order mark, its declaration, or UTF-8. The text throws `EncodingError`. */
export function xmlText(head: Buffer, stream: AsyncIterable<Uint8Array>): XmlText {
  const found = encodingOf(head)
  if (found === undefined) {
    return {
      ok: false,
      code: 'encoding_unsupported',
      detail: `accepted are ${ACCEPTED_ENCODINGS.join(', ')}, and utf-16 with a byte order mark`,
    }
  }
  return { ok: true, text: decoded(stream, found), ...found }
}

interface Encoded {
  readonly encoding: XmlEncoding
  readonly skip: number
}

function encodingOf(head: Buffer): Encoded | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: UTF_16LE, skip: 2 }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: UTF_16BE, skip: 2 }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: UTF_8, skip: 3 }
  if (head[0] === 0 || head[1] === 0) return undefined // UTF-16 without its mark
  const declared = /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(
    head.toString('latin1', 0, 300),
  )
  const encoding = declaredEncoding(declared?.[1] ?? 'utf-8')
  return encoding && { encoding, skip: 0 }
}

async function* decoded(stream: AsyncIterable<Uint8Array>, { encoding, skip }: Encoded): AsyncGenerator<string> {
  const decoder = encoding.decoder()
  let toSkip = skip
  for await (const chunk of stream) {
    yield decoder.decode(chunk.subarray(toSkip))
    toSkip = Math.max(toSkip - chunk.byteLength, 0)
  }
  yield decoder.decode()
}
