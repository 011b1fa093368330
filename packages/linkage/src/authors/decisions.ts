import type { DecisionAct, DecisionEvidence } from '../types.ts'

/** Which mentions a profile's persons have confirmed or rejected by now; acts `via auto` are never evidence. */
export function decisionEvidence(_acts: readonly DecisionAct[]): DecisionEvidence {
  throw new Error('not built yet')
}
