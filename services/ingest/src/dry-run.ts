import { recordIdOf } from '@atlas/identifiers'
import type { Queryable } from '@atlas/runtime'
import { FINGERPRINT_RULES } from './adapters/fingerprints.ts'
import type { LineResult, PreparedChunk } from './arriving.ts'
import { settledResult } from './commit-chunk.ts'
import type { VersionClass } from './decide-version.ts'
import { type ChunkInput, type ChunkPlan, keptKey, type PlannedRecord, planChunk } from './plan-chunk.ts'
import { findHeads, type Head } from './store/heads.ts'
import { findKept } from './store/raw-records.ts'

/** What would become of a line. */
export interface DryResult extends LineResult {
  readonly class?: VersionClass
}

/** Of this many records it is remembered what earlier chunks would have made of them: 60 MB at most. */
const REMEMBERED = 100_000

/**
 * Says what chunks would become if they were kept, one after the other: decided by the very rules, against what is stored
 * and what the chunks before would have stored. Reads only.
 */
export function dryRun(
  { database, volatileMs }: { readonly database: Queryable; readonly volatileMs: number },
  about: Pick<ChunkInput, 'fetchedAt' | 'normaliser'> & { readonly source: string },
): (chunk: PreparedChunk) => Promise<DryResult[]> {
  const { source, fetchedAt, normaliser } = about
  const made = new Map<string, Made>()
  return async ({ lines }) => {
    const arriving = lines.filter((line) => line.type === 'arriving')
    const ids = [...new Set(arriving.map(({ recordId }) => recordId))]
    const stored = await findHeads(database, ids, { snapshots: false })
    const heads = new Map(stored.map((head) => [head.recordId, head]))
    const checksums = arriving.filter(({ recordId }) => heads.has(recordId)).map(({ checksum }) => checksum)
    const kept = new Set(
      (await findKept(database, source, checksums)).map(({ sourceId, checksum }) =>
        keptKey(recordIdOf(source, sourceId), checksum),
      ),
    )
    for (const id of ids) {
      const before = made.get(id)
      if (before === undefined) continue
      heads.set(id, before.head)
      for (const key of before.kept) kept.add(key)
    }
    const plan = planChunk({ arriving, heads, kept, fetchedAt, normaliser, volatileMs })
    const versions = Map.groupBy(plan.rawVersions, ({ sourceId }) => sourceId)
    for (const record of plan.records) remember(made, record, versions.get(record.sourceId) ?? [])
    return [...lines.flatMap(settledResult), ...classed(plan)].sort((a, b) => a.line - b.line)
  }
}

/** A record as it would be, and the checksums of the versions it would have. */
interface Made {
  readonly head: Head
  readonly kept: readonly string[]
}

function remember(made: Map<string, Made>, record: PlannedRecord, versions: ChunkPlan['rawVersions']): void {
  const { recordId, sourceId, before, after, publications } = record
  const kept = [...(made.get(recordId)?.kept ?? []), ...versions.map(({ checksum }) => keptKey(recordId, checksum))]
  const last = publications.at(-1)?.arriving.content
  const head: Head = {
    contentVersion: null,
    normaliser: '',
    fingerprints: null,
    fingerprintRules: FINGERPRINT_RULES,
    snapshot: null,
    ...before,
    ...after,
    recordId,
    sourceId,
    deleted: last === undefined ? (before?.deleted ?? true) : last === 'deletion',
    suppressed: last === undefined || last === 'deletion' ? (before?.suppressed ?? false) : last.suppressed,
  }
  // The longest unseen goes first: a map keeps the order in which its keys were set.
  made.delete(recordId)
  made.set(recordId, { head, kept })
  if (made.size > REMEMBERED) for (const oldest of made.keys()) return void made.delete(oldest)
}

function classed({ results, rawVersions }: ChunkPlan): DryResult[] {
  const classes = new Map(rawVersions.map((one) => [`${one.rawVersion} ${one.sourceId}`, one.versionClass]))
  return results.map((result) => {
    const versionClass = classes.get(`${result.rawVersion} ${result.sourceId}`)
    return versionClass === undefined ? result : { ...result, class: versionClass }
  })
}
