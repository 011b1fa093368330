import { isAscii, isUtf8 } from 'node:buffer'
import { pointerAt } from './json-pointer.ts'
import { type ScanFinding, scanJson } from './json-scan.ts'
import { syntaxFault } from './json-syntax.ts'
import { MAX_DEPTH, MAX_KEYS } from './limits.ts'

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [key: string]: JsonValue
}

export interface StrictError {
  readonly code: string
  readonly detail: string
  /** JSON pointer of the mistake, where it is inside a value. */
  readonly pointer?: string
  /** 1-based, in characters. */
  readonly column?: number
}

export type StrictResult =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly error: StrictError }

/** A shorter JSON text from which the caller reads the same; undefined where there is none. */
export type Condense = (text: Buffer) => Buffer | undefined

/**
 * One JSON object, or why not. Agrees with JSON.parse wherever this is `ok`; refused is also what parsers forgive, each
 * in its own way: bytes that are not UTF-8, keys that come twice, numbers that change when they are read. With `condense`
 * the object is that of the shorter text, and what is wrong is still told of the bytes.
 */
export function parseStrict(bytes: Uint8Array, condense?: Condense): StrictResult {
  // UTF-16 of plain letters is valid UTF-8 full of NULs.
  const plain = isAscii(bytes)
  if (!(plain || isUtf8(bytes)) || bytes[0] === 0 || bytes[1] === 0) return refused(utf8Error(bytes))
  const finding = scanJson(bytes)
  if (finding !== undefined) return refused(describe(bytes, finding))
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const value = condensedValue(condense?.(buffer), plain) ?? wholeValue(textOf(buffer, plain))
  if (value instanceof Malformed) return refused(syntaxError(value.text))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refused({ code: 'not_an_object', detail: 'one JSON object is expected' })
  }
  return { ok: true, value: value as JsonObject }
}

class Malformed {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

function wholeValue(text: string): JsonValue | Malformed {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return new Malformed(text)
  }
}

function condensedValue(condensed: Buffer | undefined, plain: boolean): JsonValue | undefined {
  if (condensed === undefined) return undefined
  const value = wholeValue(textOf(condensed, plain))
  return value instanceof Malformed ? undefined : value
}

function textOf(buffer: Buffer, plain: boolean): string {
  return buffer.toString(plain ? 'latin1' : 'utf8')
}

function refused(error: StrictError): StrictResult {
  return { ok: false, error }
}

const DETAILS: Readonly<Record<ScanFinding['code'], string>> = {
  too_deep: `values are nested more than ${MAX_DEPTH} deep`,
  too_many_keys: `an object has more than ${MAX_KEYS} keys`,
  duplicate_key: 'the key comes twice in one object',
  forbidden_key: '"__proto__", "constructor" and "prototype" cannot be keys',
  forbidden_character: 'U+0000 cannot be stored as text',
  lone_surrogate: 'half of a surrogate pair is not text',
  number_out_of_range: 'numbers have at most 40 digits and exponents up to 308',
  number_not_exact: 'the number is not exact as a double: send it as a string',
}

function describe(bytes: Uint8Array, { code, offset }: ScanFinding): StrictError {
  const column = Buffer.from(bytes.subarray(0, offset)).toString('utf8').length + 1
  return { code, detail: DETAILS[code], pointer: pointerAt(bytes, offset), column }
}

function syntaxError(text: string): StrictError {
  const { index, what } = syntaxFault(text)
  const column = index + 1
  if (what === 'trailing' && /[{[]/.test(text[index] ?? '')) {
    return { code: 'invalid_json', detail: `column ${column}: one object per line`, column }
  }
  if (what === 'ends') return { code: 'invalid_json', detail: `column ${column}: the text ends inside a value`, column }
  return { code: 'invalid_json', detail: `column ${column}: unexpected ${quoted(text[index] ?? '')}`, column }
}

function quoted(char: string): string {
  const code = char.codePointAt(0) ?? 0
  return code > 0x20 && code < 0x7f ? `"${char}"` : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}

function utf8Error(bytes: Uint8Array): StrictError {
  const nuls = bytes.subarray(0, 200).filter((byte) => byte === 0).length
  const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || nuls > 0
  const offset = isUtf8(bytes) ? 0 : utf8FaultAt(bytes)
  return { code: 'invalid_utf8', detail: `byte ${offset}: ${utf16 ? 'looks like UTF-16' : 'not UTF-8'}` }
}

/** Offset of the first byte that cannot be UTF-8, by halving. */
function utf8FaultAt(bytes: Uint8Array): number {
  let good = 0
  let bad = bytes.length
  while (bad - good > 4) {
    const middle = startOfCharacter(bytes, (good + bad) >> 1, good)
    if (middle === good) break
    if (isUtf8(bytes.subarray(good, middle))) good = middle
    else bad = middle
  }
  while (good < bad) {
    const size = [1, 2, 3, 4].find(
      (count) => isUtf8(bytes.subarray(good, good + count)) && good + count <= bytes.length,
    )
    if (size === undefined) return good
    good += size
  }
  return good
}

/** The nearest place at or before `at`, and after `floor`, where a character may begin. */
function startOfCharacter(bytes: Uint8Array, at: number, floor: number): number {
  for (let back = at; back > floor && at - back < 4; back--) if (((bytes[back] ?? 0) & 0xc0) !== 0x80) return back
  return floor
}
