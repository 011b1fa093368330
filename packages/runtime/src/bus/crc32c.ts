// Castagnoli's polynomial, its bits turned round (RFC 3720, 12.1).
const POLYNOMIAL = 0x82f63b78
const AT_ONCE = 8

/** What each byte does to the sum with 0, 1 … 7 bytes behind it: eight tables of 256, one after the other. */
const TABLES = new Int32Array(AT_ONCE * 256)
for (let byte = 0; byte < 256; byte++) {
  let sum = byte
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? POLYNOMIAL : 0)
  TABLES[byte] = sum
}
for (let at = 256; at < TABLES.length; at++) {
  const before = TABLES[at - 256] ?? 0
  TABLES[at] = (before >>> 8) ^ (TABLES[before & 0xff] ?? 0)
}

/**
 * CRC-32C of the bytes from `from` to `to`, eight at a time (Kounavis and Berry, "Novel Table Lookup-Based Algorithms for
 * High-Performance CRC Generation", 2008): a third of the time of one byte after the other.
 */
export function crc32c(bytes: Uint8Array, from: number, to: number): number {
  let sum = -1
  let at = from
  for (const end = to - AT_ONCE; at <= end; at += AT_ONCE) {
    sum ^= b(bytes, at) | (b(bytes, at + 1) << 8) | (b(bytes, at + 2) << 16) | (b(bytes, at + 3) << 24)
    sum =
      t(7, sum & 0xff) ^
      t(6, (sum >>> 8) & 0xff) ^
      t(5, (sum >>> 16) & 0xff) ^
      t(4, sum >>> 24) ^
      t(3, b(bytes, at + 4)) ^
      t(2, b(bytes, at + 5)) ^
      t(1, b(bytes, at + 6)) ^
      t(0, b(bytes, at + 7))
  }
  for (; at < to; at++) sum = (sum >>> 8) ^ t(0, (sum ^ b(bytes, at)) & 0xff)
  return ~sum >>> 0
}

const b = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0
const t = (table: number, byte: number): number => TABLES[(table << 8) + byte] ?? 0
