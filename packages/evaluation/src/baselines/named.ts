import type { AuthorEngine, PairEngine } from '../engine/port.ts'
import type { AuthorSet, PairSet } from '../neutral/types.ts'
import { averaging, averagingPairs } from './averaging.ts'
import { BY_FORENAME, BY_INITIAL, mostSharedCoauthors, onlyNamesake, pairRule } from './rules.ts'

/** What a model has to be better than. */
export interface Baseline {
  readonly name: string
  readonly says: string
  authors(set: AuthorSet): AuthorEngine
  pairs(set: PairSet): PairEngine
}

export const BASELINES: readonly Baseline[] = [
  {
    name: 'only-initial',
    says: 'the only profile with that surname and initial',
    authors: onlyNamesake('only-initial', BY_INITIAL),
    pairs: pairRule('only-initial', BY_INITIAL, false),
  },
  {
    name: 'only-forename',
    says: 'the only profile with a compatible forename',
    authors: onlyNamesake('only-forename', BY_FORENAME),
    pairs: pairRule('only-forename', BY_FORENAME, false),
  },
  {
    name: 'shared-coauthors',
    says: 'compatible forename and most shared co-authors',
    authors: mostSharedCoauthors('shared-coauthors'),
    pairs: pairRule('shared-coauthors', BY_FORENAME, true),
  },
  {
    name: 'averaging',
    says: 'the mean of the reasons that fired, as originally designed',
    authors: averaging('averaging'),
    pairs: averagingPairs('averaging'),
  },
]

export const BASELINE_NAMES: readonly string[] = BASELINES.map(({ name }) => name)

export function baselineNamed(name: string): Baseline {
  const baseline = BASELINES.find((one) => one.name === name)
  if (baseline === undefined) throw new Error(`no baseline "${name}"; there is ${BASELINE_NAMES.join(', ')}`)
  return baseline
}
