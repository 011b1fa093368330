import type { WorkResult } from '../run/work-result.ts'

/** One object: the figures of the first result, beside it those without one-to-one and of the baselines. */
export function worksJson(results: readonly WorkResult[], withErrors: boolean): object {
  const [first, ...others] = results
  if (first === undefined) return {}
  const plain = others.find(({ model, oneToOne }) => model === first.model && oneToOne.length < first.oneToOne.length)
  const baselines = others.filter((result) => result !== plain)
  return {
    ...listed(first, withErrors),
    ...(plain ? { withoutOneToOne: listed(plain, false) } : {}),
    ...(baselines.length > 0 ? { baselines: baselines.map((result) => listed(result, false)) } : {}),
  }
}

function listed({ errors, ...figures }: WorkResult, withErrors: boolean): object {
  return withErrors ? { ...figures, errors } : figures
}
