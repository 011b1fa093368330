import type { AuthorResult } from '../run/evaluate-authors.ts'
import type { PairResult } from '../run/evaluate-pairs.ts'

type Listed<T extends { readonly errors: readonly unknown[] }> = Omit<T, 'errors' | 'curve'> &
  Partial<Pick<T, 'errors'>>

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

/** Without the curve, which has a point for every probability that was said. */
function listed<T extends { readonly errors: readonly unknown[]; readonly curve: unknown }>(
  { curve: _, errors, ...figures }: T,
  withErrors: boolean,
): Omit<T, 'errors' | 'curve'> | Listed<T> {
  return withErrors ? { ...figures, errors } : figures
}
