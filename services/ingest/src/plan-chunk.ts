import type { RecordFingerprints } from '@atlas/schemas'
import type { ArrivingRecord, LineResult } from './arriving.ts'
import { type Decision, decideVersion, type Standing } from './decide-version.ts'
import type { Head } from './store/heads.ts'
import type { RawVersion } from './store/raw-records.ts'

/** One record of a chunk: what it was, what it becomes, and the snapshots on the way, oldest first. */
export interface PlannedRecord {
  readonly recordId: string
  readonly sourceId: string
  readonly before: Head | undefined
  readonly after: Standing & { readonly rawVersion: number }
  readonly publications: readonly Publication[]
}

export interface Publication {
  readonly version: number
  readonly rawVersion: number
  readonly arriving: ArrivingRecord
}

export interface ChunkPlan {
  readonly records: readonly PlannedRecord[]
  readonly rawVersions: readonly RawVersion[]
  readonly results: readonly LineResult[]
}

export interface ChunkInput {
  readonly arriving: readonly ArrivingRecord[]
  readonly heads: ReadonlyMap<string, Head>
  /** `recordId checksum` of every kept version of these records with one of the arriving checksums. */
  readonly kept: ReadonlySet<string>
  readonly fetchedAt: number | null
  readonly normaliser: string
  /** Between two publications of a record for nothing but what is volatile in it. */
  readonly volatileMs: number
}

export function keptKey(recordId: string, checksum: string): string {
  return `${recordId} ${checksum}`
}

interface Draft {
  readonly recordId: string
  readonly sourceId: string
  readonly before: Head | undefined
  standing: PlannedRecord['after'] | undefined
  readonly publications: Publication[]
}

/** Takes the records of a chunk in their order, several versions of one record included, and says what to write. */
export function planChunk({ arriving, heads, kept, fetchedAt, normaliser, volatileMs }: ChunkInput): ChunkPlan {
  const drafts = new Map<string, Draft>()
  const seen = new Set(kept)
  const rawVersions: RawVersion[] = []
  const results: LineResult[] = []
  for (const record of arriving) {
    const draft = drafts.get(record.recordId) ?? aDraft(record, heads.get(record.recordId))
    drafts.set(record.recordId, draft)
    const key = keptKey(record.recordId, record.checksum)
    const { checksum, stamp, receivedAt } = record
    const arrival = { checksum, stamp, fetchedAt, receivedAt, content: substanceOf(record), keptBefore: seen.has(key) }
    const decision = decideVersion(draft.standing, arrival, volatileMs)
    results.push(resultOf(record, decision))
    if (decision.outcome === 'duplicate') continue
    seen.add(key)
    rawVersions.push(rawVersionOf(record, decision, fetchedAt, normaliser))
    apply(draft, record, decision, fetchedAt)
  }
  const records = [...drafts.values()].flatMap((draft) => planned(draft))
  return { records, rawVersions, results }
}

function aDraft({ recordId, sourceId }: ArrivingRecord, head: Head | undefined): Draft {
  return { recordId, sourceId, before: head, standing: head, publications: [] }
}

function planned({ standing, before, ...draft }: Draft): PlannedRecord[] {
  return standing === undefined || standing === before ? [] : [{ ...draft, before, after: standing }]
}

function substanceOf({ content }: ArrivingRecord) {
  if (content === 'deletion') return content
  const { identity, bibliographic, volatile } = content.fingerprints
  return { identity, bibliographic, volatile, suppressed: content.suppressed }
}

function resultOf({ line, sourceId, content }: ArrivingRecord, decision: Decision): LineResult {
  const { outcome } = decision
  if (outcome === 'duplicate') return { line, outcome, sourceId }
  const warnings = content === 'deletion' ? [] : content.warnings
  return {
    line,
    outcome,
    sourceId,
    rawVersion: decision.rawVersion,
    ...('publish' in decision && decision.publish !== undefined ? { version: decision.publish } : {}),
    ...(warnings.length > 0 ? { warnings } : {}),
  }
}

type Kept = Exclude<Decision, { readonly outcome: 'duplicate' }>

function rawVersionOf(
  record: ArrivingRecord,
  decision: Kept,
  fetchedAt: number | null,
  normaliser: string,
): RawVersion {
  return {
    sourceId: record.sourceId,
    rawVersion: decision.rawVersion,
    checksum: record.checksum,
    place: record.place,
    sizeBytes: record.element.bytes.length,
    format: record.element.format,
    versionClass: decision.versionClass,
    publishedVersion: decision.outcome === 'stale' ? null : (decision.publish ?? null),
    stamp: record.stamp,
    fetchedAt,
    receivedAt: record.receivedAt,
    normaliser,
    fingerprints: record.content === 'deletion' ? '' : shortFingerprints(record.content.fingerprints),
    // Found when the snapshots are made.
    changed: [],
    context: record.element.context,
  }
}

function shortFingerprints({ identity, bibliographic, cosmetic, volatile }: RecordFingerprints): string {
  return [identity, bibliographic, cosmetic, volatile].map((print) => print.slice(0, 32)).join('')
}

function apply(draft: Draft, record: ArrivingRecord, decision: Kept, fetchedAt: number | null): void {
  const { standing } = draft
  const { rawVersion } = decision
  if (decision.outcome === 'stale') {
    if (standing) draft.standing = { ...standing, rawVersions: rawVersion }
    return
  }
  const { checksum, stamp, receivedAt } = record
  const substance = substanceOf(record)
  const before = standing?.published
  const published = substance === 'deletion' ? before && { ...before, deleted: true } : { ...substance, deleted: false }
  draft.standing = {
    rawVersions: rawVersion,
    rawVersion,
    current: { checksum, stamp, fetchedAt, receivedAt },
    version: decision.publish ?? standing?.version ?? 0,
    published: decision.publish === undefined ? before : published,
    publishedAt: decision.publish === undefined ? (standing?.publishedAt ?? null) : receivedAt,
    volatileDueAt: decision.volatileDueAt,
  }
  if (decision.publish !== undefined)
    draft.publications.push({ version: decision.publish, rawVersion, arriving: record })
}
