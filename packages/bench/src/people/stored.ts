import { snapshotEventId } from '@atlas/identifiers'
import type { DecidedSlot } from '@atlas/linkage'
import type { Known } from '@atlas/matcher/store/profiles'
import { type Profile, profileDefaults } from '@atlas/schemas'
import type { Population } from './people.ts'
import { knownAtLength } from './told.ts'
import { profileOf } from './works.ts'

/** A person as the matcher stores him: the state that the profiles service published, and what he confirmed. */
export interface StoredPerson {
  readonly profile: Profile
  readonly known: Known
}

export function storedPerson(population: Population, index: number): StoredPerson {
  const { names, confirmed } = knownAtLength(profileOf(population, index))
  const profileId = storedId(index)
  const distinct = [...new Map(names.map((name) => [name.name, name])).values()]
  const profile: Profile = {
    ...profileDefaults,
    eventId: snapshotEventId('profiles', profileId, 1),
    revision: 1,
    profileId,
    state: 'active',
    displayName: names[0]?.name ?? '',
    names: distinct.map((name, at) => ({ ...name, primary: at === 0 })),
  }
  return { profile, known: { confirmed: confirmed.map((one, at) => withIds(one, index, at)), rejected: [] } }
}

export function storedId(index: number): string {
  return idOf(index, 'profile')
}

/** With ids as long as real ones, a mention and a title: half of what is stored of a short work. */
function withIds({ slot, work }: DecidedSlot, index: number, at: number): DecidedSlot {
  const ids = { slotId: idOf(index, 'slot', at), workId: idOf(index, 'work', at) }
  return {
    slot: { ...slot, ...ids, mentionKeys: [idOf(index, 'mention', at)] },
    work: {
      ...work,
      workId: ids.workId,
      title: (work.terms ?? []).slice(0, 8).join(' '),
      byline: work.byline.map((one, place) => ({ ...one, slotId: idOf(index, 'slot', at, place) })),
    },
  }
}

const KINDS = { profile: 1, work: 2, slot: 3, mention: 4 } as const

/** A UUID of its own for each of these: written, not hashed, as there are tens of millions. */
function idOf(index: number, kind: keyof typeof KINDS, at = 0, place = 0): string {
  return `${hex(index, 8)}-${hex(at, 4)}-7${hex(place, 3)}-8000-${hex(KINDS[kind], 12)}`
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0')
}
