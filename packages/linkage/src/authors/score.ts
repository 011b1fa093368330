import type { Scored } from '../types.ts'
import type { Model } from './model.ts'
import type { PreparedProfile, PreparedSlot } from './prepare.ts'

/** Additive log2 odds, prior included; the reasons' weights sum to `logOdds`, and `score` grows with it. */
export function score(_slot: PreparedSlot, _profile: PreparedProfile, _model: Model): Scored {
  throw new Error('not built yet')
}
