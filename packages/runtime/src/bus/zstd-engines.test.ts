import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { frameSize, packingEngine, unpackingEngine } from './zstd-engines.ts'

const words = Buffer.alloc(5_000, 'abstract of a work on mosses ')

describe('an engine that is kept', () => {
  it('works with the Node we run on: else each batch would make a stream of its own', () => {
    const [packing, unpacking] = [packingEngine(1), unpackingEngine()]
    const [packed, back] = [Buffer.alloc(6_000), Buffer.alloc(6_000)]
    for (const length of [5_000, 1, 0, 4_000]) {
      const bytes = words.subarray(0, length)
      const size = packing.run(bytes, packed) ?? Number.NaN
      expect(zstdDecompressSync(packed.subarray(0, size)).equals(bytes)).toBe(true)
      expect(unpacking.run(packed.subarray(0, size), back)).toBe(length)
      expect(back.subarray(0, length).equals(bytes)).toBe(true)
    }
  })

  it('says when there was too little room, or the bytes were none of its own, and works again', () => {
    const [packing, unpacking] = [packingEngine(1), unpackingEngine()]
    const packed = zstdCompressSync(words, { pledgedSrcSize: words.length })
    const room = Buffer.alloc(words.length + 1)
    expect(packing.run(words, Buffer.alloc(10))).toBeUndefined()
    expect(packing.run(words, room)).toBeGreaterThan(0)
    expect(unpacking.run(packed, Buffer.alloc(100))).toBeUndefined()
    expect(unpacking.run(words, room)).toBeUndefined()
    expect(unpacking.run(packed, room)).toBe(words.length)
  })
})

describe('what a frame says of its size', () => {
  it.each([0, 1, 255, 256, 300, 65_791, 65_792, 300_000])('is believed of a whole one of %i bytes', (size) => {
    const packed = zstdCompressSync(Buffer.alloc(size, 'ab'), { pledgedSrcSize: size })
    expect(frameSize(packed)).toBe(size)
  })

  it('is nothing where it says nothing, is cut off anywhere, or is followed by anything', () => {
    const packed = zstdCompressSync(words, { pledgedSrcSize: words.length })
    expect(frameSize(packed)).toBe(words.length)
    for (let at = 0; at < packed.length; at++) expect(frameSize(packed.subarray(0, at))).toBeUndefined()
    expect(frameSize(Buffer.concat([packed, packed]))).toBeUndefined()
    expect(frameSize(Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 1, 0, 0]))).toBeUndefined()
    expect(frameSize(Buffer.alloc(9))).toBeUndefined()
  })
})
