import { expect, it } from 'vitest'
import type { ProfileFeatures, SlotFeatures } from '../types.ts'
import { comparePair } from './attribute.ts'
import { attributedProfile, attributedSlot, attributedWork } from './prepare.ts'
import { SHIPPED_FREQUENCIES } from './shipped.ts'

const NAME = { name: 'Ada Mirski', given: 'Ada', family: 'Mirski' }

function levelOf(ids: readonly string[], owned: Readonly<Record<string, string>>): string | undefined {
  const work = {
    workId: 'w',
    title: null,
    year: null,
    type: 'article',
    venue: null,
    issns: [],
    subjects: [],
    byline: [],
  }
  const slot: SlotFeatures = {
    slotId: 's',
    workId: 'w',
    position: 1,
    collective: false,
    names: [NAME],
    orcids: [],
    sourceIds: ids.map((value) => ({ scheme: 'hal', value })),
    emails: [],
    affiliations: [],
    mentionKeys: [],
  }
  const profile: ProfileFeatures = {
    profileId: 'p',
    names: [NAME],
    identities: Object.entries(owned).map(([value, ownership]) => ({
      type: 'hal',
      value,
      verifiedAt: null,
      policy: 'auto_suggest',
      ownership,
    })),
    affiliations: [],
    confirmed: [],
    rejected: [],
  }
  const prepared = attributedWork(work, SHIPPED_FREQUENCIES)
  return comparePair(
    attributedSlot(slot, prepared),
    attributedProfile(profile, () => prepared),
  ).levels.author_id
}

it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string | undefined]>([
  ['none on the slot', [], { '1': 'mine' }, undefined],
  ['none of the profile', ['1'], {}, undefined],
  ['his own', ['1'], { '1': 'mine' }, 'mine'],
  [
    'one that is his in part beside his own, whichever is first',
    ['1', '2'],
    { '1': 'partly_mine', '2': 'mine' },
    'mine',
  ],
  ['the same the other way round', ['2', '1'], { '1': 'partly_mine', '2': 'mine' }, 'mine'],
  ['one that is not his outweighs his own', ['1', '2'], { '1': 'mine', '2': 'not_mine' }, 'not_mine'],
  ['another of a source of which he has one', ['9'], { '1': 'mine' }, 'other_id'],
  ['of an ownership this build does not know', ['1'], { '1': 'shared_with' }, undefined],
])('ids of authors: %s', (_, ids, owned, level) => {
  expect(levelOf(ids, owned)).toBe(level)
})
