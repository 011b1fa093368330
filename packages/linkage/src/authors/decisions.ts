import type { DecisionAct, DecisionEvidence } from '../types.ts'

const CONFIRM: ReadonlySet<string> = new Set(['confirm', 'claim_duplicate', 'claim_version'])
/** Kinds that end what a decision said. What is not named here (flag, claim_error, delegate …) leaves it as it is. */
const CLEAR: ReadonlySet<string> = new Set(['uncertain', 'reopen', 'expire'])

/**
 * Which mentions a profile's persons have confirmed or rejected by now: for each mention the last act by `seq` that said
 * something, whatever candidate it was about, so that answers follow mentions through merges and splits. Acts `via auto`
 * are never evidence: they neither say anything nor end what a person said.
 */
export function decisionEvidence(acts: readonly DecisionAct[]): DecisionEvidence {
  const standing = new Map<string, 'confirmed' | 'rejected'>()
  for (const { kind, via, about } of acts.toSorted((a, b) => a.seq - b.seq)) {
    if (via === 'auto' || about === null) continue
    for (const { key } of about.mentions) {
      if (CONFIRM.has(kind)) standing.set(key, 'confirmed')
      else if (kind === 'reject') standing.set(key, 'rejected')
      else if (CLEAR.has(kind)) standing.delete(key)
    }
  }
  const those = (which: string): readonly string[] =>
    [...standing].flatMap(([key, state]) => (state === which ? [key] : [])).sort()
  return { confirmed: those('confirmed'), rejected: those('rejected') }
}
