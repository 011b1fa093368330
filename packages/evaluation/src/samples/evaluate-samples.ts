import type { LinkageRecord } from '@atlas/linkage'
import type { WorkEngine } from '../engine/works.ts'
import { workFacets } from '../run/work-facets.ts'
import { explainerOf, sideOf, type WorkSide, type WorkWhy } from '../run/work-sides.ts'
import { shareOrNull } from '../score/work-pairs.ts'
import { type CountedPair, type RuleRow, ruleRows, type WorkFacetRow, workFacetRows } from '../score/work-rows.ts'
import { withoutIdentifiers } from './published.ts'
import { type Pool, poolOf, QUESTIONS, type Question, type Samples } from './sample-pool.ts'
import { pairsIn, samePairs, truthOf } from './sample-truth.ts'

export type SampleMode = 'with identifiers' | 'without identifiers'

/** A pair that is not as it should be, or of which nobody knows. */
export interface SampleError {
  readonly mistake: 'wrong' | 'missed' | 'unknown'
  readonly question: Question
  readonly left: WorkSide
  readonly right: WorkSide
  readonly why: WorkWhy
}

export interface QuestionRow {
  readonly question: Question
  readonly right: number
  readonly wrong: number
  readonly missed: number
  /** Pairs put into one work of which no identifier says whether they are. */
  readonly unknown: number
  readonly precision: number | null
  readonly recall: number | null
}

export interface SampleResult {
  readonly mode: SampleMode
  readonly model: string
  readonly records: number
  readonly works: number
  readonly questions: readonly QuestionRow[]
  readonly rules: readonly RuleRow[]
  readonly facets: readonly WorkFacetRow[]
  readonly errors: readonly SampleError[]
}

/** All samples in one pool, so that everything may be confused with everything; once as they are, once with every identifier hidden. */
export function evaluateSamples(
  samples: Samples,
  engine: WorkEngine,
  modes: readonly SampleMode[],
): readonly SampleResult[] {
  const pool = poolOf(samples)
  return modes.map((mode) => resultOf(pool, engine, mode))
}

interface Judged {
  readonly a: LinkageRecord
  readonly b: LinkageRecord
  readonly found: boolean
  readonly truth: 'same' | 'different' | 'unknown'
}

function resultOf(pool: Pool, engine: WorkEngine, mode: SampleMode): SampleResult {
  const shown = mode === 'with identifiers' ? pool.records : pool.records.map(withoutIdentifiers)
  const { clusters, links } = engine.cluster(shown)
  const shownById = new Map(shown.map((record) => [record.recordId, record]))
  const explain = explainerOf(engine, links)
  const counted: CountedPair[] = []
  const errors: SampleError[] = []
  const tallies = new Map<Question, Judged[]>()
  for (const pair of judged(pool, clusters)) {
    const { a, b, found, truth } = pair
    const question = pool.questionOf(a, b)
    tallies.set(question, [...(tallies.get(question) ?? []), pair])
    const [x, y] = [shownById.get(a.recordId), shownById.get(b.recordId)]
    if (x === undefined || y === undefined) continue
    const why = explain(x, y, found)
    if (truth !== 'unknown')
      counted.push({ truth: truth === 'same', found, reason: why.reason, facets: workFacets(a, b) })
    if (found === (truth === 'same')) continue
    const mistake = truth === 'unknown' ? 'unknown' : found ? 'wrong' : 'missed'
    errors.push({ mistake, question, left: sideOf(a), right: sideOf(b), why })
  }
  return {
    mode,
    model: engine.model,
    records: shown.length,
    works: clusters.length,
    questions: QUESTIONS.map((question) => questionRow(question, tallies.get(question) ?? [])),
    rules: ruleRows(counted),
    facets: workFacetRows(counted),
    errors,
  }
}

/** Every pair that is one work or was made one, sorted. */
function judged({ records }: Pool, clusters: readonly (readonly string[])[]): readonly Judged[] {
  const byId = new Map(records.map((record) => [record.recordId, record]))
  const truth = truthOf(records)
  const found = new Set(clusters.flatMap((cluster) => pairsIn(cluster).map((pair) => pair.join('\n'))))
  const same = new Set(samePairs(records).map((pair) => pair.join('\n')))
  return [...found.union(same)].sort().flatMap((key): Judged[] => {
    const [left = '', right = ''] = key.split('\n')
    const [a, b] = [byId.get(left), byId.get(right)]
    return a && b ? [{ a, b, found: found.has(key), truth: truth(left, right) }] : []
  })
}

function questionRow(question: Question, pairs: readonly Judged[]): QuestionRow {
  const count = (truth: Judged['truth'], found: boolean) =>
    pairs.filter((pair) => pair.truth === truth && pair.found === found).length
  const [right, wrong, missed] = [count('same', true), count('different', true), count('same', false)]
  return {
    question,
    right,
    wrong,
    missed,
    unknown: count('unknown', true),
    precision: shareOrNull(right, right + wrong),
    recall: shareOrNull(right, right + missed),
  }
}
