import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linesOf } from './lines.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-lines-'))
})
afterAll(() => rm(folder, { recursive: true }))

const NOBODY = Readable.from([])

async function linesIn(bytes: Uint8Array): Promise<[number, string][]> {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  const lines = await Array.fromAsync(linesOf([path], NOBODY))
  return lines.map((line) => [line.line, Buffer.from(line.bytes).toString('latin1')])
}

const text = '{"a":1}\r\n\n{"b":"é"}\n{"c":3}'
const expected = [
  [1, '{"a":1}\r'],
  [2, ''],
  [3, Buffer.from('{"b":"é"}').toString('latin1')],
  [4, '{"c":3}'],
]

it.each([
  ['plain', Buffer.from(text)],
  ['gzip', gzipSync(text)],
  ['two members of gzip', Buffer.concat([gzipSync(text.slice(0, 5)), gzipSync(text.slice(5))])],
  ['zstd', zstdCompressSync(text)],
])('%s: every byte of every line, in order', async (_, bytes) => {
  expect(await linesIn(bytes)).toEqual(expected)
})

it('bytes that are no text are passed on as they are', async () => {
  expect(await linesIn(Buffer.from([0xff, 0x0a, 0x00]))).toEqual([
    [1, '\xff'],
    [2, '\0'],
  ])
  expect(await linesIn(Buffer.from(''))).toEqual([])
})

it('standard input is a dash, and lines over its pieces are whole', async () => {
  const pieces = Readable.from([...Buffer.from(text)].map((byte) => Buffer.from([byte])))
  const lines = await Array.fromAsync(linesOf(['-'], pieces))
  expect(lines.map(({ file, line }) => [file, line])).toEqual([1, 2, 3, 4].map((line) => ['-', line]))
})

it('a broken file is named, with the line before', async () => {
  const path = join(folder, 'cut.gz')
  await writeFile(path, gzipSync(text).subarray(0, 20))
  await expect(Array.fromAsync(linesOf([path], NOBODY))).rejects.toThrow(`"${path}" cannot be read behind line`)
  await expect(Array.fromAsync(linesOf([join(folder, 'gone')], NOBODY))).rejects.toThrow('cannot be read')
})
