import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ChunkRoom } from './chunk-room.ts'
import { Packer, unpacked } from './payload.ts'

const compressible = fc.integer({ min: 1, max: 40_000 }).map((size) => new Uint8Array(size).fill(size % 251))
const noise = fc.uint8Array({ minLength: 1, maxLength: 2_000 })
const large = fc.integer({ min: 0, max: 255 }).map((byte) => new Uint8Array(300_000).fill(byte))

it('every record lies where its place says, however many were packed behind it or beside it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(lists, { minLength: 1, maxLength: 4 }), async (several) => {
      await Promise.all(several.map(expectUnpacked))
    }),
    { numRuns: 50 },
  )
})

const lists = fc.array(fc.oneof(noise, compressible, large), { maxLength: 60 })

async function expectUnpacked(records: readonly Uint8Array[]): Promise<void> {
  const room = new ChunkRoom()
  const packer = new Packer(room)
  const places = records.map((bytes) => packer.add(bytes))
  const blocks = (await packer.finish()).map((block) => Buffer.from(unpacked(block)))
  for (const [at, { block, start }] of places.entries())
    expect(blocks[block]?.subarray(start, start + (records[at]?.length ?? 0)).equals(records[at] ?? noRecord)).toBe(
      true,
    )
  room.release()
}

const noRecord = new Uint8Array()
