import type { Member, SlotState } from '../types.ts'

/** The byline: every mention of every member in exactly one slot, no two of one record in one slot; order-free. */
export function alignSlots(_members: readonly Member[]): readonly SlotState[] {
  throw new Error('not built yet')
}
