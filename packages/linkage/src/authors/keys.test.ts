import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aByline, aDecided, anIdentity, aProfile, aSlot, aWork } from '../testing/a-pair.ts'
import type { ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { allKeys, keysBySpecificity, profileKeys, slotKeys } from './keys.ts'

const meet = (slot: SlotFeatures, profile: ProfileFeatures, work: Partial<WorkFeatures> = {}): readonly string[] => {
  const stored = new Set(allKeys(profileKeys(profile)).map(({ key }) => key))
  return slotKeys(slot, aWork(work)).flatMap(({ key }) => (stored.has(key) ? [key] : []))
}

describe('blocking keys', () => {
  test.each([
    ['Jean Martin', 'J. Martin'],
    ['Jean-Pierre Martin', 'Martin JP'],
    ['Wei Zhao', 'Zhao Wei'],
    ['García Márquez, Gabriel', 'G. García'],
    ['Jan van der Berg', 'Jan Vanderberg'],
    ['Jörg Müller', 'J. Mueller'],
  ])('%s and %s meet, whichever is on the byline', (a, b) => {
    expect(meet(aSlot(a), aProfile(b))).not.toEqual([])
    expect(meet(aSlot(b), aProfile(a))).not.toEqual([])
  })

  test('an iD, an author id and an address meet under any name', () => {
    const slot = aSlot('Bo Lind', {
      orcids: ['0000-0002-1825-0097'],
      sourceIds: [{ scheme: 'hal_author', value: '7' }],
      emails: ['A@b.org'],
    })
    const identities = [
      anIdentity('orcid', '0000-0002-1825-0097'),
      anIdentity('hal_author', '7'),
      anIdentity('email', 'a@B.org'),
    ]
    for (const identity of identities)
      expect(meet(slot, aProfile('Ines Falk', { identities: [identity] }))).toHaveLength(1)
    expect(
      meet(slot, aProfile('Ines Falk', { identities: [anIdentity('hal_author', '7', { ownership: 'not_mine' })] })),
    ).toEqual([])
  })

  test('a frequent name has narrower keys by given name, co-author and affiliation, and the sides meet in them', () => {
    const ror = { name: 'x', ror: '012345678', country: null }
    const slot = aSlot('J. Wang', { affiliations: [ror] })
    const work = { byline: aByline('J. Wang', ['Ines Falk']) }
    const [choice] = slotKeys(slot, aWork(work))
    expect(choice).toMatchObject({ key: 'n:wang|j', frequent: true })
    const profile = aProfile('Jing Wang', {
      confirmed: [aDecided('Jing Wang', ['Ines Falk'], { affiliations: [ror] })],
    })
    const stored = new Set(allKeys(profileKeys(profile)).map(({ key }) => key))
    expect(choice?.narrower.filter(({ key }) => stored.has(key)).map(({ kind }) => kind)).toEqual([
      'name_coauthor',
      'name_affiliation',
    ])
  })

  test.each([
    ['Wei Li', 'Wei F. Li'],
    ['Wei Li', 'Wei-Feng Li'],
    ['Jo Smith', 'Jo Anne Smith'],
    ['Jean Martin', 'Jean-Pierre Martin'],
  ])('under a frequent family name %s and %s meet by given name, whichever is on the byline', (a, b) => {
    const given = (slot: SlotFeatures) =>
      allKeys(slotKeys(slot, aWork())).flatMap(({ key, kind }) => (kind === 'name_given' ? [key] : []))
    const stored = (profile: ProfileFeatures) => new Set(allKeys(profileKeys(profile)).map(({ key }) => key))
    expect(given(aSlot(a)).filter((key) => stored(aProfile(b)).has(key))).not.toEqual([])
    expect(given(aSlot(b)).filter((key) => stored(aProfile(a)).has(key))).not.toEqual([])
  })

  test('a group has none', () => {
    expect(slotKeys(aSlot('North Bay Consortium', { collective: true }), aWork())).toEqual([])
  })

  test('identifiers come first and a name alone last', () => {
    const slot = aSlot('Ines Falk', { orcids: ['0000-0002-1825-0097'], emails: ['a@b.org'] })
    expect(slotKeys(slot, aWork()).map(({ kind }) => kind)).toEqual(['orcid', 'email', 'name_initial', 'name_initial'])
    const kinds = allKeys(slotKeys(slot, aWork()))
    fc.assert(
      fc.property(fc.shuffledSubarray([...kinds], { minLength: kinds.length }), (mixed) => {
        expect(keysBySpecificity(mixed)).toEqual(keysBySpecificity(kinds))
      }),
    )
  })
})
