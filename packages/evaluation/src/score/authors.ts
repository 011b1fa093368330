import { bootstrap, type Intervals } from './bootstrap.ts'
import { type Bin, reliability, type Said } from './calibration.ts'
import {
  bestF1,
  type CurvePoint,
  curveOf,
  type Kept,
  keptAt,
  PRECISIONS,
  type ReadOff,
  recallAtPrecision,
} from './curve.ts'
import type { ScoredItem } from './item.ts'
import { type Questions, questionsOf } from './questions.ts'
import { addTally, emptyTally, type Measures, measuresOf, tallyOfItem } from './tally.ts'

export interface FacetRow extends Measures {
  readonly facet: string
  readonly value: string
  readonly items: number
  readonly truths: number
}

/** Everything that is measured of answers to a stream. */
export interface AuthorScore extends Measures {
  readonly items: number
  readonly truths: number
  /** Name blocks that the intervals are drawn from: of a few they say little, of one nothing. */
  readonly blocks: number
  readonly intervals: Intervals
  readonly reliability: readonly Bin[]
  readonly curve: readonly CurvePoint[]
  readonly recallAtPrecision: readonly ReadOff[]
  readonly promised: readonly Kept[]
  readonly bestF1: { readonly threshold: number | null; readonly f1: number }
  readonly questions: Questions
  readonly facets: readonly FacetRow[]
}

/** Pure, and the same whatever the order of the items. */
export function scoreAuthors(items: readonly ScoredItem[], resamples: number): AuthorScore {
  const truths = items.filter(({ truth }) => truth !== null).length
  const said = saidOf(items)
  const curve = curveOf(said, truths)
  return {
    ...measures(items),
    items: items.length,
    truths,
    blocks: new Set(items.map(({ block }) => block)).size,
    intervals: bootstrap(
      items.map((item) => [item.block, tallyOfItem(item)]),
      resamples,
    ),
    reliability: reliability(said),
    curve,
    recallAtPrecision: PRECISIONS.map((precision) => recallAtPrecision(curve, precision)),
    promised: PRECISIONS.map((precision) => keptAt(curve, precision)),
    bestF1: bestF1(curve),
    questions: questionsOf(items),
    facets: facetRows(items),
  }
}

/** The first proposal of each item that has one. Sorted, for sums of floats depend on their order. */
function saidOf(items: readonly ScoredItem[]): readonly Said[] {
  return items
    .flatMap(({ truth, proposals: [top] }) => (top ? [{ p: top.p, right: top.profile === truth }] : []))
    .sort((a, b) => b.p - a.p || Number(b.right) - Number(a.right))
}

function measures(items: readonly ScoredItem[]): Measures {
  const sum = emptyTally()
  for (const item of items) addTally(sum, tallyOfItem(item))
  return measuresOf(sum)
}

function facetRows(items: readonly ScoredItem[]): readonly FacetRow[] {
  const names = [...new Set(items.flatMap(({ facets }) => Object.keys(facets)))]
  return names
    .flatMap((facet) => {
      const groups = Map.groupBy(items, ({ facets }) => facets[facet])
      return [...groups].flatMap(([value, group]) =>
        value === undefined
          ? []
          : [
              {
                facet,
                value,
                ...measures(group),
                items: group.length,
                truths: group.filter(({ truth }) => truth !== null).length,
              },
            ],
      )
    })
    .sort((a, b) => compare(a.facet, b.facet) || compare(a.value, b.value))
}

function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true })
}
