import type { Decision } from './vocabulary.ts'

/** An act of a person, as far as it bears on how a profile stands on a slot. */
export interface Answer {
  readonly actId: string
  readonly profileId: string
  /** The question it was said of. */
  readonly questionRef: string
  /** The order of acts; one that is about to be appended has the highest. */
  readonly chainSeq: number
  readonly decision: Decision
  readonly decidedAtMs: number
  /** Of the candidate when it was decided. */
  readonly score: number | null
  /** The mentions it was about. */
  readonly mentionKeys: readonly string[]
}

/** How one profile stands on one slot by the acts of persons. */
export interface Standing {
  /** Undefined: nobody has decided. */
  readonly decision: Decision | undefined
  /** The act it rests on. */
  readonly act: Answer | undefined
  /** Both a confirm and a reject stand, about different mentions of what is one slot now. */
  readonly conflict: boolean
}

export const UNDECIDED: Standing = { decision: undefined, act: undefined, conflict: false }

/**
 * The fold of one profile's acts over the mentions that are in a slot now.
 *
 * For each entry the last act about it counts; a slot then stands as the newest of those, and equal answers coexist.
 * A reopened entry says nothing unless all are. `entryOf` leads from a key, or an earlier key, to the entry in this
 * slot. Nothing is remembered of where the mentions were before: a merge followed by a split is the identity.
 */
export function fold(answers: readonly Answer[], entryOf: ReadonlyMap<string, string>): Standing {
  const lastOfEntry = new Map<string, Answer>()
  for (const answer of answers) {
    for (const key of answer.mentionKeys) {
      const entry = entryOf.get(key)
      if (entry === undefined) continue
      const last = lastOfEntry.get(entry)
      if (last === undefined || last.chainSeq < answer.chainSeq) lastOfEntry.set(entry, answer)
    }
  }
  const standing = [...lastOfEntry.values()]
  const said = standing.filter(({ decision }) => decision !== 'reopen')
  const newest = (said.length > 0 ? said : standing).reduce<Answer | undefined>(
    (best, answer) => (best === undefined || best.chainSeq < answer.chainSeq ? answer : best),
    undefined,
  )
  if (newest === undefined) return UNDECIDED
  const conflict =
    said.some(({ decision }) => decision === 'confirm') && said.some(({ decision }) => decision === 'reject')
  return { decision: newest.decision, act: newest, conflict }
}
