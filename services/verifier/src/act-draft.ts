import type { ActAbout } from '@atlas/schemas'
import type { AuthorshipContent } from './question.ts'
import type { ActKind, Flag, Status } from './vocabulary.ts'

/** An act that is to be appended: all of it but what is only known under the head of the chain. */
export interface ActDraft {
  readonly id: string
  readonly profileId: string
  readonly questionRef: string
  readonly questionVersion: number
  readonly kind: ActKind
  readonly statusAfter: Status
  readonly flagsAfter: readonly Flag[]
  readonly stateChanging: boolean
  readonly confidence: string | null
  readonly decidedAtMs: number
  readonly actor: string
  readonly actorRole: string | null
  readonly onBehalfOf: string | null
  readonly via: string
  readonly batchId: string | null
  readonly supersedes: string | null
  readonly commandKey: string | null
  readonly candidateRevision: number | null
  readonly score: number | null
  readonly modelVersion: string | null
  readonly threshold: number | null
  readonly reason: string | null
  readonly about: ActAbout
  /** Sealed apart: notes and evidence. */
  readonly private: object | null
  readonly causedBy: readonly string[]
}

/** How an authorship changes by it. */
export interface AuthorshipChange extends AuthorshipContent {
  readonly state: 'verified' | 'retracted'
}
