import type { AuthorResult } from '../run/evaluate-authors.ts'
import type { PairResult } from '../run/evaluate-pairs.ts'

type Result = AuthorResult | PairResult
type Listed<T extends Result> = Omit<T, 'errors' | 'curve' | 'tallies'> & Partial<Pick<T, 'errors'>>

/** One object: the figures of the first result, and beside it those with answers and of the baselines. */
export function authorsJson(results: readonly AuthorResult[], withErrors: boolean): object {
  const [first, ...others] = results
  if (first === undefined) return {}
  const withAnswers = others.find(({ answers }) => answers)
  const baselines = others.filter((result) => result !== withAnswers)
  return {
    ...listed(first, withErrors),
    ...(withAnswers ? { withAnswers: listed(withAnswers, false) } : {}),
    ...(baselines.length > 0 ? { baselines: baselines.map((result) => listed(result, false)) } : {}),
  }
}

export function pairsJson(results: readonly PairResult[], withErrors: boolean): object {
  const [first, ...baselines] = results
  if (first === undefined) return {}
  return {
    ...listed(first, withErrors),
    ...(baselines.length > 0 ? { baselines: baselines.map((result) => listed(result, false)) } : {}),
  }
}

/** Without the curve, which has a point for every probability that was said, and the counts of each item. */
function listed<T extends Result>({ curve: _, tallies: __, errors, ...figures }: T, withErrors: boolean): Listed<T> {
  return withErrors ? { ...figures, errors } : figures
}
