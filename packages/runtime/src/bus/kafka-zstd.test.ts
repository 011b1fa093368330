import { randomBytes } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { PACK_AT_ONCE, packRecords, sizeUnpacked } from './kafka-zstd.ts'

describe('room for what a batch unpacks to', () => {
  it.each([0, 1, 255, 256, 300, 65_791, 65_792, 300_000])('of %i bytes that are told: all of them and one', (size) => {
    const packed = zstdCompressSync(Buffer.alloc(size, 'ab'), { pledgedSrcSize: size })
    expect(sizeUnpacked(packed)).toBe(Math.max(size + 1, 1024))
  })

  it('is what Node takes when nothing is told, and bounded when too much is', () => {
    expect(sizeUnpacked(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 1, 0, 0]))).toBe(16 * 1024)
    expect(sizeUnpacked(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 1, 0, 0, 0]))).toBe(2 ** 20)
    expect(sizeUnpacked(Buffer.alloc(3))).toBe(16 * 1024)
  })
})

// Bytes that cannot be packed fill more than the one piece of output that most batches need.
it.each([0, 1, 100_000, PACK_AT_ONCE - 1, PACK_AT_ONCE])(
  '%i bytes come back, whether they can be packed or not',
  async (size) => {
    for (const bytes of [randomBytes(size), Buffer.alloc(size, 'ab')])
      expect(zstdDecompressSync(await packRecords(bytes)).equals(bytes)).toBe(true)
  },
)
