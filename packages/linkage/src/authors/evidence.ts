import type { Evidence } from '../types.ts'
import type { PreparedProfile, PreparedSlot } from './prepare.ts'

/** What bears on the identity of this pair: changes only when that does, not with citations, venues or spelling of case. */
export function evidenceOf(_slot: PreparedSlot, _profile: PreparedProfile): Evidence {
  throw new Error('not built yet')
}
