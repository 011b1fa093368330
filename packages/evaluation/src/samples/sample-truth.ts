import { type LinkageRecord, prepareRecord } from '@atlas/linkage'

/** What identifiers say of two records; unknown: they do not say. */
export type SampleTruth = 'same' | 'different' | 'unknown'

/**
 * Judges pairs by what sources say of themselves: records that share an identifier of their own, or of which one names the
 * other as a version of itself, are one work, and so is what these chains join. Two with other DOIs are two works, unless
 * one is a repository's: a preprint seldom names its article. The labels are silver: a chapter under the DOI of its book
 * makes a false one.
 */
export function truthOf(records: readonly LinkageRecord[]): (a: string, b: string) => SampleTruth {
  const rootOf = grouped(records)
  const known = new Map(records.map((record) => [record.recordId, prepareRecord(record)]))
  return (a, b) => {
    if (rootOf(a) === rootOf(b)) return 'same'
    const [x, y] = [known.get(a), known.get(b)]
    if (x === undefined || y === undefined) return 'unknown'
    const settled = [x, y].every(({ identifiers, deposited }) => identifiers.dois.size > 0 && !deposited)
    return settled ? 'different' : 'unknown'
  }
}

/** Every pair that is one work. */
export function samePairs(records: readonly LinkageRecord[]): readonly (readonly [string, string])[] {
  const rootOf = grouped(records)
  const groups = Map.groupBy(
    records.map(({ recordId }) => recordId),
    rootOf,
  )
  return [...groups.values()].flatMap((group) => pairsIn(group))
}

export function pairsIn(ids: readonly string[]): readonly (readonly [string, string])[] {
  const sorted = ids.toSorted()
  return sorted.flatMap((left, at) => sorted.slice(at + 1).map((right) => [left, right] as const))
}

function grouped(records: readonly LinkageRecord[]): (id: string) => string {
  const parent = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up
    if (root !== id) parent.set(id, root)
    return root
  }
  const join = (a: string, b: string): void => {
    const [x, y] = [rootOf(a), rootOf(b)].sort()
    if (x !== undefined && y !== undefined && x !== y) parent.set(y, x)
  }
  // Keys and ids live in one forest; a key is told apart by the sign in front.
  for (const record of records) {
    const { self, versions } = prepareRecord(record).identifiers
    for (const key of [...self, ...versions]) join(record.recordId, `#${key}`)
  }
  return rootOf
}
