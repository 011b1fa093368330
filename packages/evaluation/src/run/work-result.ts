import { isAccepted, type LinkageRecord } from '@atlas/linkage'
import { type Interval, RESAMPLES } from '../score/bootstrap.ts'
import { scoreWorkLabels } from '../score/work-labels.ts'
import { scoreWorkPairs } from '../score/work-pairs.ts'
import {
  type CountedPair,
  type RuleRow,
  ruleRows,
  type WorkFacetRow,
  type WorkRow,
  workFacetRows,
} from '../score/work-rows.ts'
import type { WorkTruths } from '../truth/read-work-truths.ts'
import { labelledClusters } from './label-errors.ts'
import type { Said, WrongWork } from './said.ts'
import { workFacets } from './work-facets.ts'
import { explainerOf, sideOf, UNSAID } from './work-sides.ts'

/** The measures of a set; null where its truths do not tell. */
export interface WorkFigures {
  readonly precision: number | null
  readonly recall: number | null
  readonly f1: number | null
  readonly right: number | null
  readonly wrong: number | null
  readonly missed: number | null
  readonly sensitivity: number | null
  readonly specificity: number | null
  readonly duplicatesKept: number | null
  readonly distinctWorksLost: number | null
  readonly intervals: Readonly<Partial<Record<'precision' | 'recall' | 'f1' | 'sensitivity' | 'specificity', Interval>>>
}

export interface WorkResult extends WorkFigures {
  readonly set: string
  readonly form: WorkTruths['form']
  readonly model: string
  /** Sources of which no two records were taken for one work. */
  readonly oneToOne: readonly string[]
  readonly records: number
  /** Works that were made; null of a set of pairs. */
  readonly works: number | null
  /** Works in truth; null where nobody knows. */
  readonly trueWorks: number | null
  readonly rules: readonly RuleRow[]
  readonly sizes: readonly { readonly size: number; readonly works: number }[]
  readonly facets: readonly WorkFacetRow[]
  readonly errors: readonly WrongWork[]
}

type Records = ReadonlyMap<string, LinkageRecord>

/** Everything that is measured of what was said; the order of records, clusters and links makes no difference. */
export function workResult(set: string, records: readonly LinkageRecord[], truths: WorkTruths, said: Said): WorkResult {
  const byId: Records = new Map(records.map((record) => [record.recordId, record]))
  const sizes = [...Map.groupBy(said.clusters, ({ length }) => length)]
    .map(([size, group]) => ({ size, works: group.length }))
    .sort((a, b) => a.size - b.size)
  return {
    set,
    form: truths.form,
    model: said.model,
    oneToOne: said.cleanSources,
    records: records.length,
    works: truths.form === 'pairs' ? null : said.clusters.length,
    trueWorks: null,
    sizes,
    ...(truths.form === 'labels' ? ofLabels(byId, truths.duplicates, said) : ofPairs(byId, truths, said)),
  }
}

const NO_FIGURES: WorkFigures = {
  precision: null,
  recall: null,
  f1: null,
  right: null,
  wrong: null,
  missed: null,
  sensitivity: null,
  specificity: null,
  duplicatesKept: null,
  distinctWorksLost: null,
  intervals: {},
}

type Scored = WorkFigures & Pick<WorkResult, 'rules' | 'facets' | 'errors'> & Partial<Pick<WorkResult, 'trueWorks'>>

function ofLabels(records: Records, duplicates: ReadonlyMap<string, boolean>, said: Said): Scored {
  const isDuplicate = (id: string): boolean => duplicates.get(id) === true
  const { uniques, intervals, sensitivity, specificity, duplicatesKept, distinctWorksLost } = scoreWorkLabels(
    said.clusters,
    isDuplicate,
    RESAMPLES,
  )
  const { counted, errors } = labelledClusters(records, said, isDuplicate)
  return {
    ...NO_FIGURES,
    trueWorks: uniques,
    sensitivity,
    specificity,
    duplicatesKept,
    distinctWorksLost,
    intervals,
    rules: ruleRows(counted).map(withoutRecall),
    facets: workFacetRows(counted).map(withoutRecall),
    errors,
  }
}

// Of a duplicate that is kept nobody says which link is missing.
function withoutRecall<T extends WorkRow>(row: T): T {
  return { ...row, recall: null, f1: null }
}

interface PairSaid {
  readonly left: string
  readonly right: string
  readonly truth: boolean
  readonly found: boolean
  readonly reason: string | null
}

function ofPairs(records: Records, truths: Exclude<WorkTruths, { form: 'labels' }>, said: Said): Scored {
  const pairs = (
    truths.form === 'pairs' ? judged(truths.pairs, said) : matched(records, truths.matches, said)
  ).toSorted((a, b) => compare(a.left, b.left) || compare(a.right, b.right))
  const explain = said.engine ? explainerOf(said.engine, said.links) : () => UNSAID
  const counted: CountedPair[] = []
  const errors: WrongWork[] = []
  for (const { left, right, truth, found, reason } of pairs) {
    const [a, b] = [records.get(left), records.get(right)]
    if (a === undefined || b === undefined || (!truth && !found)) continue
    const why = explain(a, b, found)
    counted.push({ truth, found, reason: reason ?? why.reason, facets: workFacets(a, b) })
    if (truth !== found)
      errors.push({ mistake: found ? 'joined' : 'kept apart', left: sideOf(a), right: sideOf(b), why })
  }
  return {
    ...NO_FIGURES,
    ...scoreWorkPairs(pairs, RESAMPLES),
    rules: ruleRows(counted),
    facets: workFacetRows(counted),
    errors,
  }
}

function judged(pairs: readonly { readonly same: boolean }[], said: Said): readonly PairSaid[] {
  return said.pairs.map((match, at) => ({
    left: match.left,
    right: match.right,
    truth: pairs[at]?.same === true,
    found: isAccepted({ ...match, evidence: [] }),
    reason: match.reason,
  }))
}

/** Pairs across sources; of a set that names one source only, all pairs. */
function matched(
  records: Records,
  matches: readonly { readonly left: string; readonly right: string }[],
  { clusters }: Said,
): readonly PairSaid[] {
  const sourceOf = (id: string) => records.get(id)?.source
  const across = new Set([...records.values()].map(({ source }) => source)).size > 1
  const pairs = new Map<string, PairSaid>()
  for (const { left, right } of matches) {
    const [a, b] = [left, right].sort()
    if (a !== undefined && b !== undefined)
      pairs.set(`${a}\n${b}`, { left: a, right: b, truth: true, found: false, reason: null })
  }
  for (const cluster of clusters) {
    const ids = cluster.toSorted()
    for (const [at, left] of ids.entries())
      for (const right of ids.slice(at + 1)) {
        if (across && sourceOf(left) === sourceOf(right)) continue
        const key = `${left}\n${right}`
        pairs.set(key, { left, right, truth: pairs.has(key), found: true, reason: null })
      }
  }
  return [...pairs.values()]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
