import { type NameForm, type ProfileFeatures, type SlotFeatures, termsOf, type WorkFeatures } from '@atlas/linkage'
import type { NeutralAuthor, NeutralProfile, NeutralRecord, SlotRef } from '../neutral/types.ts'
import { toldBesideOf } from './told-beside.ts'

// As in the engine's own pages: of longer bylines the first 200.
const BYLINE = 200

export function slotIdOf({ record, slot }: SlotRef): string {
  return `${record}#${String(slot).padStart(5, '0')}`
}

export function workFeaturesOf(record: NeutralRecord): WorkFeatures {
  return {
    workId: record.id,
    title: record.title,
    year: record.year,
    type: 'article',
    venue: record.venue,
    issns: record.issns,
    subjects: record.keywords,
    terms: termsOf(record),
    ...toldBesideOf(record),
    byline: record.authors
      .slice(0, BYLINE)
      .map((author, slot) => ({ slotId: slotIdOf({ record: record.id, slot }), name: nameOf(author) })),
  }
}

export function slotFeaturesOf(record: NeutralRecord, slot: number): SlotFeatures {
  const author = record.authors[slot]
  if (author === undefined) throw new Error(`no slot ${slot} in record "${record.id}"`)
  const slotId = slotIdOf({ record: record.id, slot })
  return {
    slotId,
    workId: record.id,
    position: slot + 1,
    collective: false,
    names: [nameOf(author)],
    orcids: author.orcid === null ? [] : [author.orcid],
    sourceIds: author.ids,
    emails: author.emails,
    affiliations: author.affiliations,
    mentionKeys: [slotId],
  }
}

/** What is known of a profile before anything of it is confirmed. */
export function profileFeaturesOf(profile: NeutralProfile): ProfileFeatures {
  const claimed = (type: string, value: string): ProfileFeatures['identities'][number] => ({
    type,
    value,
    verifiedAt: null,
    policy: 'auto_suggest',
    ownership: 'mine',
  })
  return {
    profileId: profile.id,
    names: profile.names.map((name) => ({ name, given: null, family: null })),
    identities: [
      ...(profile.orcid === null ? [] : [claimed('orcid', profile.orcid)]),
      ...profile.emails.map((email) => claimed('email', email)),
      ...profile.ids.map(({ scheme, value }) => claimed(scheme, value)),
    ],
    affiliations: profile.affiliations.map((known) => ({ ...known, fromYear: null, toYear: null })),
    confirmed: [],
    rejected: [],
  }
}

function nameOf({ name, given, family }: NeutralAuthor): NameForm {
  return { name, given, family }
}

/** A profile with what its owner has confirmed so far; `decided` reads a slot with its work. */
export function withSeeds(
  profile: NeutralProfile,
  { decided }: { decided(ref: SlotRef): ProfileFeatures['confirmed'][number] },
): ProfileFeatures {
  const features = profileFeaturesOf(profile)
  const confirmed = profile.seeds.map((seed) => decided(seed))
  return { ...features, names: [...features.names, ...confirmed.flatMap(({ slot }) => slot.names)], confirmed }
}

/** What is kept under an id, made when it is first asked for. */
export function kept<V>(values: Map<string, V>, id: string, make: () => V): V {
  const known = values.get(id)
  if (known !== undefined) return known
  const made = make()
  values.set(id, made)
  return made
}
