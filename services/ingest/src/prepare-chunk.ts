import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { recordIdOf } from '@atlas/identifiers'
import { type Clock, parseStrict, type Queryable } from '@atlas/runtime'
import { type Codec, EncodeError } from '@atlas/schemas'
import type { Adapter, AdapterResult, Normalised } from './adapters/adapter.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { readObject, readRecord } from './adapters/read-record.ts'
import type { ArrivingRecord, DuplicateLine, PreparedChunk, PreparedLine, Refusal, RefusedLine } from './arriving.ts'
import { ChunkRoom } from './chunk-room.ts'
import { DELETED_BECAUSE, type DeletedBecause } from './content.ts'
import { fetchedAtOf, returnsLater } from './decide-version.ts'
import { isEnvelope, readDeleteLine } from './delete-line.ts'
import type { EntryPlace, Framed, RawElement } from './formats/framed.ts'
import { type PackedContent, packContent } from './packed-content.ts'
import { Packer } from './payload.ts'
import { findHeads } from './store/heads.ts'
import { findKept, type KeptVersion } from './store/raw-records.ts'
import { applySuppressions } from './suppress.ts'

export interface PrepareOptions {
  readonly database: Queryable
  readonly clock: Clock
  readonly adapter: Adapter
  /** Given by the sender for all of it. */
  readonly fetchedAt: number | null
  readonly codec: Codec
  /** What a message may hold; checked here, where a record can still be refused. */
  readonly maxValueBytes: number
}

const HEAD_BYTES = 256
/** The service must answer health checks beside an import: parsing pauses this often. */
const SLICE_MS = 10

/**
 * Reads lines into records without holding a lock. Exact re-sends are found by their checksums and never parsed;
 * what is refused carries every mistake. In the order of the lines.
 */
export async function prepareChunk(lines: readonly Framed[], options: PrepareOptions): Promise<PreparedChunk> {
  const checksums = lines.map((framed) => (framed.ok ? hash('sha256', framed.element.bytes, 'hex') : ''))
  const known = await findDuplicates(checksums.filter(Boolean), options)
  const prepared: PreparedLine[] = []
  const room = new ChunkRoom()
  const packer = new Packer(room)
  let sliceEnd = options.clock.monotonic() + SLICE_MS
  for (const [at, framed] of lines.entries()) {
    prepared.push(prepareLine(framed, checksums[at] ?? '', known, { packer, room }, options))
    if (options.clock.monotonic() < sliceEnd) continue
    await nextTurn()
    sliceEnd = options.clock.monotonic() + SLICE_MS
  }
  const blocks = packer.finish()
  const suppressed = await applySuppressions(options.database, options.codec, prepared)
  return { lines: suppressed, blocks, release: () => room.release() }
}

/** Of these checksums, those whose arrival changes nothing whatever else arrives: source ids by checksum. */
async function findDuplicates(checksums: readonly string[], options: PrepareOptions): Promise<Map<string, string>> {
  const { database, adapter, fetchedAt } = options
  const kept = await findKept(database, adapter.source, checksums)
  const duplicates = new Map<string, string>()
  const mayReturn: KeptVersion[] = []
  for (const version of kept) {
    if (version.stamped || fetchedAt === null) duplicates.set(version.checksum, version.sourceId)
    else mayReturn.push(version)
  }
  if (mayReturn.length === 0) return duplicates
  const ids = mayReturn.map(({ sourceId }) => recordIdOf(adapter.source, sourceId))
  const heads = new Map((await findHeads(database, ids, { snapshots: false })).map((head) => [head.sourceId, head]))
  for (const { checksum, sourceId } of mayReturn) {
    const current = heads.get(sourceId)?.current
    const times = { stamp: null, fetchedAt, receivedAt: options.clock.now() }
    if (current && (current.checksum === checksum || !returnsLater(times, current))) duplicates.set(checksum, sourceId)
  }
  return duplicates
}

function prepareLine(
  framed: Framed,
  checksum: string,
  known: ReadonlyMap<string, string>,
  { packer, room }: { readonly packer: Packer; readonly room: ChunkRoom },
  options: PrepareOptions,
): PreparedLine {
  if (!framed.ok) {
    const { ordinal, offset, code, line, column, entry } = framed.error
    // A record of XML is told by its number; the line of the mistake is another.
    const detail = line === undefined ? framed.error.detail : `line ${line}, column ${column}: ${framed.error.detail}`
    const error = { code, detail, ...(line !== undefined || column === undefined ? {} : { column }) }
    const head = new Uint8Array()
    return { type: 'refused', line: ordinal, offset, errors: [printable(error)], head, ...entryOf(entry) }
  }
  const { element } = framed
  const sourceId = known.get(checksum)
  if (sourceId !== undefined) return { type: 'duplicate', line: element.ordinal, sourceId } satisfies DuplicateLine
  const content = contentOf(element, options.adapter)
  if (!content.ok) return refused(element, content.errors, content.sourceId && options.adapter.idOf(content.sourceId))
  const record = writable(() => arriving(element, checksum, content, room, options))
  if ('code' in record) return refused(element, [record], idOf(content))
  if (record.content === 'deletion' || record.content.first.length <= options.maxValueBytes)
    return { ...record, place: packer.add(element.bytes) }
  const error = { code: 'record_too_large', detail: 'the normalised record exceeds what a message may hold' }
  return refused(element, [error], record.sourceId)
}

