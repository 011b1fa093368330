import type { LinkageRecord } from '@atlas/linkage'
import type { WorkEngine } from '../engine/works.ts'
import type { CountedPair } from '../score/work-rows.ts'
import type { Said, WrongWork } from './said.ts'
import { workFacets } from './work-facets.ts'
import { explainerOf, sideOf, UNSAID, type WorkWhy } from './work-sides.ts'

type Records = ReadonlyMap<string, LinkageRecord>

/**
 * What went wrong where labels say no more than unique and duplicate: two unique records in one cluster, and clusters
 * without one, each with the record that is most like it. Every link is counted, as wrong where it joins two unique ones.
 */
export function labelledClusters(
  records: Records,
  { clusters, links, engine }: Said,
  isDuplicate: (record: string) => boolean,
): { readonly counted: readonly CountedPair[]; readonly errors: readonly WrongWork[] } {
  const explain = engine ? explainerOf(engine, links) : () => UNSAID
  const errors = clusters
    .map((cluster) => cluster.toSorted())
    .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1))
    .flatMap((cluster): WrongWork[] => {
      const [first, ...lost] = cluster.filter((id) => !isDuplicate(id)).flatMap((id) => records.get(id) ?? [])
      if (first === undefined) return keptDuplicate(cluster, records, engine)
      return lost.map((other) => ({
        mistake: 'distinct work lost',
        left: sideOf(first),
        right: sideOf(other),
        why: explain(first, other, true),
      }))
    })
  const counted = links.flatMap(({ left, right, reason }): CountedPair[] => {
    const [a, b] = [records.get(left), records.get(right)]
    if (a === undefined || b === undefined) return []
    return [{ truth: isDuplicate(left) || isDuplicate(right), found: true, reason, facets: workFacets(a, b) }]
  })
  return { counted, errors }
}

function keptDuplicate(cluster: readonly string[], records: Records, engine: WorkEngine | null): WrongWork[] {
  const [kept] = cluster.flatMap((id) => records.get(id) ?? [])
  if (kept === undefined) return []
  const nearest = engine ? mostLike(kept, cluster, records, engine) : undefined
  return [
    {
      mistake: 'duplicate kept',
      left: sideOf(kept),
      right: nearest ? sideOf(nearest.record) : null,
      why: nearest?.why ?? UNSAID,
    },
  ]
}

const STATUSES = ['exact', 'strong', 'weak', 'ambiguous', 'different']
const TITLES = ['equal', 'contained', 'near', 'longer', 'parts', 'differ']

/** The record outside that the engine finds most like it; none where every title differs. */
function mostLike(
  kept: LinkageRecord,
  cluster: readonly string[],
  records: Records,
  engine: WorkEngine,
): { readonly record: LinkageRecord; readonly why: WorkWhy } | undefined {
  const explain = explainerOf(engine, [])
  const inside = new Set(cluster)
  const others = [...records.values()]
    .filter(({ recordId }) => !inside.has(recordId))
    .map((record) => ({ record, said: engine.compare(kept, record) }))
    .map(({ record, said }) => ({ record, said, title: titleLevel(said.evidence) }))
    .filter(({ title }) => title < TITLES.indexOf('differ'))
    .sort(
      (a, b) =>
        STATUSES.indexOf(a.said.status) - STATUSES.indexOf(b.said.status) ||
        a.title - b.title ||
        (a.record.recordId < b.record.recordId ? -1 : 1),
    )
  const [best] = others
  return best && { record: best.record, why: explain(kept, best.record, false) }
}

function titleLevel(evidence: readonly string[]): number {
  const said = evidence.find((item) => item.startsWith('title: '))?.slice('title: '.length) ?? ''
  const at = TITLES.indexOf(said.split(',')[0] ?? '')
  return at < 0 ? TITLES.length : at
}
