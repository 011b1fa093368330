import { describe, expect, test } from 'vitest'
import { attributedProfile, attributedSlot, attributedWork } from '../attribution/prepare.ts'
import { SHIPPED_FREQUENCIES } from '../attribution/shipped.ts'
import { aDecided, anIdentity, aProfile, aSlot, aWork } from '../testing/a-pair.ts'
import type { ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { evidenceOf } from './evidence.ts'

const ORCID = '0000-0002-1825-0097'
const named = (...names: readonly string[]): SlotFeatures['names'] =>
  names.map((name) => ({ name, given: null, family: null }))
const workOf = (work: WorkFeatures) => attributedWork(work, SHIPPED_FREQUENCIES)
const hash = (slot: SlotFeatures, profile: ProfileFeatures, work: Partial<WorkFeatures> = {}): string =>
  evidenceOf(attributedSlot(slot, workOf(aWork(work))), attributedProfile(profile, workOf)).hash

const slot = aSlot('Jean Martin')
const profile = aProfile('Jean Martin', { identities: [anIdentity('orcid', ORCID), anIdentity('hal_author', '7')] })
const before = hash(slot, profile)

describe('evidence', () => {
  test.each<[string, SlotFeatures, ProfileFeatures, Partial<WorkFeatures>]>([
    ['case and accents of a name', { ...slot, names: named('Jéan MARTIN') }, profile, {}],
    ['a further source that abbreviates', { ...slot, names: named('Jean Martin', 'J. Martin') }, profile, {}],
    [
      'a further source that writes a middle name',
      { ...slot, names: named('Jean Martin', 'Jean P. Martin') },
      profile,
      {},
    ],
    ['a further source that swaps the parts', { ...slot, names: named('Jean Martin', 'Martin Jean') }, profile, {}],
    ['an affiliation', { ...slot, affiliations: [{ name: 'x', ror: '012345678', country: null }] }, profile, {}],
    ['an author id nobody claims', { ...slot, sourceIds: [{ scheme: 'openalex_author', value: 'A9' }] }, profile, {}],
    [
      'title, venue and subjects',
      slot,
      profile,
      { title: 'Other', venue: 'Bay Studies', subjects: ['tides'], year: 2019 },
    ],
    ['a work the person confirmed', slot, { ...profile, confirmed: [aDecided('Jean Martin', ['Bo Lind'])] }, {}],
    ['another name variant of the profile', slot, { ...profile, names: named('Jean Martin', 'Juan Lopez') }, {}],
    [
      'an identity that the byline does not show',
      slot,
      { ...profile, identities: [...profile.identities, anIdentity('email', 'a@b.org')] },
      {},
    ],
    ['position and mention keys', { ...slot, position: 4, mentionKeys: ['x', 'y'] }, profile, {}],
  ])('stays: %s', (_, other, person, work) => {
    expect(hash(other, person, work)).toBe(before)
  })

  test.each<[string, SlotFeatures, ProfileFeatures]>([
    ['another name', aSlot('Paul Martin'), profile],
    ['a further name that does not fit', { ...slot, names: named('Jean Martin', 'Paul Durand') }, profile],
    ['the iD of the profile', { ...slot, orcids: [ORCID] }, profile],
    ['another iD', { ...slot, orcids: ['0000-0000-0001-0007'] }, profile],
    ['an author id the person claims', { ...slot, sourceIds: [{ scheme: 'hal_author', value: '7' }] }, profile],
    ['the profile gives up its name', slot, { ...profile, names: named('Juan Lopez') }],
  ])('changes: %s', (_, other, person) => {
    expect(hash(other, person)).not.toBe(before)
  })

  test('an iD of the byline turns from foreign to own when the profile gets it', () => {
    const own = { ...slot, orcids: ['0000-0000-0001-0007'] }
    const now = { ...profile, identities: [anIdentity('orcid', '0000-0000-0001-0007')] }
    expect(hash(own, now)).not.toBe(hash(own, profile))
  })

  test('the items are readable, sorted and distinct', () => {
    const { items } = evidenceOf(
      attributedSlot({ ...slot, orcids: [ORCID], names: named('Jean Martin', 'Paul Durand') }, workOf(aWork())),
      attributedProfile(profile, workOf),
    )
    expect(items).toEqual([
      'name: martin j',
      'orcid: 0000-0002-1825-0097',
      'orcid: that of the profile',
      'other name: durand p',
    ])
  })
})
