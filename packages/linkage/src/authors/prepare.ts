import type { ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'

/** Folded and indexed once a work, slot or profile; hold them for a page of pairs, not for ever. */
export interface PreparedWork {
  readonly work: WorkFeatures
}
export interface PreparedSlot {
  readonly slot: SlotFeatures
  readonly work: PreparedWork
}
export interface PreparedProfile {
  readonly profile: ProfileFeatures
}

export function prepareWork(work: WorkFeatures): PreparedWork {
  return { work }
}

export function prepareSlot(slot: SlotFeatures, work: PreparedWork): PreparedSlot {
  return { slot, work }
}

export function prepareProfile(profile: ProfileFeatures): PreparedProfile {
  return { profile }
}
