import type { Constraint, Link } from '../types.ts'
import { onlyDeposited } from './identifiers.ts'
import type { PreparedRecord } from './prepare.ts'
import { Groups } from './union-find.ts'

/** Values of one scheme that cannot all be those of one publication. */
export interface IdentifierConflict {
  readonly scheme: string
  /** Sorted. */
  readonly values: readonly string[]
  readonly recordIds: readonly string[]
}

interface Scheme {
  readonly name: string
  readonly prefix: string
  /** A deposit and its article have two of it by rights, and so have versions that a rule has joined. */
  readonly onePerVersion: boolean
}

// ISBNs are not among them: hardback, paperback and file of one book have one each.
const SCHEMES: readonly Scheme[] = [
  { name: 'DOI', prefix: 'doi:', onePerVersion: true },
  { name: 'PMID', prefix: 'pmid:', onePerVersion: true },
  { name: 'arXiv id', prefix: 'arxiv:', onePerVersion: false },
]

/**
 * For each of DOI, PMID and arXiv id the values that contradict one another: one record has the one and not the other,
 * another record the other and not the one.
 *
 * Versions of a DOI are one value. Two values do not contradict where a source states that one is a version of the
 * other, nor where a person has joined records of both. DOIs and PMIDs of deposits do not count, for the article has
 * others, nor do those on both sides of a link between versions.
 */
export function identifierConflicts(
  records: readonly PreparedRecord[],
  links: readonly Link[],
  mustLinks: readonly Constraint[],
  versionReasons: ReadonlySet<string>,
): readonly IdentifierConflict[] {
  if (records.length < 2) return []
  const versionLinks = links.filter(({ reason }) => versionReasons.has(reason))
  return SCHEMES.flatMap((scheme) => {
    const held = heldValues(records, scheme)
    if (new Set([...held.values()].flat()).size < 2) return []
    const pairs = [
      ...mustLinks.map(({ recordA, recordB }) => [recordA, recordB] as const),
      ...(scheme.onePerVersion ? versionLinks.map(({ left, right }) => [left, right] as const) : []),
    ]
    return conflictOf(scheme, held, explained(records, scheme, held, pairs))
  })
}

/** recordId to its own values that count. */
function heldValues(
  records: readonly PreparedRecord[],
  { prefix, onePerVersion }: Scheme,
): ReadonlyMap<string, readonly string[]> {
  const held = new Map<string, readonly string[]>()
  for (const { record, identifiers, deposited } of records) {
    if (onePerVersion && deposited) continue
    const own = [...identifiers.self].filter((key) => key.startsWith(prefix))
    const values = prefix === 'doi:' ? own.filter((key) => !onlyDeposited(new Set([key.slice(4)]))) : own
    if (values.length > 0) held.set(record.recordId, values)
  }
  return held
}

/** Values that stand for one another. */
function explained(
  records: readonly PreparedRecord[],
  { prefix }: Scheme,
  held: ReadonlyMap<string, readonly string[]>,
  pairs: readonly (readonly [string, string])[],
): Groups {
  const named = ({ identifiers }: PreparedRecord): string[] =>
    [...identifiers.versions].filter((key) => key.startsWith(prefix))
  const values = new Groups([...new Set([...[...held.values()].flat(), ...records.flatMap(named)])])
  for (const one of records)
    for (const own of held.get(one.record.recordId) ?? []) for (const key of named(one)) values.union(own, key)
  for (const [a, b] of pairs)
    for (const one of held.get(a) ?? []) for (const other of held.get(b) ?? []) values.union(one, other)
  return values
}

/** There is one exactly where the records cannot be put in a row in which each has all values of the one before it. */
function conflictOf(
  { name, prefix }: Scheme,
  held: ReadonlyMap<string, readonly string[]>,
  values: Groups,
): readonly IdentifierConflict[] {
  const rooted = [...held].map(([recordId, own]) => ({
    recordId,
    roots: new Set(own.map((key) => values.rootOf(key))),
  }))
  const row = rooted.toSorted((a, b) => a.roots.size - b.roots.size)
  if (row.every(({ roots }, at) => row[at - 1]?.roots.isSubsetOf(roots) ?? true)) return []
  const common = row.reduce((all, { roots }) => all.intersection(roots), row[0]?.roots ?? new Set<string>())
  const disputed = rooted.filter(({ roots }) => !roots.isSubsetOf(common)).map(({ recordId }) => recordId)
  const shown = disputed.flatMap((id) => held.get(id) ?? []).filter((key) => !common.has(values.rootOf(key)))
  return [
    {
      scheme: name,
      values: [...new Set(shown)].map((key) => key.slice(prefix.length)).sort(),
      recordIds: disputed.sort(),
    },
  ]
}
