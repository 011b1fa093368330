import type { Proposal } from '../engine/port.ts'

/** One item as it is scored. */
export interface ScoredItem {
  /** The profile whose owner it is; null: nobody's. */
  readonly truth: string | null
  readonly accepted: string | null
  /** Best first. */
  readonly proposals: readonly Proposal[]
  /** Surname and first initial: items of one block are drawn together. */
  readonly block: string
  readonly facets: Readonly<Record<string, string>>
}

/** A pair as it is scored. */
export interface ScoredPair {
  readonly truth: boolean
  readonly same: boolean
  readonly p: number
  readonly block: string
  readonly split: string
}
