import type { Interval } from './bootstrap.ts'
import { wilson } from './wilson.ts'
import { shareOrNull } from './work-pairs.ts'

/** A pair that was counted, with one thing by which it is put in a row. */
export interface CountedPair {
  readonly truth: boolean
  readonly found: boolean
  /** What joined the two, or kept them apart. */
  readonly reason: string
  readonly facets: Readonly<Record<string, string>>
}

export interface WorkRow {
  readonly right: number
  readonly wrong: number
  readonly missed: number
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  /** Wilson's, of the precision. */
  readonly interval: Interval | null
}

export interface RuleRow extends WorkRow {
  readonly reason: string
}

export interface WorkFacetRow extends WorkRow {
  readonly facet: string
  readonly value: string
}

/** A row a rule: those that join by how much they joined, then those that kept true pairs apart. */
export function ruleRows(pairs: readonly CountedPair[]): readonly RuleRow[] {
  return [...Map.groupBy(pairs, ({ reason }) => reason)]
    .map(([reason, group]): RuleRow => ({ reason, ...rowOf(group) }))
    .sort((a, b) => b.right + b.wrong - a.right - a.wrong || b.missed - a.missed || (a.reason < b.reason ? -1 : 1))
}

export function workFacetRows(pairs: readonly CountedPair[]): readonly WorkFacetRow[] {
  const facets = [...new Set(pairs.flatMap((pair) => Object.keys(pair.facets)))].sort()
  return facets.flatMap((facet) =>
    [...Map.groupBy(pairs, (pair) => pair.facets[facet] ?? '')]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([value, group]): WorkFacetRow => ({ facet, value, ...rowOf(group) })),
  )
}

function rowOf(pairs: readonly CountedPair[]): WorkRow {
  const count = (truth: boolean, found: boolean) =>
    pairs.filter((pair) => pair.truth === truth && pair.found === found).length
  const [right, wrong, missed] = [count(true, true), count(false, true), count(true, false)]
  return {
    right,
    wrong,
    missed,
    precision: shareOrNull(right, right + wrong),
    recall: shareOrNull(right, right + missed),
    f1: shareOrNull(2 * right, 2 * right + wrong + missed),
    interval: wilson(right, right + wrong),
  }
}
