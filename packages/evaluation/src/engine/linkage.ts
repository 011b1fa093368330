import { ATTRIBUTION_2, type AttributionModel } from '@atlas/linkage'
import type { AuthorSet, PairSet } from '../neutral/types.ts'
import { createAttributionEngine, createAttributionPairEngine } from './attribution-engine.ts'
import type { AuthorEngine, PairEngine } from './port.ts'

export const DEFAULT_MODEL = ATTRIBUTION_2.version

/** The engine of packages/linkage over a set, by a shipped model's name or with another; throws for an unknown name. */
export function createAuthorEngine(set: AuthorSet, wanted: string | AttributionModel): AuthorEngine {
  return createAttributionEngine(set, modelOf(wanted))
}

/** Each slot of a pair as a profile, against the other. */
export function createPairEngine(set: PairSet, wanted: string | AttributionModel): PairEngine {
  return createAttributionPairEngine(set, modelOf(wanted))
}

function modelOf(wanted: string | AttributionModel): AttributionModel {
  if (typeof wanted !== 'string') return wanted
  if (wanted === ATTRIBUTION_2.version) return ATTRIBUTION_2
  throw new Error(`no model "${wanted}"; there is ${ATTRIBUTION_2.version}`)
}
