import type { LinkageRecord, SlotFeatures, WorkFeatures, WorkState } from '../types.ts'

/** What author comparison needs of a work. */
export function workFeaturesOf(_work: WorkState): WorkFeatures {
  throw new Error('not built yet')
}

/** What author comparison needs of the work's slots, in their order; `records` are its members (others are ignored). */
export function slotFeaturesOf(_work: WorkState, _records: readonly LinkageRecord[]): readonly SlotFeatures[] {
  throw new Error('not built yet')
}
