export const WORK_ROLES = ['duplicate', 'version', 'erratum', 'retraction', 'part'] as const
/** What a work that is linked to another one is of it. */
export type LinkedRole = (typeof WORK_ROLES)[number]

/** The two sides that a ruling joins or keeps apart. */
export interface Sides {
  readonly sideA: readonly string[]
  readonly sideB: readonly string[]
}

/** The records of two works are of one publication: said of the two that speak for them, whose earlier cuts fall. */
export interface LinkRuling extends Sides {
  readonly kind: 'link'
  readonly rulingId: string
  readonly headA: string
  readonly headB: string
  /** What `headA` is in the work of `headB`; null: that is left to the rules. */
  readonly role: LinkedRole | null
}

/** No record of the one side describes the publication of the other. */
export interface CutRuling extends Sides {
  readonly kind: 'cut'
  readonly rulingId: string
}

export type Ruling = LinkRuling | CutRuling

/** Above this a cut is refused: each pair across is a row that clustering reads. */
export const MAX_PAIRS = 10_000
