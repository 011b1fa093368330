import type { CanonicalWork, Member } from '../types.ts'

/** The work's own metadata, each field from the best member by its precedence row; the order of members does not matter. */
export function canonical(_members: readonly Member[]): CanonicalWork {
  throw new Error('not built yet')
}
