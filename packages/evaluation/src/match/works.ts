import type { LinkageRecord, Verdict } from '@atlas/linkage'
import { linkageRecordOf } from '../engine/linkage-record.ts'
import type { Clusters, WorkEngine } from '../engine/works.ts'
import type { WorkSet } from '../neutral/read-work-set.ts'
import type { WorkPair } from '../neutral/work-record.ts'

/** Which cluster a record is in; a cluster is named after its smallest record. */
export interface WorkMatch {
  readonly record: string
  readonly cluster: string
}

/** What an engine said of two records. */
export interface WorkPairMatch extends WorkPair {
  readonly status: Verdict['status']
  readonly reason: string
}

/** One line a record, in the order of the records. */
export function workMatches(records: readonly LinkageRecord[], { clusters }: Clusters): readonly WorkMatch[] {
  const clusterOf = new Map(clusters.flatMap((cluster) => cluster.map((id) => [id, cluster[0] ?? id] as const)))
  return records.map(({ recordId }) => ({ record: recordId, cluster: clusterOf.get(recordId) ?? recordId }))
}

/** What is written of a set: a line a pair where it asks about pairs, else a line a record. */
export function* matchWorks(set: WorkSet, engine: WorkEngine): Generator<WorkMatch | WorkPairMatch> {
  const records = set.records.map(linkageRecordOf)
  if (set.pairs === null) yield* workMatches(records, engine.cluster(records))
  else yield* workPairMatches(records, set.pairs, engine)
}

export function* workPairMatches(
  records: readonly LinkageRecord[],
  pairs: readonly WorkPair[],
  engine: WorkEngine,
): Generator<WorkPairMatch> {
  const byId = new Map(records.map((record) => [record.recordId, record]))
  for (const { left, right } of pairs) {
    const [a, b] = [byId.get(left), byId.get(right)]
    if (a === undefined || b === undefined) throw new Error(`no record "${a ? right : left}"`)
    const { status, reason } = engine.compare(a, b)
    yield { left, right, status, reason }
  }
}
