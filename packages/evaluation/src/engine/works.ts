import {
  clusterWorks,
  indexKeysFor,
  type Link,
  type LinkageRecord,
  SHIPPED_RULES,
  type Verdict,
  verdict,
} from '@atlas/linkage'

/** Puts records into works, and says what two of them are to each other. */
export interface WorkEngine {
  /** The name of its rules. */
  readonly model: string
  /** Sources of which no two records are one work. */
  readonly cleanSources: readonly string[]
  /** Every record in exactly one cluster; the order of `records` makes no difference. */
  cluster(records: readonly LinkageRecord[]): Clusters
  /** Symmetric. */
  compare(left: LinkageRecord, right: LinkageRecord): Verdict
  /** Whether two records are looked at side by side at all. */
  meet(left: LinkageRecord, right: LinkageRecord): boolean
}

export interface Clusters {
  /** Ids, sorted, of each cluster; clusters by their first. */
  readonly clusters: readonly (readonly string[])[]
  /** The pairs that were joined, with the rule that did it. */
  readonly links: readonly Link[]
}

export const DEFAULT_RULES = SHIPPED_RULES.version

/** The engine of packages/linkage as the matcher runs it. */
export function createWorkEngine(cleanSources: readonly string[]): WorkEngine {
  return {
    model: DEFAULT_RULES,
    cleanSources,
    cluster(records) {
      const works = clusterWorks({ records, constraints: [], cleanSources: new Set(cleanSources) })
      return clustersOf(
        works.map(({ members }) => members.map(({ recordId }) => recordId)),
        works.flatMap(({ links }) => links),
      )
    },
    compare: verdict,
    // Between lists also pairs are looked at that share a word.
    meet: cleanSources.length > 0 ? () => true : sharesKey,
  }
}

export function clustersOf(groups: readonly (readonly string[])[], links: readonly Link[]): Clusters {
  const clusters = groups.map((group) => group.toSorted()).sort((a, b) => compare(a[0] ?? '', b[0] ?? ''))
  return { clusters, links }
}

function sharesKey(left: LinkageRecord, right: LinkageRecord): boolean {
  const stored = new Set(indexKeysFor(right).stored)
  return indexKeysFor(left).sought.some((key) => stored.has(key))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
