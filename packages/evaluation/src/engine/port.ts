import type { SlotRef } from '../neutral/types.ts'

/** A profile for a slot, with the probability that the slot is its owner. */
export interface Proposal {
  readonly profile: string
  readonly p: number
}

/** One piece of what a probability was made of; weights sum to its log-odds. */
export interface EngineReason {
  readonly type: string
  readonly level: string
  readonly weight: number
  readonly details: string | null
}

/** Proposes profiles for slots, one item of a stream after another. */
export interface AuthorEngine {
  readonly model: string
  /** From this probability on the first proposal is accepted. */
  readonly threshold: number
  /** All that are worth naming, best first; a function of the seeds and of the answers so far. */
  propose(item: SlotRef): readonly Proposal[]
  /** What the researchers said of the item after its line was written. */
  answer(item: SlotRef, confirmed: string | null, rejected: readonly string[]): void
  /** Why the item has that probability for that profile, where the engine can say. */
  explain?(item: SlotRef, profile: string): readonly EngineReason[]
}

/** Says how likely two slots are one person; the order of the two makes no difference. */
export interface PairEngine {
  readonly model: string
  readonly threshold: number
  compare(left: SlotRef, right: SlotRef): number
}
