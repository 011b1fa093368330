import type { FieldSource, Speaker } from '../types.ts'
import { type Field, speakers, tierOf } from './precedence.ts'
import { confidenceOf } from './reliability.ts'

/** What a work says of a field, and from which member with what confidence. */
export interface Choice<T> {
  readonly value: T
  readonly source: FieldSource
}

/**
 * The value of the first member that speaks for the field and has one that `may` be chosen. Witnesses are the members that describe the same
 * thing: a preprint's date does not speak against the article's. The order of `members` does not matter.
 */
export function choose<M extends Speaker, T>(
  field: Field,
  members: readonly M[],
  read: (record: M['record']) => T | null,
  agree: (a: T, b: T) => boolean,
  may: (value: T) => boolean = () => true,
): Choice<T> | null {
  const said = speakers(field, members).flatMap((member) => {
    const value = read(member.record)
    return value === null ? [] : [{ member, value }]
  })
  const chosen = said.find(({ value }) => may(value))
  if (chosen === undefined) return null
  const witnesses = said
    .filter(({ member }) => tierOf(field, member) === tierOf(field, chosen.member))
    .map(({ member, value }) => ({ source: member.record.source, agrees: agree(chosen.value, value) }))
  const { recordId } = chosen.member.record
  return { value: chosen.value, source: { field, recordId, ...confidenceOf(field, witnesses) } }
}
