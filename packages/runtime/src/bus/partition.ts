const SEED = 0x9747b28c
const M = 0x5bd1e995

/** The partition of a key, as the Java client computes it: `toPositive(murmur2(utf8)) % partitions`. */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key, 'utf8')) & 0x7fffffff) % partitions
}

/** Murmur2 with the seed Kafka uses, as a signed 32-bit integer. */
export function murmur2(data: Buffer): number {
  const { length } = data
  let hash = SEED ^ length
  let at = 0
  for (; length - at >= 4; at += 4) {
    let word = Math.imul(data.readInt32LE(at), M)
    word ^= word >>> 24
    hash = Math.imul(hash, M) ^ Math.imul(word, M)
  }
  const rest = length - at
  if (rest >= 3) hash ^= data.readUInt8(at + 2) << 16
  if (rest >= 2) hash ^= data.readUInt8(at + 1) << 8
  if (rest >= 1) hash = Math.imul(hash ^ data.readUInt8(at), M)
  hash ^= hash >>> 13
  hash = Math.imul(hash, M)
  return hash ^ (hash >>> 15)
}
