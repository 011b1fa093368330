import { InvalidBodyError } from './invalid-body-error.ts'

const INVALID = 'invalid UTF-8 in a string'

/** End of the character of two to four bytes at `at`; throws unless it is well-formed (Unicode table 3-7). */
export function nextCharacter(bytes: Buffer, at: number, end: number): number {
  const first = bytes[at] as number
  const second = at + 1 < end ? (bytes[at + 1] as number) : 0
  if (first >= 0xc2 && first <= 0xdf) return continued(bytes, at, end, 2, 0x80, 0xbf)
  if (first >= 0xe0 && first <= 0xef) {
    // A surrogate written as a character of its own: CESU-8, or a string that was cut in half.
    if (first === 0xed && second >= 0xa0 && second <= 0xbf)
      throw new InvalidBodyError('forbidden_character', 'surrogate in a string')
    return continued(bytes, at, end, 3, first === 0xe0 ? 0xa0 : 0x80, 0xbf)
  }
  if (first >= 0xf0 && first <= 0xf4) {
    return continued(bytes, at, end, 4, first === 0xf0 ? 0x90 : 0x80, first === 0xf4 ? 0x8f : 0xbf)
  }
  throw new InvalidBodyError('invalid_utf8', INVALID)
}

function continued(bytes: Buffer, at: number, end: number, length: number, low: number, high: number): number {
  const second = bytes[at + 1] as number
  if (at + length > end || second < low || second > high) throw new InvalidBodyError('invalid_utf8', INVALID)
  for (let next = at + 2; next < at + length; next++) {
    if (((bytes[next] as number) & 0xc0) !== 0x80) throw new InvalidBodyError('invalid_utf8', INVALID)
  }
  return at + length
}

/** Whether U+FFFD stands at `at`. */
export function isReplacement(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd
}
