import type { Adapter } from '../adapters/adapter.ts'
import type { ArchiveEntry } from '../formats/archive/archive.ts'
import { KIND_BYTES, kindOf } from '../formats/archive/kinds.ts'
import { CompressionError, decompress } from '../formats/decompress.ts'
import { firstBytes } from '../formats/first-bytes.ts'
import type { EntryPlace, Framed } from '../formats/framed.ts'
import { batchesOfFile } from '../formats/records-of-file.ts'
import type { ReadSoFar } from './input.ts'

/** The records of an archive's files, one file after the other, behind those that were committed. */
export async function* batchesOfEntries(
  entries: AsyncIterable<ArchiveEntry>,
  { adapter, from }: { readonly adapter: Adapter; readonly from: ReadSoFar },
): AsyncGenerator<readonly Framed[]> {
  for await (const entry of entries) {
    const { index, name } = entry
    if (index < from.entry) continue
    const done = index === from.entry ? from.entryRecords : 0
    const file = shown(name)
    let nth = 0
    for await (const batch of batchesOf(entry, adapter)) {
      const before = nth
      nth += batch.length
      const all = batch.map((framed, at) => placed(framed, { name: file, index, nth: before + at + 1 }))
      yield all.slice(Math.max(0, done - before))
    }
  }
}

/** Whatever is wrong with one file is told in its place; what is wrong with the archive is thrown. */
async function* batchesOf(entry: ArchiveEntry, adapter: Adapter): AsyncGenerator<readonly Framed[]> {
  if (!entry.ok) return yield [refused(entry.code, entry.detail)]
  try {
    const { head, all } = await firstBytes(decompress(entry.bytes(), 'auto'), KIND_BYTES, true)
    if (head.byteLength === 0) {
      // Where there is nothing because it cannot be unpacked, that is thrown.
      for await (const _ of all);
      yield [refused('failed_empty', 'the file is empty')]
    } else if (kindOf(head) === 'plain') yield* batchesOfFile(all, { adapter, fileName: entry.name })
    else yield [refused('archive_nested', 'an archive inside an archive is not read')]
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error
    yield [brokenOff(error.code, error.message)]
  }
}

/** A name in an archive may hold anything, and a report cannot. */
function shown(name: string): string {
  const escaped = name.toWellFormed().replace(/\p{Cc}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
  return escaped.length > MAX_SHOWN ? `${escaped.slice(0, MAX_SHOWN)}…` : escaped
}

const MAX_SHOWN = 1_024

/** Nothing of this file was to be read: the archive is complete without it. */
function refused(code: string, detail: string): Framed {
  return { ok: false, error: { code, detail, ordinal: 1, offset: 0, fatal: false } }
}

function brokenOff(code: string, detail: string): Framed {
  return { ok: false, error: { code, detail, ordinal: 1, offset: 0, fatal: true } }
}

function placed(framed: Framed, entry: EntryPlace): Framed {
  if (framed.ok) return { ok: true, element: { ...framed.element, entry } }
  const { error } = framed
  // A list of contents or a licence beside the records is no part of them.
  return { ok: false, error: { ...error, fatal: error.fatal && error.code !== 'unexpected_format', entry } }
}
