import { createHash } from 'node:crypto'

/** SHA-256, lower-case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** A number below 2^36 for a text, where lists of them are kept: of a million texts some seven pairs share theirs. */
export function shortKey(text: string): number {
  return hash53(text) % SHORT
}

const SHORT = 2 ** 36

/**
 * A hash of 53 bits, for telling texts apart where no one chooses them to collide: two multiplicative hashes side by side.
 * Never 0, which may stand for an empty place.
 */
export function hash53(text: string): number {
  let [high, low] = [0x811c9dc5, 0x9747b28c]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low + code, 0x5bd1e995)
    low ^= low >>> 15
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b)
  low = Math.imul(low ^ (low >>> 13), 0xc2b2ae35)
  return ((high ^ (high >>> 15)) >>> 11) * 0x1_0000_0000 + ((low ^ (low >>> 16)) >>> 0) || 1
}
