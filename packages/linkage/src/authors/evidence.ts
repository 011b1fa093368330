import type { AttributedProfile, AttributedSlot } from '../attribution/prepare.ts'
import { compareNames, mayBeOnePerson, NAME_LEVELS } from '../names/compare-names.ts'
import type { PreparedName } from '../names/prepare-name.ts'
import { sha256 } from '../text/hash.ts'
import type { Evidence } from '../types.ts'

/**
 * What bears on the identity of this pair, and nothing else: whether the names on the byline may be the person's, the iDs on
 * the byline and whether one is the profile's, author ids and addresses that the two share.
 *
 * It is about the pair, so that a rejected question does not come back with each further source of the work: that one writes
 * Jean where another wrote J., words the affiliation differently or adds an id nobody claims changes nothing; an iD, a
 * claimed id or a name that does not fit changes it, and the items say what. Titles, venues, citations, order, case and
 * accents are not in it; nor are affiliations, which every source completes in its own way, and co-authors, which change
 * with other people's decisions.
 */
export function evidenceOf(slot: AttributedSlot, profile: AttributedProfile): Evidence {
  const items = [
    ...nameItems(slot.names, profile.names),
    ...slot.slot.orcids.map((orcid) => `orcid: ${orcid}`),
    ...orcidItems(slot, profile),
    ...[...slot.ids].flatMap((id) => (profile.ids.has(id) ? [`author id: ${id} (${profile.ids.get(id)})`] : [])),
    ...(slot.slot.emails.some((email) => profile.emails.has(email.toLowerCase()))
      ? ['e-mail: that of the profile']
      : []),
  ]
  const sorted = [...new Set(items)].sort()
  return { hash: sha256(sorted.join('\n')), items: sorted }
}

function nameItems(slot: readonly PreparedName[], profile: readonly PreparedName[]): readonly string[] {
  return slot.map((name) => {
    const best = bestOf(name, profile)
    return best === undefined ? `other name: ${abbreviated(name)}` : `name: ${abbreviated(best)}`
  })
}

/** The profile's form that the name fits best, if it fits one. */
function bestOf(name: PreparedName, profile: readonly PreparedName[]): PreparedName | undefined {
  const ranked = profile
    .map((form) => ({ form, level: compareNames(name, form) }))
    .filter(({ level }) => mayBeOnePerson(level))
    .sort((a, b) => NAME_LEVELS.indexOf(a.level) - NAME_LEVELS.indexOf(b.level))
  return ranked[0]?.form
}

function abbreviated({ family, given }: PreparedName): string {
  return `${family} ${given[0]?.[0] ?? ''}`.trim()
}

function orcidItems({ slot }: AttributedSlot, { orcids }: AttributedProfile): readonly string[] {
  if (slot.orcids.length === 0 || orcids.size === 0) return []
  return [
    slot.orcids.some((orcid) => orcids.has(orcid)) ? 'orcid: that of the profile' : 'orcid: not that of the profile',
  ]
}
