import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { IMPORT_CHUNK, inChunks } from '../chunks.ts'
import type { Framed } from '../formats/framed.ts'
import { linesOf } from '../formats/lines.ts'
import { runChunks } from '../run-chunks.ts'
import { BYTES_KEPT, openFile, READ_BYTES } from './read-file.ts'

const LINE = 8_191

it('buffers are read over only when no chunk can hold a record in them', async () => {
  // Two chunks, each with a record too many for it, and the buffer that is being cut.
  expect(BYTES_KEPT).toBeGreaterThan(2 * 2 * IMPORT_CHUNK.bytes + READ_BYTES)
  expect(BYTES_KEPT % READ_BYTES).toBe(0)
  const folder = await mkdtemp(join(tmpdir(), 'atlas-read-file-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(folder, { recursive: true }))
  const lines = Math.ceil((2.5 * BYTES_KEPT) / LINE)
  const path = await writeLines(join(folder, 'lines.ndjson'), lines)
  await using file = await openFile(path, path)
  if (file === undefined) throw new Error('it is no file')
  let seen = 0
  await runChunks<readonly Framed[]>(
    inChunks(linesOf(file.read()), () => true, IMPORT_CHUNK),
    {
      prepare: async (chunk) => chunk,
      async commit(chunk) {
        // The next one is cut meanwhile.
        for (let turn = 0; turn < 100; turn++) await nextTurn()
        for (const framed of chunk) expectLine(framed, ++seen)
        return []
      },
      committed: async () => undefined,
    },
  )
  expect(seen).toBe(lines)
})

/** Every line is filled with its number. */
async function writeLines(path: string, count: number): Promise<string> {
  await using handle = await open(path, 'w')
  for (let no = 1; no <= count; no++) await handle.write(`${textOf(no)}\n`)
  return path
}

function textOf(no: number): string {
  return `${no} `.repeat(LINE / 2).slice(0, LINE - 1)
}

function expectLine(framed: Framed, no: number): void {
  if (!framed.ok) throw new Error(framed.error.detail)
  const { ordinal, bytes } = framed.element
  // Compared in one go: a matcher would look at every byte of 80 MB.
  expect([ordinal, Buffer.from(textOf(no)).equals(bytes)]).toEqual([no, true])
}
