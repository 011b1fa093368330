import type { ActMention } from '@atlas/schemas'
import type { ProfileSettings } from './automatic.ts'
import type { Unit, UnitQuestion } from './settle-unit.ts'
import type { Flag, Status } from './vocabulary.ts'

/** A question as it is stored, under lock. */
export interface Question extends UnitQuestion {
  readonly questionRef: string
  readonly workId: string
  readonly revision: number
  readonly firstRevision: number
  readonly slotPosition: number
  readonly title: string | null
  readonly year: number | null
  readonly modelVersion: string
  readonly evidenceItems: readonly string[]
  readonly mentions: readonly ActMention[]
  readonly causedBy: readonly string[]
  readonly status: Status
  readonly flags: readonly Flag[]
  readonly lastAct: string | null
  readonly lastDecidedAtMs: number
  readonly settings: ProfileSettings
  readonly authorship: StoredAuthorship | null
}

/** One author entry of a slot. */
export interface Entry extends ActMention {
  readonly name: string
  readonly source: string
}

/** What a verified authorship says of its work, as far as we know it. */
export interface AuthorshipContent {
  readonly workId: string
  readonly slotId: string
  readonly status: Status
  readonly actId: string
  readonly questionVersion: number
  /** Of the act it rests on. */
  readonly verifiedAtMs: number | null
  readonly score: number | null
  /** Of the work it was made from; a newer one that says the same makes no new state. */
  readonly workRevision: number | null
  readonly position: number
  readonly corresponding: boolean
  readonly flags: readonly Flag[]
  readonly contributions: readonly Contribution[]
  readonly title: string | null
  readonly year: number | null
  readonly type: string
  readonly doi: string | null
}

export interface Contribution {
  readonly recordId: string
  readonly source: string
  readonly mentionKey: string
  readonly name: string
  readonly position: number
  readonly affiliations: readonly string[]
  readonly rors: readonly string[]
}

export interface StoredAuthorship extends AuthorshipContent {
  readonly state: 'verified' | 'retracted'
}

/** A slot with what is needed to decide it and to tell of it. */
export interface LoadedUnit extends Unit<Question> {
  /** A slot id that leads here. */
  readonly seed: string
  /** Undefined: the work has not arrived, or no work has the slot any more. */
  readonly place: Place | undefined
}

export interface Place {
  readonly workId: string
  readonly workRevision: number
  readonly slotId: string
  readonly position: number
  readonly corresponding: boolean
  readonly entries: readonly Entry[]
  readonly title: string | null
  readonly year: number | null
  readonly type: string
  readonly doi: string | null
}
