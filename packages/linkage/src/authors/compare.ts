import type { Comparison } from '../types.ts'
import type { Model } from './model.ts'
import type { PreparedProfile, PreparedSlot } from './prepare.ts'

/** One level for each comparison, in the model's order; `null` where a side says nothing. */
export function compare(_slot: PreparedSlot, _profile: PreparedProfile, _model: Model): readonly Comparison[] {
  throw new Error('not built yet')
}
