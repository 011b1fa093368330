import {
  type AttributedProfile,
  type AttributedSlot,
  type AttributedWork,
  allKeys,
  attributedProfile,
  attributedSlot,
  attributedWork,
  type Compared,
  compareAll,
  type Frequencies,
  type FrequencyTable,
  learnFrequencies,
  type ProfileFeatures,
  profileKeys,
  slotKeys,
  type WorkFeatures,
} from '@atlas/linkage'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import { kept, slotFeaturesOf, withSeeds, workFeaturesOf } from './features.ts'

/** A set made ready: profiles in their blocks, and every slot compared with those it meets. */
export interface SetIndex {
  compared(item: SlotRef): Compared
  /** What the researchers said: the slot becomes part of what is known of those who are, and are not, its author. */
  answer(item: SlotRef, confirmed: string | null, rejected: readonly string[]): void
}

/** How often words and venues are met is learnt from the works of the profiles alone, before any item is seen, and from
 * a table of what is met everywhere. */
export function indexOfSet(set: AuthorSet, table: FrequencyTable): SetIndex {
  const works = readerOf(
    set,
    set.profiles.flatMap(({ seeds }) => seeds.map(({ record }) => record)),
    table,
  )
  const index = new Map<string, Set<string>>()
  const features = new Map<string, ProfileFeatures>()
  const profiles = new Map<string, AttributedProfile>()
  const keep = (profile: ProfileFeatures): void => {
    features.set(profile.profileId, profile)
    profiles.set(profile.profileId, attributedProfile(profile, works.prepared))
    for (const { key } of allKeys(profileKeys(profile))) {
      const block = index.get(key)
      if (block) block.add(profile.profileId)
      else index.set(key, new Set([profile.profileId]))
    }
  }
  for (const profile of set.profiles) keep(withSeeds(profile, works))
  return {
    compared(item) {
      const { slot, work } = works.decided(item)
      const ids = new Set(allKeys(slotKeys(slot, work)).flatMap(({ key }) => [...(index.get(key) ?? [])]))
      return compareAll(
        works.slot(item),
        [...ids].sort().flatMap((id) => profiles.get(id) ?? []),
      )
    },
    answer(item, confirmed, rejected) {
      const decided = works.decided(item)
      for (const id of rejected) {
        const known = features.get(id)
        if (known) keep({ ...known, rejected: [...known.rejected, decided] })
      }
      const before = confirmed === null ? undefined : features.get(confirmed)
      if (!before) return
      keep({ ...before, names: [...before.names, ...decided.slot.names], confirmed: [...before.confirmed, decided] })
    },
  }
}

/** Two slots of a set of pairs, the first as a profile that has confirmed nothing else. */
export function comparedPairOf(set: PairSet, table: FrequencyTable): (known: SlotRef, other: SlotRef) => Compared {
  const works = readerOf(set, new Set(set.pairs.flatMap(({ left, right }) => [left.record, right.record])), table)
  return (known, other) => {
    const seeds = { names: [], seeds: [known], emails: [], ids: [], orcid: null, affiliations: [] }
    const profile = attributedProfile(withSeeds({ id: 'left', ...seeds }, works), works.prepared)
    return compareAll(works.slot(other), [profile])
  }
}

interface Works {
  prepared(work: WorkFeatures): AttributedWork
  slot(ref: SlotRef): AttributedSlot
  decided(ref: SlotRef): ProfileFeatures['confirmed'][number]
}

function readerOf({ record }: Pick<AuthorSet, 'record'>, known: Iterable<string>, table: FrequencyTable): Works {
  const features = new Map<string, WorkFeatures>()
  const prepared = new Map<string, AttributedWork>()
  const work = (id: string): WorkFeatures => kept(features, id, () => workFeaturesOf(record(id)))
  const frequencies: Frequencies = learnFrequencies([...new Set(known)].map(work), table)
  const preparedOf = (of: WorkFeatures) => kept(prepared, of.workId, () => attributedWork(of, frequencies))
  return {
    prepared: preparedOf,
    slot: (ref) => attributedSlot(slotFeaturesOf(record(ref.record), ref.slot), preparedOf(work(ref.record))),
    decided: (ref) => ({ slot: slotFeaturesOf(record(ref.record), ref.slot), work: work(ref.record) }),
  }
}
