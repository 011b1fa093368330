import type { SetFiles } from './a-set.ts'

interface SmallRecord {
  readonly id: string
  readonly source: string
  readonly title: string
  readonly year: number
  readonly venue: string
  readonly authors: readonly { readonly name: string }[]
}

/** Two lists of works with the truth about them in all three forms. */
export interface SmallWorkSet extends SetFiles {
  readonly records: readonly SmallRecord[]
  readonly matches: readonly { readonly left: string; readonly right: string }[]
  readonly labels: readonly { readonly record: string; readonly duplicate: boolean }[]
  readonly pairs: readonly { readonly left: string; readonly right: string; readonly same: boolean }[]
}

const TITLES = [
  'Coral reefs under heat: ten years of counting',
  'Proofs of old theorems by new machines',
  'Soils after forest fires in southern Europe',
  'Parsers of spoken language without a grammar',
  'Migration of storks over the Bosporus',
  'Glaciers that grow while others melt away',
]

/**
 * Six works that both lists name, one of them by another title, and two that one list names only; one of those has the
 * title of a shared one, of other people.
 */
export function aSmallWorkSet(): SmallWorkSet {
  const record = (source: string, at: number, title: string, author: string): SmallRecord => ({
    id: `${source}:${at}`,
    source,
    title,
    year: 2010 + at,
    venue: `Journal ${at}`,
    authors: [{ name: author }, { name: `Friend Of${at}` }],
  })
  const records = [
    ...TITLES.map((title, at) => record('west', at, title, 'Ada Mirski')),
    ...TITLES.map((title, at) => record('east', at, at === 5 ? 'Ice that grows' : title.toUpperCase(), 'A. Mirski')),
    record('west', 6, 'Only the west has this one about rain', 'Bo Larsen'),
    { ...record('east', 7, TITLES[0] ?? '', 'Chidi Okafor'), authors: [{ name: 'Chidi Okafor' }] },
  ]
  const matches = TITLES.map((_, at) => ({ left: `west:${at}`, right: `east:${at}` }))
  const labels = records.map(({ id, source }, at) => ({ record: id, duplicate: source === 'east' && at < 12 }))
  const pairs = [
    ...matches.map((pair) => ({ ...pair, same: true })),
    { left: 'west:0', right: 'east:7', same: false },
    { left: 'west:6', right: 'east:1', same: false },
  ]
  return { records, matches, labels, pairs }
}
