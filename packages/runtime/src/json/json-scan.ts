import { numberFault } from './json-numbers.ts'
import { decodedString, endOfString, firstBadEscape } from './json-strings.ts'
import { KeyTable } from './key-table.ts'
import { MAX_DEPTH, MAX_KEYS } from './limits.ts'

/** What a scan can find; `offset` is of a byte inside the offending value or key. */
export interface ScanFinding {
  readonly code:
    | 'too_deep'
    | 'too_many_keys'
    | 'duplicate_key'
    | 'forbidden_key'
    | 'forbidden_character'
    | 'lone_surrogate'
    | 'number_out_of_range'
    | 'number_not_exact'
  readonly offset: number
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

// 8192: half of it is room for the keys of nine in ten records; bigger texts get a table of their own.
const table = new KeyTable(8192)
const ROOMY_TEXT = 1 << 16
const seed = (Math.random() * 0x7fffffff) | 0 // nobody can prepare keys that collide

const objectAt = new Int32Array(MAX_DEPTH + 1) // number of the object open at each depth; 0 for an array
const keysAt = new Int32Array(MAX_DEPTH + 1)

/**
 * One pass over the bytes of a JSON text (valid UTF-8), before anything parses it. Looks for what parsers forgive and for
 * what hurts them; what is not JSON at all it may pass over, for the parser finds that.
 */
export function scanJson(bytes: Uint8Array): ScanFinding | undefined {
  return scanWith(bytes, bytes.length < ROOMY_TEXT ? table : new KeyTable(8192))
}

// One long loop: it sees every byte of every record, and calls cost more than the work.
function scanWith(bytes: Uint8Array, keys: KeyTable): ScanFinding | undefined {
  const length = bytes.length
  keys.beginText()
  let depth = 0
  let isKey = false
  let nextEscape = indexOrEnd(bytes, BACKSLASH, 0)
  let i = 0
  while (i < length) {
    const byte = bytes[i] as number
    if (byte === QUOTE) {
      const start = i + 1
      let end = start
      let hash = seed
      let escaped = false
      if (isKey) {
        let inside = bytes[end] as number
        while (inside !== QUOTE && inside !== BACKSLASH && end < length) {
          hash = Math.imul(hash ^ inside, 0x01000193)
          inside = bytes[++end] as number
        }
      } else {
        // Most strings are short; for the others the search of the platform is faster.
        const near = Math.min(start + 48, length)
        while (end < near && bytes[end] !== QUOTE) end += 1
        if (end === near) end = indexOrEnd(bytes, QUOTE, near)
      }
      if (nextEscape <= end && nextEscape < length) {
        escaped = true
        end = endOfString(bytes, start)
        const fault = firstBadEscape(bytes, start, end)
        if (fault !== undefined) return fault
        nextEscape = indexOrEnd(bytes, BACKSLASH, end)
        if (isKey) hash = hashOf(decodedString(bytes, start, end))
      }
      if (isKey) {
        isKey = false
        const count = (keysAt[depth] as number) + 1
        keysAt[depth] = count
        if (count > MAX_KEYS) return { code: 'too_many_keys', offset: start }
        if (isForbidden(bytes, start, end, escaped)) return { code: 'forbidden_key', offset: start }
        if (!keys.add(bytes, objectAt[depth] as number, hash, start, sameKey))
          return { code: 'duplicate_key', offset: start }
      }
      i = end + 1
    } else if (byte === 0x2c) {
      isKey = (objectAt[depth] as number) > 0
      i += 1
    } else if (byte === 0x3a || byte === 0x20) {
      i += 1
    } else if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) {
      const start = i
      let exponent = false
      let digit = byte
      // digits, ".", "-", "+", "e", "E"
      while (
        (digit >= 0x30 && digit <= 0x39) ||
        (digit >= 0x2b && digit <= 0x2e && digit !== 0x2c) ||
        (digit | 0x20) === 0x65
      ) {
        if (digit > 0x39) exponent = true
        digit = bytes[++i] as number
      }
      if (exponent || i - start >= 16) {
        const code = numberFault(bytes, start, i)
        if (code !== undefined) return { code, offset: start }
      }
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      if (depth > MAX_DEPTH) return { code: 'too_deep', offset: i }
      isKey = byte === 0x7b
      objectAt[depth] = isKey ? keys.beginObject() : 0
      keysAt[depth] = 0
      i += 1
    } else if (byte === 0x7d || byte === 0x5d) {
      if (depth > 0) depth -= 1
      isKey = false
      i += 1
    } else i += 1
  }
  return undefined
}

function indexOrEnd(bytes: Uint8Array, byte: number, from: number): number {
  const found = bytes.indexOf(byte, from)
  return found === -1 ? bytes.length : found
}

function hashOf(text: string): number {
  let hash = seed
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193)
  return hash
}

/** By length first: of real keys hardly one has nine or eleven bytes and one of these letters in front. */
function isForbidden(bytes: Uint8Array, start: number, end: number, escaped: boolean): boolean {
  if (escaped) return FORBIDDEN.has(decodedString(bytes, start, end))
  const size = end - start
  const first = bytes[start]
  if ((size === 9 && (first === 0x5f || first === 0x70)) || (size === 11 && first === 0x63)) {
    return FORBIDDEN.has(Buffer.from(bytes.subarray(start, end)).toString('latin1'))
  }
  return false
}

/** Whether the keys that begin at two places are one: byte by byte, or decoded where there are escapes. */
function sameKey(bytes: Uint8Array, one: number, other: number): boolean {
  for (let at = 0; ; at++) {
    const [left, right] = [bytes[one + at], bytes[other + at]]
    if (left === BACKSLASH || right === BACKSLASH) {
      return (
        decodedString(bytes, one, endOfString(bytes, one)) === decodedString(bytes, other, endOfString(bytes, other))
      )
    }
    if (left !== right) return false
    if (left === QUOTE || left === undefined) return true
  }
}
