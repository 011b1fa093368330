/** How much one step takes: a transaction each, bounded in tenths of a second. */
export interface CompareLimits {
  readonly works: number
  /** Slots of these works; longer bylines are cut into pages of so many. */
  readonly slots: number
  /** Profiles that are at hand at a time while these slots are compared with them; what holds the memory of a step. */
  readonly met: number
  readonly profiles: number
  /** Slots that each of these profiles is compared with, page by page. */
  readonly page: number
}

export const COMPARE_LIMITS: CompareLimits = {
  // Measured: 64 works of six authors take 30–60 ms; of so many that have more, the slots are the bound.
  works: 200,
  slots: 1_000,
  met: 500,
  profiles: 16,
  // Measured: 200 slots of 200 works take about 60 ms, their works' features included.
  page: 200,
}
