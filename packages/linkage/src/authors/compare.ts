import { mayBeOnePerson, type NameLevel } from '../names/compare-names.ts'
import type { Comparison, ComparisonName } from '../types.ts'
import { compareAffiliations } from './affiliations.ts'
import { compareCoauthors } from './coauthors.ts'
import type { Model } from './model.ts'
import { matchNames, type NameMatch, nameComparison } from './names.ts'
import { nameKey, type PreparedProfile, type PreparedSlot } from './prepare.ts'
import { compareTopics } from './topics.ts'

/** One level for each comparison, in a fixed order; `null` where a side says nothing. */
export function compare(slot: PreparedSlot, profile: PreparedProfile, model: Model): readonly Comparison[] {
  return compareWithName(slot, profile, matchNames(slot.names, profile.names, model), model)
}

/** The same where the names are compared already. */
export function compareWithName(
  slot: PreparedSlot,
  profile: PreparedProfile,
  name: NameMatch,
  model: Model,
): readonly Comparison[] {
  return [
    nameComparison(name),
    compareOrcids(slot, profile, name.level),
    compareAuthorIds(slot, profile),
    compareEmails(slot, profile),
    compareAffiliations(slot.affiliations, profile.affiliations),
    compareCoauthors(slot.slot.slotId, slot.work, profile.coauthors, model),
    compareYears(slot.work.work.year, profile.years),
    compareTopics(slot.work.topics, profile.topics),
    compareVenues(slot, profile),
    compareDecisions(slot, profile),
  ]
}

const said = (comparison: ComparisonName, level: string, details: string | null = null): Comparison => ({
  comparison,
  level,
  rarity: 0,
  details,
})

// Publishers put iDs on the wrong co-author, so an equal iD counts in full only under a name the person may bear.
function compareOrcids({ slot }: PreparedSlot, { orcids }: PreparedProfile, name: NameLevel | 'null'): Comparison {
  const [own] = slot.orcids
  if (own === undefined || orcids.size === 0) return said('orcid', 'null')
  const equal = slot.orcids.find((orcid) => orcids.has(orcid))
  if (equal === undefined)
    return said('orcid', [...orcids.values()].some(Boolean) ? 'different' : 'different_claimed', own)
  if (name !== 'null' && !mayBeOnePerson(name)) {
    return said('orcid', name === 'family_changed' ? 'exact_name_changed' : 'name_conflict', equal)
  }
  if (slot.orcids.length > 1) return said('orcid', 'exact_disputed', slot.orcids.join(', '))
  return said('orcid', orcids.get(equal) ? 'exact' : 'claimed', equal)
}

const OWNERSHIPS = ['not_mine', 'mine', 'partly_mine'] as const

function compareAuthorIds({ ids }: PreparedSlot, profile: PreparedProfile): Comparison {
  for (const ownership of OWNERSHIPS) {
    for (const id of ids) if (profile.ids.get(id) === ownership) return said('author_id', ownership, id)
  }
  for (const id of ids) if (profile.confirmed.ids.has(id)) return said('author_id', 'confirmed', id)
  for (const id of ids) if (profile.schemes.has(id.slice(0, id.indexOf(':')))) return said('author_id', 'other_id', id)
  return said('author_id', 'null')
}

function compareEmails({ slot }: PreparedSlot, { emails }: PreparedProfile): Comparison {
  return said('email', slot.emails.some((email) => emails.has(email.toLowerCase())) ? 'equal' : 'null')
}

// A career begins some years before what is known of it and goes on after; sixty years before or after are another life.
function compareYears(year: number | null, years: readonly [number, number] | null): Comparison {
  if (year === null || years === null) return said('years', 'null')
  const [first, last] = years
  const away = year < first ? first - year : year > last ? year - last : 0
  const level = away <= 3 ? 'inside' : away <= 10 ? 'near' : away <= 30 ? 'gap' : away <= 60 ? 'outside' : 'impossible'
  return said('years', level, `${year}, known ${first}–${last}`)
}

function compareVenues({ work }: PreparedSlot, { venues }: PreparedProfile): Comparison {
  for (const venue of work.venues) if (venues.has(venue)) return said('venue', 'same', venue)
  return said('venue', 'null')
}

/** The same mention decides; else what resembles what was decided. Likeness to both sides says nothing. */
function compareDecisions(slot: PreparedSlot, { confirmed, rejected }: PreparedProfile): Comparison {
  const { mentionKeys } = slot.slot
  if (mentionKeys.some((key) => confirmed.mentions.has(key))) return said('previous_decision', 'confirmed_same')
  if (mentionKeys.some((key) => rejected.mentions.has(key))) return said('previous_decision', 'rejected_same')
  const [like, unlike] = [resembles(slot, confirmed), resembles(slot, rejected)]
  if (like === unlike) return said('previous_decision', 'null')
  return said('previous_decision', like ? 'confirmed_similar' : 'rejected_similar')
}

function resembles(slot: PreparedSlot, decided: PreparedProfile['confirmed']): boolean {
  for (const id of slot.ids) if (decided.ids.has(id)) return true
  if (decided.rors.size === 0) return false
  if (!slot.names.some((name) => decided.names.has(nameKey(name)))) return false
  for (const ror of slot.affiliations.rors) if (decided.rors.has(ror)) return true
  return false
}
