import type { ActAbout } from '@atlas/schemas'
import type { ActFields } from './chain.ts'
import type { AuthorshipContent } from './question.ts'
import type { ActKind, Flag, Status } from './vocabulary.ts'

/** An act that is to be appended: all of it but what is only known under the head of the chain. */
export interface ActDraft extends ActFields {
  readonly kind: ActKind
  readonly statusAfter: Status
  readonly flagsAfter: readonly Flag[]
  readonly about: ActAbout
  /** Sealed apart: notes and evidence. */
  readonly private: object | null
  readonly causedBy: readonly string[]
}

/** How an authorship changes by it. */
export interface AuthorshipChange extends AuthorshipContent {
  readonly state: 'verified' | 'retracted'
}
