import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, getFileNameLowLevel, type ZipFile } from 'yauzl'
import { type ArchiveEntry, ArchiveError, FREE_BYTES, MAX_RATIO } from './archive.ts'
import { entryNameFault } from './entry-name.ts'
import { HandleReader } from './handle-reader.ts'
import { toldDirectoryBytes } from './zip-end.ts'

const MAX_ENTRIES = 10_000

export interface ZipOptions {
  readonly handle: FileHandle
  readonly sizeBytes: number
  /** Told the compressed bytes that were read. */
  readonly onRead: (bytes: number) => void
}

/** The files of a zip, in the order of its directory, which is checked as a whole before the first of them is read. */
export async function* entriesOfZip({ handle, sizeBytes, onRead }: ZipOptions): AsyncGenerator<ArchiveEntry> {
  // Names are decoded here: one bad name refuses its entry, not the archive.
  const options = { decodeStrings: false, validateEntrySizes: false, autoClose: false } as const
  const zip = await fromRandomAccessReaderPromise(new HandleReader(handle), sizeBytes, options).catch(() => undefined)
  if (zip === undefined)
    throw new ArchiveError('bad_compression', 'the zip has no readable directory: it may be cut short')
  const files = (await directory(zip, handle, sizeBytes)).filter((entry) => !isFolder(entry))
  if (files.length === 0) throw new ArchiveError('failed_empty', 'the archive holds no file')
  const seen = new Set<string>()
  for (const [index, entry] of files.entries()) {
    const name = nameOf(entry)
    const refusal = refusalOf(entry, name, seen)
    if (refusal) yield { ok: false, index, name, ...refusal }
    else yield { ok: true, index, name, bytes: () => bytesOf(zip, entry, onRead) }
  }
}

async function directory(zip: ZipFile, handle: FileHandle, sizeBytes: number): Promise<Entry[]> {
  if (zip.entryCount > MAX_ENTRIES)
    throw new ArchiveError('too_many_entries', `a zip has at most ${MAX_ENTRIES} entries; send a tar`)
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes('encryption'))
      throw new ArchiveError('archive_encrypted', 'the zip is encrypted')
    throw new ArchiveError('bad_compression', 'the directory of the zip is broken')
  }
  const told = await toldDirectoryBytes(handle, sizeBytes)
  const found = entries.reduce((sum, entry) => sum + directoryBytes(entry), 0)
  // The old form counts entries in sixteen bits: the rest would be left out without a word.
  if (told !== undefined && told !== found)
    throw new ArchiveError('bad_compression', 'the zip has other entries than it says')
  assertApart(entries, sizeBytes)
  return entries
}

function directoryBytes({ fileNameLength, extraFieldLength, fileCommentLength }: Entry): number {
  return 46 + fileNameLength + extraFieldLength + fileCommentLength
}

/** No byte belongs to two files: that is how a small zip becomes petabytes. */
function assertApart(entries: readonly Entry[], sizeBytes: number): void {
  const spans = entries
    .map((entry) => ({
      from: entry.relativeOffsetOfLocalHeader,
      to: entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize,
    }))
    .sort((a, b) => a.from - b.from)
  for (const [at, { to }] of spans.entries())
    if (to > (spans[at + 1]?.from ?? sizeBytes))
      throw new ArchiveError('archive_overlap', 'files of the zip lie over each other or beyond its end')
}

interface Refusal {
  readonly code: string
  readonly detail: string
}

function refusalOf(entry: Entry, name: string, seen: Set<string>): Refusal | undefined {
  const fault = entryNameFault(name)
  if (fault !== undefined) return { code: 'archive_entry_path', detail: fault }
  if (seen.has(name))
    return { code: 'archive_duplicate_entry', detail: 'a file of this name came before; the first is read' }
  seen.add(name)
  if (entry.isEncrypted()) return { code: 'archive_encrypted', detail: 'the file is encrypted' }
  if (![0, REGULAR].includes(modeOf(entry)))
    return { code: 'archive_entry_type', detail: 'only regular files are read: no links, devices or pipes' }
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return { code: 'archive_unsupported', detail: 'the file is packed in another way than stored or deflated' }
  return undefined
}

const KIND_OF_FILE = 0o170000
const REGULAR = 0o100000
const FOLDER = 0o040000

/** Kind of file as Unix has it; 0 where the zip was made elsewhere. */
function modeOf({ externalFileAttributes }: Entry): number {
  return (externalFileAttributes >>> 16) & KIND_OF_FILE
}

function isFolder(entry: Entry): boolean {
  return nameOf(entry).endsWith('/') || modeOf(entry) === FOLDER
}

function nameOf(entry: Entry): string {
  return getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
}

/** The bytes of one file, held to what the directory says of their number and sum. */
async function* bytesOf(zip: ZipFile, entry: Entry, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const { uncompressedSize, compressedSize } = entry
  let given = 0
  let sum = 0
  let told = 0
  for await (const chunk of rawBytes(zip, entry)) {
    given += chunk.byteLength
    if (given > uncompressedSize || (given > FREE_BYTES && given > compressedSize * MAX_RATIO))
      throw new ArchiveError('decompressed_too_large', 'a file of the zip grows more than its directory or reason says')
    sum = crc32(chunk, sum)
    yield chunk
    const read = Math.floor((compressedSize * given) / uncompressedSize)
    onRead(read - told)
    told = read
  }
  if (given < uncompressedSize) throw new ArchiveError('bad_compression', 'a file of the zip ends early')
  if (sum !== entry.crc32)
    throw new ArchiveError('failed_checksum', 'a file of the zip has another checksum than its directory says')
}

async function* rawBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield chunk
  } catch {
    throw new ArchiveError('bad_compression', 'a file of the zip cannot be unpacked')
  }
}
