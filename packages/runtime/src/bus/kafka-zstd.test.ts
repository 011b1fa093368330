import { randomBytes } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { PACK_AT_ONCE, packRecords, unpackRecords } from './kafka-zstd.ts'

// Bytes that cannot be packed fill more than the one piece of output that most batches need.
it.each([0, 1, 100_000, PACK_AT_ONCE - 1, PACK_AT_ONCE])(
  '%i bytes come back, whether they can be packed or not',
  async (size) => {
    for (const bytes of [randomBytes(size), Buffer.alloc(size, 'ab')]) {
      const packed = await packRecords(bytes)
      expect(zstdDecompressSync(packed).equals(bytes)).toBe(true)
      expect((await unpackRecords(packed)).equals(bytes)).toBe(true)
    }
  },
)

const batch = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 400 })).map(([bytes, times]) => {
  return Buffer.concat(Array.from({ length: times }, () => bytes))
})
/** What somebody else may have written: frames that say nothing of their size, several, one that is cut off or is none. */
const strange = fc.oneof(
  batch.map((bytes) => zstdCompressSync(bytes)),
  fc.tuple(batch, batch).map((two) => Buffer.concat(two.map((bytes) => zstdCompressSync(bytes)))),
  fc.tuple(batch, fc.nat()).map(([bytes, at]) => {
    const packed = zstdCompressSync(bytes, { pledgedSrcSize: bytes.length })
    return packed.subarray(0, at % packed.length)
  }),
  fc.tuple(batch, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([bytes, at, by]) => {
    const packed = zstdCompressSync(bytes, { pledgedSrcSize: bytes.length })
    packed[at % packed.length] = (packed[at % packed.length] ?? 0) ^ by
    return packed
  }),
  fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
)

it('each batch comes back as it was sent, whatever was read before it; strange ones are read as Node reads them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(strange, batch), { minLength: 1, maxLength: 8 }), async (rounds) => {
      for (const [stranger, bytes] of rounds) {
        expect(await read(() => unpackRecords(stranger))).toEqual(await read(() => zstdDecompressSync(stranger)))
        const packed = await packRecords(bytes)
        expect((await unpackRecords(packed)).equals(bytes)).toBe(true)
      }
    }),
    { numRuns: 300 },
  )
})

async function read(unpack: () => Buffer | Promise<Buffer>): Promise<string> {
  try {
    return (await unpack()).toString('base64')
  } catch (error) {
    // Which fault is found first depends on the room there is.
    return `refused: ${(error as NodeJS.ErrnoException).code?.startsWith('ZSTD_')}`
  }
}
