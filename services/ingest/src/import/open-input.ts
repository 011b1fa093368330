import type { FileHandle } from 'node:fs/promises'
import type { Adapter } from '../adapters/adapter.ts'
import { ArchiveError } from '../formats/archive/archive.ts'
import { type FileKind, KIND_BYTES, kindOf, promisedBy } from '../formats/archive/kinds.ts'
import { entriesOfTar } from '../formats/archive/tar.ts'
import { entriesOfZip } from '../formats/archive/zip.ts'
import type { Batches } from '../formats/batches.ts'
import { decompress } from '../formats/decompress.ts'
import { firstBytes } from '../formats/first-bytes.ts'
import type { Framed } from '../formats/framed.ts'
import { batchesOfFile } from '../formats/records-of-file.ts'
import { batchesOfEntries } from './entry-records.ts'
import type { Input, ReadSoFar } from './input.ts'
import { type Meter, OtherFileError, Passed, type Prefix, WholeFile } from './meter.ts'

export interface OpenOptions {
  readonly adapter: Adapter
  readonly from: ReadSoFar
  /** What an earlier run has read, where that was not compared before. */
  readonly expected?: Prefix
}

/** A file that is not what its name says, and is read all the same. */
export interface Warning {
  readonly code: 'extension_mismatch'
  readonly detail: string
}

export interface OpenedInput {
  /** What is to be imported still, in order. */
  readonly items: Batches
  readonly meter: Meter
  readonly warnings: readonly Warning[]
}

const ACCEPTED = 'gzip, zstd, tar and zip are read'

/** Looks at what an input is, and cuts it into records, behind those that were committed. */
export async function openInput(input: Input, { adapter, from, expected }: OpenOptions): Promise<OpenedInput> {
  const passed = new Passed(expected)
  const { head, all } = await firstBytes(passed.through(input.read()), KIND_BYTES)
  const kind = kindOf(head)
  if (typeof kind === 'object')
    throw new ArchiveError('archive_unsupported', `${kind.unsupported} is not read; ${ACCEPTED}`)
  if (head.byteLength === 0) throw new ArchiveError('failed_empty', 'the file is empty')
  const warnings = extensionWarning(input.name, kind)
  if (kind === 'zip') return { ...(await openZip(input, adapter, from)), warnings }
  const inner = await firstBytes(decompress(all, 'auto'), KIND_BYTES, true)
  if (inner.head.byteLength === 0) throw await nothingIn(inner.all)
  const innerKind = kindOf(inner.head)
  assertKept(input.name, innerKind)
  const records =
    innerKind === 'tar'
      ? batchesOfEntries(entriesOfTar(inner.all), { adapter, from })
      : behind(batchesOfFile(inner.all, { adapter, fileName: input.name }), from.records)
  // Where nothing is to be compared nothing waits: each hand that a record goes through costs a microsecond.
  return { items: passed.known ? records : held(records, passed), meter: passed, warnings }
}

/** Where there is nothing because it cannot be unpacked, that is thrown. */
async function nothingIn(stream: AsyncIterable<Uint8Array>): Promise<ArchiveError> {
  for await (const _ of stream);
  return new ArchiveError('failed_empty', 'the file is empty')
}

async function openZip({ handle, sizeBytes, read }: Input, adapter: Adapter, from: ReadSoFar) {
  if (handle === undefined || sizeBytes === null) throw new Error('a zip must be a file')
  const whole = new Passed()
  for await (const _ of whole.through(read()));
  const meter = new WholeFile(whole.prefix())
  return { items: batchesOfEntries(zipEntries(handle, sizeBytes, meter), { adapter, from }), meter }
}

function zipEntries(handle: FileHandle, sizeBytes: number, meter: WholeFile) {
  return entriesOfZip({
    handle,
    sizeBytes,
    onRead: (bytes) => {
      meter.bytes += bytes
    },
  })
}

/** An archive inside compressed bytes, and a name that promises an archive where there is none. */
function assertKept(name: string, kind: FileKind): void {
  if (kind === 'zip' || kind === 'gzip' || kind === 'zstd')
    throw new ArchiveError('archive_nested', `${kind} inside compressed bytes is not read`)
  if (typeof kind === 'object')
    throw new ArchiveError('archive_unsupported', `${kind.unsupported} is not read; ${ACCEPTED}`)
  if (kind === 'plain' && /\.(zip|tar|tar\.(gz|zst)|tgz|tzst)$/i.test(name))
    throw new ArchiveError('not_an_archive', 'the name says archive, the first bytes do not')
}

function extensionWarning(name: string, kind: Exclude<FileKind, object>): readonly Warning[] {
  const promised = promisedBy(name)
  if (promised === undefined || promised === kind) return []
  return [{ code: 'extension_mismatch', detail: `the name says ${promised}, the first bytes say ${kind}` }]
}

/** Items are cut out of the same bytes in the same way: what was committed is left out by counting. */
function behind(items: Batches, count: number): Batches {
  return count === 0 ? items : skipped(items, count)
}

async function* skipped(items: Batches, count: number): AsyncGenerator<readonly Framed[]> {
  let left = count
  for await (const batch of items) {
    yield batch.slice(left)
    left = Math.max(0, left - batch.length)
  }
}

/**
 * Nothing is handed on before the input is known to be the one that was begun. What waits is what a run reads ahead: two
 * chunks.
 */
async function* held(items: Batches, passed: Passed): AsyncGenerator<readonly Framed[]> {
  const waiting: (readonly Framed[])[] = []
  for await (const batch of items) {
    if (batch.length > 0) waiting.push(batch)
    if (passed.known) yield* waiting.splice(0)
  }
  if (waiting.length > 0) throw new OtherFileError('it has fewer bytes than were imported')
}
