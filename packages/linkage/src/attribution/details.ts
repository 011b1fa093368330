import { compareAffiliations } from '../authors/affiliations.ts'
import { prepareName } from '../names/prepare-name.ts'
import { fitOf } from './compare.ts'
import { citations, sharedReferences } from './compare-circumstances.ts'
import type { ComparisonName } from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'

const SHOWN = 5

/** What a person is shown beside a level: which name, whom both wrote with, where. For pairs that are proposed. */
export function detailsOf(
  slot: AttributedSlot,
  profile: AttributedProfile,
): Readonly<Partial<Record<ComparisonName, string>>> {
  const { forms } = fitOf(slot.names, profile.names)
  const orcid = slot.slot.orcids.find((one) => profile.orcids.has(one)) ?? slot.slot.orcids[0]
  const id = [...slot.ids].find((one) => profile.ids.has(one) || profile.confirmed.ids.has(one))
  const shared = sharedWith(slot, profile)
  const where = compareAffiliations(slot.affiliations, profile.affiliations)?.details ?? null
  return {
    ...(forms ? { name: forms.map(({ asGiven }) => asGiven).join(' / ') } : {}),
    ...(orcid === undefined ? {} : { orcid }),
    ...(id === undefined ? {} : { author_id: id }),
    ...(shared.length === 0 ? {} : { coauthors: shared.slice(0, SHOWN).join('; ') }),
    ...(where === null ? {} : { affiliation: where }),
    ...(profile.venues.has(slot.work.venue) ? { venue: slot.work.venue } : {}),
    ...yearsOf(slot, profile),
    ...circumstancesOf(slot, profile),
  }
}

/** The rarest names first: they say most. */
function sharedWith({ slotId, work }: AttributedSlot, profile: AttributedProfile): readonly string[] {
  return work.byline
    .filter(
      (one) =>
        one.slotId !== slotId &&
        (one.full === '' ? profile.abbreviated.has(one.initials) : profile.coauthors.has(one.full)),
    )
    .map(({ slotId, name }) => ({ slotId, name: prepareName(name) }))
    .toSorted((a, b) => b.name.bits - a.name.bits || (a.slotId < b.slotId ? -1 : 1))
    .map(({ name }) => name.asGiven)
}

function yearsOf({ work: { year } }: AttributedSlot, { works }: AttributedProfile): { readonly years?: string } {
  const known = works.flatMap((one) => one.year ?? [])
  if (year === null || known.length === 0) return {}
  const [first, last] = [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))]
  return { years: `${year}, known ${first}–${last}` }
}

function circumstancesOf(
  { work }: AttributedSlot,
  { circumstances: known }: AttributedProfile,
): Readonly<Partial<Record<ComparisonName, string>>> {
  const [cited, shared] = [citations(work, known), sharedReferences(work, known)]
  const grants = work.awards.filter((award) => known.awards.has(award))
  const paidBy = work.funders.filter((funder) => known.funders.has(funder))
  const paid = grants.length > 0 ? grants : paidBy
  return {
    ...(cited === 0 ? {} : { citation: `known works that it cites or is cited by: ${cited}` }),
    ...(shared === 0 ? {} : { references: `works cited by both: ${shared}` }),
    ...(work.language === '' || known.languages.size === 0
      ? {}
      : { language: `${work.language}, known ${[...known.languages].sort().join(', ')}` }),
    ...(paid.length === 0 ? {} : { funding: paid.slice(0, SHOWN).join('; ') }),
  }
}
