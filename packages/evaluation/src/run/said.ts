import type { Link } from '@atlas/linkage'
import type { WorkEngine } from '../engine/works.ts'
import type { WorkPairMatch } from '../match/works.ts'
import type { WorkSide, WorkWhy } from './work-sides.ts'

/** What was said of a set, by an engine or in a file. */
export interface Said {
  readonly model: string
  readonly cleanSources: readonly string[]
  readonly engine: WorkEngine | null
  readonly links: readonly Link[]
  /** Of a set of pairs none. */
  readonly clusters: readonly (readonly string[])[]
  readonly pairs: readonly WorkPairMatch[]
}

export interface WrongWork {
  readonly mistake: 'joined' | 'kept apart' | 'duplicate kept' | 'distinct work lost'
  readonly left: WorkSide
  /** null: nothing in the set is like it. */
  readonly right: WorkSide | null
  readonly why: WorkWhy
}