type Content =
  | { readonly ok: true; readonly record: Normalised }
  | {
      readonly ok: true
      readonly deleted: string
      readonly deletedBecause: DeletedBecause
      readonly stamp: number | null
    }
  | { readonly ok: false; readonly errors: readonly Refusal[]; readonly sourceId?: string }

/** JSON and XML cannot hold what a message cannot, BibTeX, RIS and tables can; and what they are decoded to. */
function writable<T>(write: () => T): T | Refusal {
  try {
    return write()
  } catch (error) {
    if (!(error instanceof EncodeError) || error.code === undefined) throw error
    return { code: error.code, detail: 'the record holds a character that cannot be stored as text' }
  }
}

const idOf = (content: Content & { ok: true }): string =>
  'deleted' in content ? content.deleted : content.record.sourceId

function contentOf(element: RawElement, adapter: Adapter): Content {
  if (element.format !== 'json') return readContent(readRecord(adapter, element))
  const parsed = parseStrict(element.bytes, adapter.condense)
  if (!parsed.ok) return { ok: false, errors: [parsed.error] }
  if (!isEnvelope(parsed.value)) return readContent(readObject(adapter, parsed.value))
  const line = readDeleteLine(parsed.value, adapter)
  return line.ok ? { ok: true, deleted: line.sourceId, deletedBecause: line.because, stamp: null } : line
}

/** A source's own word that a record is gone is a deletion too: what it says besides is less than what was known. */
function readContent(read: AdapterResult): Content {
  if (!read.ok || !read.record.deleted) return read
  const { sourceId, deletedBecause, sourceUpdatedAt } = read.record
  return {
    ok: true,
    deleted: sourceId,
    deletedBecause: DELETED_BECAUSE.find((word) => word === deletedBecause) ?? 'deleted',
    stamp: sourceUpdatedAt,
  }
}

function arriving(
  element: RawElement,
  checksum: string,
  content: Content & { ok: true },
  room: ChunkRoom,
  options: PrepareOptions,
): Omit<ArrivingRecord, 'place'> {
  const { adapter, clock } = options
  const deletion = 'deleted' in content
  const sourceId = idOf(content)
  const arrived = {
    type: 'arriving',
    line: element.ordinal,
    offset: element.offset,
    recordId: recordIdOf(adapter.source, sourceId),
    sourceId,
    element: { bytes: element.bytes, format: element.format, context: element.context },
    checksum,
    stamp: deletion ? content.stamp : content.record.sourceUpdatedAt,
    receivedAt: clock.now(),
  } as const
  if (deletion) return { ...arrived, content: 'deletion', deletedBecause: content.deletedBecause }
  return { ...arrived, content: packed(arrived, content.record, room, options), deletedBecause: null }
}

function packed(
  { recordId, checksum, ...times }: Pick<ArrivingRecord, 'recordId' | 'checksum' | 'stamp' | 'receivedAt'>,
  record: Normalised,
  room: ChunkRoom,
  { codec, adapter: { source, version }, fetchedAt: given }: PrepareOptions,
): PackedContent {
  const fetchedAt = fetchedAtOf({ ...times, fetchedAt: given })
  const about = { recordId, checksum, fetchedAt, normaliser: `${source}/${version}` }
  return packContent(codec, about, { record, fingerprints: fingerprintsOf(record), suppressed: false }, room.take)
}

function refused(element: RawElement, errors: readonly Refusal[], sourceId?: string): RefusedLine {
  return {
    type: 'refused',
    line: element.ordinal,
    offset: element.offset,
    errors: errors.map(printable),
    ...(sourceId ? { sourceId: visible(sourceId) } : {}),
    // The bytes themselves are read over before all is told.
    head: Buffer.copyBytesFrom(element.bytes, 0, HEAD_BYTES),
    ...entryOf(element.entry),
  }
}

function entryOf(entry: EntryPlace | undefined) {
  return entry && { entry: entry.name }
}

const POINTER_CHARACTERS = 200

/** Pointers are made of the record's own keys, details quote what stands in it: both may hold anything. */
function printable({ pointer, detail, ...error }: Refusal): Refusal {
  const told = { ...error, detail: visible(detail) }
  if (pointer === undefined) return told
  const clean = visible(pointer)
  return { ...told, pointer: clean.length > POINTER_CHARACTERS ? `${clean.slice(0, POINTER_CHARACTERS)}…` : clean }
}

function visible(text: string): string {
  return text.toWellFormed().replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
}
