/** Why a partition stands still until an operator accepts. */
export interface Halt {
  /** `offset_gap`, `offset_regressed`, `too_many_poison`, or what a decoder stops for. */
  readonly code: string
  readonly detail: string
  /** The offset that was met instead of the one expected. */
  readonly found?: string
}
