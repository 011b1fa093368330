import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Packer, unpacked } from './payload.ts'

const compressible = fc.integer({ min: 1, max: 40_000 }).map((size) => new Uint8Array(size).fill(size % 251))
const noise = fc.uint8Array({ minLength: 1, maxLength: 2_000 })
const large = fc.integer({ min: 0, max: 255 }).map((byte) => new Uint8Array(300_000).fill(byte))

it('every record lies where its place says, however many were packed behind it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(noise, compressible, large), { maxLength: 60 }), async (records) => {
      using packer = new Packer()
      const places = records.map((bytes) => packer.add(bytes))
      const blocks = (await packer.finish()).map((block) => Buffer.from(unpacked(block)))
      for (const [at, { block, start }] of places.entries())
        expect(blocks[block]?.subarray(start, start + (records[at]?.length ?? 0)).equals(records[at] ?? noRecord)).toBe(
          true,
        )
    }),
    { numRuns: 50 },
  )
})

it('chunks that are packed beside each other keep apart, and one that is given up disturbs no other', async () => {
  const records = (chunk: number) => Array.from({ length: 100 }, (_, at) => Buffer.alloc(9_000, `${chunk} ${at} `))
  const pack = async (chunk: number) => {
    using packer = new Packer()
    const places = records(chunk).map((bytes) => packer.add(bytes))
    if (chunk % 3 === 0) return true
    const blocks = (await packer.finish()).map((block) => Buffer.from(unpacked(block)))
    return records(chunk).every((bytes, at) => {
      const { block = 0, start = 0 } = places[at] ?? {}
      return blocks[block]?.subarray(start, start + bytes.length).equals(bytes) ?? false
    })
  }
  const all = await Promise.all(Array.from({ length: 30 }, (_, chunk) => pack(chunk)))
  expect(all.every(Boolean)).toBe(true)
})

const noRecord = new Uint8Array()
