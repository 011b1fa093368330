import type { Proposal } from './port.ts'

/** Best first; equal ones by id, so that every run gives one order. */
export function byProbability(a: Proposal, b: Proposal): number {
  return b.p - a.p || (a.profile < b.profile ? -1 : a.profile > b.profile ? 1 : 0)
}
