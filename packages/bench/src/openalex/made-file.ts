import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { constants, zstdCompressSync } from 'node:zlib'
import { madeWork } from './made-work.ts'

/** A file of made-up works, one a line: works `from` (included) to `to` of `seed`. Resolves with its size. */
export async function writeWorks(path: string, seed: string, from: number, to: number): Promise<number> {
  let bytes = 0
  function* lines() {
    for (let no = from; no < to; no++) {
      const line = Buffer.from(`${madeWork(seed, no)}\n`)
      bytes += line.length
      yield line
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path))
  return bytes
}

const LEVEL_1 = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** What zstd makes of the bytes, sixteen records together as ingest packs them. */
export function zstdRatio(records: readonly Buffer[]): number {
  let [packed, plain] = [0, 0]
  for (let at = 0; at < records.length; at += 16) {
    const block = Buffer.concat(records.slice(at, at + 16))
    packed += zstdCompressSync(block, LEVEL_1).length
    plain += block.length
  }
  return packed / plain
}
