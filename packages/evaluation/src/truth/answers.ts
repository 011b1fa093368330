import type { Answer, Answerer } from '../match/authors.ts'
import type { ItemTruth } from './read-truths.ts'

// As many as the protocol of the sets says a researcher looks at.
const SHOWN = 3

/** A truth among the first three proposals is confirmed and the others of the three are rejected; else nobody says anything. */
export function answererOf(truths: readonly ItemTruth[]): Answerer {
  return (at, { proposals }): Answer | undefined => {
    const truth = truths[at]?.profile ?? null
    const shown = proposals.slice(0, SHOWN).map(({ profile }) => profile)
    if (truth === null || !shown.includes(truth)) return undefined
    return { confirmed: truth, rejected: shown.filter((profile) => profile !== truth) }
  }
}
