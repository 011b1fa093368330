import { mayBeOnePerson, type NameLevel } from '../names/compare-names.ts'
import type { Found } from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'

/** Adds levels of what settles a question by itself: identifiers, and what the person has said. */
export function addIdentity(found: Found, slot: AttributedSlot, profile: AttributedProfile, name: NameLevel): void {
  const orcid = orcidLevel(slot, profile, name)
  if (orcid !== undefined) found.orcid = orcid
  const authorId = authorIdLevel(slot, profile)
  if (authorId !== undefined) found.author_id = authorId
  if (slot.emails.some((email) => profile.emails.has(email))) found.email = 'equal'
  const decision = decisionLevel(slot, profile)
  if (decision !== undefined) found.decision = decision
}

// Publishers put iDs on the wrong co-author, so an equal iD counts in full only under a name the person may bear.
function orcidLevel({ slot }: AttributedSlot, { orcids }: AttributedProfile, name: NameLevel): string | undefined {
  if (slot.orcids.length === 0 || orcids.size === 0) return undefined
  const equal = slot.orcids.find((orcid) => orcids.has(orcid))
  if (equal === undefined) return [...orcids.values()].some(Boolean) ? 'different' : 'different_claimed'
  if (!mayBeOnePerson(name)) return name === 'family_changed' ? 'exact_name_changed' : 'name_conflict'
  if (slot.orcids.length > 1) return 'exact_disputed'
  return orcids.get(equal) ? 'exact' : 'claimed'
}

function authorIdLevel({ ids }: AttributedSlot, profile: AttributedProfile): string | undefined {
  const known = profile.confirmed.ids
  if (ids.size === 0 || (profile.ids.size === 0 && known.size === 0)) return undefined
  let claimed: string | undefined
  for (const id of ids) {
    const ownership = profile.ids.get(id)
    if (ownership === 'not_mine') return ownership
    // What else a later build may call it says nothing to this one.
    if (ownership === 'mine' || (ownership === 'partly_mine' && claimed === undefined)) claimed = ownership
  }
  if (claimed !== undefined) return claimed
  for (const id of ids) if (known.has(id)) return 'confirmed'
  if (profile.schemes.size > 0)
    for (const id of ids) if (profile.schemes.has(id.slice(0, id.indexOf(':')))) return 'other_id'
  return undefined
}

/** The same mention decides; else what resembles what was decided. Likeness to both sides says nothing. */
function decisionLevel(slot: AttributedSlot, profile: AttributedProfile): string | undefined {
  const { confirmed, rejected, workIds } = profile
  const { mentionKeys } = slot.slot
  if (hasAny(confirmed.mentions, mentionKeys)) return 'confirmed_same'
  if (hasAny(rejected.mentions, mentionKeys)) return 'rejected_same'
  if (workIds.has(slot.work.workId)) return 'elsewhere'
  const like = resembles(slot, confirmed)
  const unlike = resembles(slot, rejected) || isBeside(slot, profile.othersCoauthors)
  return like === unlike ? undefined : like ? 'confirmed_similar' : 'rejected_similar'
}

/** Somebody stands beside it who stood beside a slot that was rejected. */
function isBeside({ place, work }: AttributedSlot, names: ReadonlySet<string>): boolean {
  return names.size > 0 && work.byline.some((one, at) => at !== place && names.has(one.full))
}

function hasAny(known: ReadonlySet<string>, keys: readonly string[]): boolean {
  if (known.size > 0) for (const key of keys) if (known.has(key)) return true
  return false
}

function resembles(slot: AttributedSlot, decided: AttributedProfile['confirmed']): boolean {
  if (decided.ids.size > 0) for (const id of slot.ids) if (decided.ids.has(id)) return true
  if (decided.rors.size === 0) return false
  for (const ror of slot.affiliations.rors) if (decided.rors.has(ror)) return hasAny(decided.names, slot.nameKeys)
  return false
}
