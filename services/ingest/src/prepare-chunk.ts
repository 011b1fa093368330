import { hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { recordIdOf } from '@atlas/identifiers'
import { type Clock, parseStrict, type Queryable } from '@atlas/runtime'
import type { Adapter, AdapterResult, Normalised } from './adapters/adapter.ts'
import { fingerprintsOf } from './adapters/fingerprints.ts'
import { readObject, readRecord } from './adapters/read-record.ts'
import type { ArrivingRecord, DuplicateLine, PreparedChunk, PreparedLine, Refusal, RefusedLine } from './arriving.ts'
import { returnsLater } from './decide-version.ts'
import { isEnvelope, readDeleteLine } from './delete-line.ts'
import type { Framed, RawElement } from './formats/framed.ts'
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
  /** Bytes of the message that would be published; checked here, where a record can still be refused. */
  readonly fits: (record: Omit<ArrivingRecord, 'place'>) => boolean
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
  const packer = new Packer()
  let sliceEnd = options.clock.monotonic() + SLICE_MS
  for (const [at, framed] of lines.entries()) {
    prepared.push(prepareLine(framed, checksums[at] ?? '', known, packer, options))
    if (options.clock.monotonic() < sliceEnd) continue
    await nextTurn()
    sliceEnd = options.clock.monotonic() + SLICE_MS
  }
  const blocks = packer.finish()
  return { lines: await applySuppressions(options.database, prepared), blocks }
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
  packer: Packer,
  options: PrepareOptions,
): PreparedLine {
  if (!framed.ok) {
    const { ordinal, offset, code, detail, column } = framed.error
    const error = { code, detail, ...(column === undefined ? {} : { column }) }
    return { type: 'refused', line: ordinal, offset, errors: [error], head: new Uint8Array() }
  }
  const { element } = framed
  const sourceId = known.get(checksum)
  if (sourceId !== undefined) return { type: 'duplicate', line: element.ordinal, sourceId } satisfies DuplicateLine
  const content = contentOf(element, options.adapter)
  if (!content.ok) return refused(element, content.errors)
  const record = arriving(element, checksum, content, options)
  if (options.fits(record)) return { ...record, place: packer.add(element.bytes) }
  return refused(element, [
    { code: 'record_too_large', detail: 'the normalised record exceeds what a message may hold' },
  ])
}

type Content =
  | { readonly ok: true; readonly record: Normalised }
  | { readonly ok: true; readonly deleted: string; readonly stamp: number | null }
  | { readonly ok: false; readonly errors: readonly Refusal[] }

function contentOf(element: RawElement, adapter: Adapter): Content {
  if (element.format === 'xml') return readContent(readRecord(adapter, element))
  const parsed = parseStrict(element.bytes)
  if (!parsed.ok) return { ok: false, errors: [parsed.error] }
  if (!isEnvelope(parsed.value)) return readContent(readObject(adapter, parsed.value))
  const line = readDeleteLine(parsed.value, adapter)
  return line.ok ? { ok: true, deleted: line.sourceId, stamp: null } : line
}

/** A source's own word that a record is gone is a deletion too: what it says besides is less than what was known. */
function readContent(read: AdapterResult): Content {
  if (!read.ok || !read.record.deleted) return read
  return { ok: true, deleted: read.record.sourceId, stamp: read.record.sourceUpdatedAt }
}

function arriving(
  element: RawElement,
  checksum: string,
  content: Content & { ok: true },
  { adapter, clock }: PrepareOptions,
): Omit<ArrivingRecord, 'place'> {
  const deletion = 'deleted' in content
  const sourceId = deletion ? content.deleted : content.record.sourceId
  return {
    type: 'arriving',
    line: element.ordinal,
    offset: element.offset,
    recordId: recordIdOf(adapter.source, sourceId),
    sourceId,
    element: { bytes: element.bytes, format: element.format, context: element.context },
    checksum,
    stamp: deletion ? content.stamp : content.record.sourceUpdatedAt,
    receivedAt: clock.now(),
    content: deletion
      ? 'deletion'
      : { record: content.record, fingerprints: fingerprintsOf(content.record), suppressed: false },
  }
}

function refused(element: RawElement, errors: readonly Refusal[]): RefusedLine {
  return {
    type: 'refused',
    line: element.ordinal,
    offset: element.offset,
    errors: errors.map(printable),
    head: element.bytes.subarray(0, HEAD_BYTES),
  }
}

const POINTER_CHARACTERS = 200

/** A pointer is made of the record's own keys, and those may hold anything. */
function printable({ pointer, ...error }: Refusal): Refusal {
  if (pointer === undefined) return error
  const clean = pointer.toWellFormed().replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
  return { ...error, pointer: clean.length > POINTER_CHARACTERS ? `${clean.slice(0, POINTER_CHARACTERS)}…` : clean }
}
