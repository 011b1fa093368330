import type { AuthorEngine, Proposal } from '../engine/port.ts'
import type { SlotRef } from '../neutral/types.ts'
import { rounded } from './probability.ts'

export const MOST_PROPOSALS = 10

/** What an engine said of one item. */
export interface AuthorMatch extends SlotRef {
  readonly accepted: string | null
  readonly proposals: readonly Proposal[]
}

/** What the researchers who were asked about an item said. */
export interface Answer {
  readonly confirmed: string | null
  readonly rejected: readonly string[]
}

/** Asked once an item's line is written; undefined where nobody said anything. */
export type Answerer = (at: number, match: AuthorMatch) => Answer | undefined

/**
 * The stream in its order, each item with what the engine says at that time. The answers to an item are fetched only when
 * the next one is asked for, so no line can depend on what comes after it.
 */
export function* matchAuthors(
  items: readonly SlotRef[],
  engine: AuthorEngine,
  answerer?: Answerer,
): Generator<AuthorMatch> {
  for (const [at, { record, slot }] of items.entries()) {
    const match = matchOf({ record, slot }, engine)
    yield match
    const answer = answerer?.(at, match)
    if (answer) engine.answer({ record, slot }, answer.confirmed, answer.rejected)
  }
}

function matchOf(item: SlotRef, engine: AuthorEngine): AuthorMatch {
  const [best, ...others] = engine.propose(item).slice(0, MOST_PROPOSALS)
  if (best === undefined) return { ...item, accepted: null, proposals: [] }
  return {
    ...item,
    // By the engine's own figure: rounding must not lift a proposal over the threshold.
    accepted: best.p >= engine.threshold ? best.profile : null,
    proposals: [best, ...others].map(({ profile, p }) => ({ profile, p: rounded(p) })),
  }
}
