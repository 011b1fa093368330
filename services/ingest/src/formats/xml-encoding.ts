import { isUtf8 } from 'node:buffer'

/** How a document's characters are written as bytes, both ways: what is cut out is kept as it was received. */
export interface XmlEncoding {
  /** As a record's context names it; '' for UTF-8. */
  readonly name: string
  readonly decoder: () => { readonly decode: (chunk?: Uint8Array) => string }
  readonly encode: (text: string) => Buffer
  /** Bytes of a text. */
  readonly sizeOf: (text: string) => number
}

/** A document or record cannot be decoded by the encoding that it declares. */
export class EncodingError extends Error {
  override readonly name = 'EncodingError'
  readonly code = 'invalid_utf8'
}

// Where windows-1252 and ISO 8859-15 differ from ISO 8859-1. Documents that declare the latter and hold bytes 80 to 9F,
// which it has no characters for, mean the former, as every browser takes them.
const WINDOWS_1252 = oneByte('windows-1252', 0x80, '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ')
const LATIN_9 = oneByte('iso-8859-15', 0xa4, '€¥Š§š©ª«¬\u00ad®¯°±²³Žµ¶·ž¹º»ŒœŸ')

export const UTF_8: XmlEncoding = {
  name: '',
  decoder: () => strictly('utf-8'),
  encode: (text) => Buffer.from(text),
  sizeOf: (text) => Buffer.byteLength(text),
}
export const UTF_16LE = twoBytes('utf-16le', (bytes) => bytes)
export const UTF_16BE = twoBytes('utf-16be', (bytes) => bytes.swap16())

const DECLARED: Readonly<Record<string, XmlEncoding>> = {
  'utf-8': UTF_8,
  utf8: UTF_8,
  'us-ascii': WINDOWS_1252,
  ascii: WINDOWS_1252,
  'iso-8859-1': WINDOWS_1252,
  latin1: WINDOWS_1252,
  'windows-1252': WINDOWS_1252,
  'iso-8859-15': LATIN_9,
}

export const ACCEPTED_ENCODINGS = Object.keys(DECLARED)

/** The encoding that a document declares; undefined when we do not read it. */
export function declaredEncoding(name: string): XmlEncoding | undefined {
  const lower = name.toLowerCase()
  return Object.hasOwn(DECLARED, lower) ? DECLARED[lower] : undefined
}

/** The encoding that a record's context names. */
export function encodingNamed(name: string): XmlEncoding {
  const found = [UTF_8, WINDOWS_1252, LATIN_9, UTF_16LE, UTF_16BE].find((encoding) => encoding.name === name)
  if (found === undefined) throw new Error(`no encoding "${name}"`)
  return found
}

function strictly(label: string): { decode: (chunk?: Uint8Array) => string } {
  const decoder = new TextDecoder(label, { fatal: true })
  return {
    decode(chunk) {
      try {
        return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
      } catch {
        const hint = chunk !== undefined && isUtf8(chunk) ? '' : ': declare its encoding, or send UTF-8'
        throw new EncodingError(`the document is not valid ${label}${hint}`)
      }
    },
  }
}

function twoBytes(label: string, ordered: (bytes: Buffer) => Buffer): XmlEncoding {
  return {
    name: label,
    decoder: () => strictly(label),
    encode: (text) => ordered(Buffer.from(text, 'utf16le')),
    sizeOf: (text) => 2 * text.length,
  }
}

/** ISO 8859-1 but for some characters from `first` on: each byte is one character, each character one byte. */
function oneByte(name: string, first: number, characters: string): XmlEncoding {
  const last = String.fromCharCode(first + characters.length - 1)
  const bytes = new RegExp(`[${String.fromCharCode(first)}-${last}]`, 'g')
  const byteOf = new Map([...characters].map((character, at) => [character, String.fromCharCode(first + at)]))
  const beyond = /[\u0080-\uffff]/g
  return {
    name,
    decoder: () => ({
      decode: (chunk = new Uint8Array()) =>
        Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
          .toString('latin1')
          .replace(bytes, (byte) => characters[byte.charCodeAt(0) - first] ?? byte),
    }),
    encode: (text) =>
      Buffer.from(
        text.replace(beyond, (character) => byteOf.get(character) ?? character),
        'latin1',
      ),
    sizeOf: (text) => text.length,
  }
}
