import type { Link, LinkageRecord, Verdict } from '../types.ts'
import type { PreparedRecord } from './prepare.ts'

/** The first rule of the table that holds; symmetric. */
export function verdict(_a: LinkageRecord, _b: LinkageRecord): Verdict {
  throw new Error('not built yet')
}

/** The same for records prepared once. */
export function verdictOf(_a: PreparedRecord, _b: PreparedRecord): Verdict {
  throw new Error('not built yet')
}

/** Exact and strong pairs are links; the others are not. */
export function isAccepted(verdict: Verdict): boolean {
  return verdict.status === 'exact' || verdict.status === 'strong'
}

/** Every accepted pair among records that share a blocking key, sorted; the order of the records does not matter. */
export function linksAmong(_records: readonly LinkageRecord[]): readonly Link[] {
  throw new Error('not built yet')
}
