import type { NormalisedAuthor } from './adapter.ts'
import { blankAuthor, displayName, isGroupName } from './blank.ts'
import { named, tokensOf } from './opencitations-ids.ts'
import { plainText } from './plain-text.ts'
import type { Reading } from './reading.ts'

// COCI's API wrote the iD as a third part of the name.
const TRAILING_ORCID = /^(.*),\s*(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$/i

/** `Fern, Ada [orcid:0000-…]; Moss, Bertil`: one entry a semicolon. */
export function peopleOf(
  reading: Reading,
  text: string | undefined,
  role: 'author' | 'editor',
  from: number,
): NormalisedAuthor[] {
  const entries = (text ?? '').split(';').filter((entry) => entry.trim() !== '')
  return entries.map((entry, at) => ({ ...person(reading, entry, `/${role}/${at}`), position: from + at + 1, role }))
}

function person(reading: Reading, entry: string, pointer: string): NormalisedAuthor {
  const { name: whole, inside } = named(entry)
  const [, bare = whole, trailing] = TRAILING_ORCID.exec(whole) ?? []
  const orcid = trailing ?? /(?:^|\s)orcid:(\S+)/i.exec(inside)?.[1]
  const ids = tokensOf(inside).filter(({ scheme }) => scheme !== 'orcid')
  const [family = '', ...rest] = plainText(bare).split(', ')
  const given = rest.join(', ').trim()
  const isSplit = given !== ''
  const name = isSplit ? displayName(given, family) : family.replace(/,$/, '')
  return {
    ...blankAuthor(1),
    name,
    given: isSplit ? given : null,
    family: isSplit ? family : null,
    collective: isGroupName(name),
    orcid: reading.orcid(orcid, pointer),
    sourceIds: ids,
  }
}
