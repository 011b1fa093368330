import { constants, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decompress, type Encoding } from './decompress.ts'

const text = Buffer.from('{"a":1}\n'.repeat(20_000))

async function* inChunks(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

async function unpack(bytes: Uint8Array, encoding: Encoding): Promise<string> {
  try {
    const all = Buffer.concat(await Array.fromAsync(decompress(inChunks(bytes), encoding)))
    return all.equals(text) ? 'ok' : `${all.length} bytes`
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const gzip = gzipSync(text)
const zstd = zstdCompressSync(text)
const summed = zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })

describe('decompress', () => {
  it.each<[string, Uint8Array, Encoding, string]>([
    ['gzip, found', gzip, 'auto', 'ok'],
    ['zstd, found', zstd, 'auto', 'ok'],
    ['plain, found', text, 'auto', 'ok'],
    ['gzip', gzip, 'gzip', 'ok'],
    ['zstd', zstd, 'zstd', 'ok'],
    ['plain', text, 'identity', 'ok'],
    ['two members', Buffer.concat([gzipSync(text.subarray(0, 99)), gzipSync(text.subarray(99))]), 'gzip', 'ok'],
    [
      'two frames',
      Buffer.concat([zstdCompressSync(text.subarray(0, 99)), zstdCompressSync(text.subarray(99))]),
      'zstd',
      'ok',
    ],
    ['says gzip, is plain', text, 'gzip', 'bad_compression'],
    ['says zstd, is gzip', gzip, 'zstd', 'bad_compression'],
    ['says gzip, is empty', Buffer.alloc(0), 'gzip', 'bad_compression'],
    ['gzip, truncated', gzip.subarray(0, -9), 'gzip', 'bad_compression'],
    ['zstd, truncated', zstd.subarray(0, -9), 'zstd', 'bad_compression'],
    ['gzip and garbage', Buffer.concat([gzip, Buffer.from('garbage and more')]), 'gzip', 'bad_compression'],
    ['gzip with a wrong checksum', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8)]), 'gzip', 'bad_compression'],
    ['a gzip bomb', gzipSync(Buffer.alloc(64 << 20)), 'gzip', 'decompressed_too_large'],
    ['a zstd bomb', zstdCompressSync(Buffer.alloc(64 << 20)), 'zstd', 'decompressed_too_large'],
    ['a small bomb hurts nobody', gzipSync(Buffer.alloc(1 << 20)), 'gzip', `${1 << 20} bytes`],
  ])('%s', async (_, bytes, encoding, expected) => expect(await unpack(bytes, encoding)).toBe(expected))

  it.each<[string, Uint8Array, boolean]>([
    ['gzip with a wrong checksum', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8)]), true],
    ['gzip with a wrong length', Buffer.concat([gzip.subarray(0, -4), Buffer.alloc(4)]), true],
    ['zstd with a wrong checksum', Buffer.concat([summed.subarray(0, -4), Buffer.alloc(4)]), true],
    ['gzip, truncated', gzip.subarray(0, -9), false],
    ['zstd, truncated', summed.subarray(0, -9), false],
  ])('tells whether %s was unpacked to its end', async (_, bytes, checksum) => {
    const unpacking = Array.fromAsync(decompress(inChunks(bytes), 'auto'))
    await expect(unpacking).rejects.toMatchObject({ code: 'bad_compression', checksum })
  })

  it.each<[string, Uint8Array]>([
    ['gzip with a wrong checksum', Buffer.concat([gzip.subarray(0, -8), Buffer.alloc(8)])],
    ['zstd with a wrong checksum', Buffer.concat([summed.subarray(0, -4), Buffer.alloc(4)])],
    ['gzip without its end', gzip.subarray(0, -8)],
    ['zstd without its end', summed.subarray(0, -4)],
  ])('of %s gives everything first', async (_, bytes) => {
    for (const size of [1, 7, 100, 1_000_000]) {
      const given: Uint8Array[] = []
      const unpacking = async () => {
        for await (const chunk of decompress(inChunks(bytes, size), 'auto')) given.push(chunk)
      }
      await expect(unpacking()).rejects.toMatchObject({ code: 'bad_compression' })
      expect(Buffer.concat(given).equals(text)).toBe(true)
    }
  })

  it('stops a bomb early', async () => {
    let given = 0
    const bomb = gzipSync(Buffer.alloc(200 << 20))
    const read = async () => {
      for await (const chunk of decompress(inChunks(bomb), 'gzip')) given += chunk.length
    }
    await expect(read()).rejects.toThrow('100 times')
    expect(given).toBeLessThan(64 << 20)
  })

  it('passes on what goes wrong with the sender', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzip.subarray(0, 50)
      throw new Error('the sender went away')
    }
    await expect(Array.fromAsync(decompress(broken(), 'gzip'))).rejects.toThrow('the sender went away')
  })

  it('ends the sender when the reader stops', async () => {
    let ended = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield gzip
      } finally {
        ended = true
      }
    }
    for await (const _ of decompress(endless(), 'gzip')) break
    await expect.poll(() => ended).toBe(true)
  })
})
