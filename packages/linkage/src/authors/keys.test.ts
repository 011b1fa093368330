import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aByline, aDecided, anIdentity, aProfile, aSlot, aWork } from '../testing/a-pair.ts'
import type { KeyChoice, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { lookupOf, slotStandsUnder } from './blocks.ts'
import { allKeys, keysBySpecificity, profileKeys, slotKeys, standsUnder } from './keys.ts'

const stored = (profile: ProfileFeatures) => new Set(allKeys(profileKeys(profile)).map(({ key }) => key))

/** The keys by which the two meet while these blocks are too wide. */
const meet = (
  slot: SlotFeatures,
  profile: ProfileFeatures,
  { work = {}, wide = [] }: { work?: Partial<WorkFeatures>; wide?: readonly string[] } = {},
): readonly string[] => {
  const under = stored(profile)
  const { keys } = lookupOf(slotKeys(slot, aWork(work)), (key) => wide.includes(key))
  return keys.flatMap(({ key }) => (under.has(key) ? [key] : []))
}

const ROR = { name: '', ror: '012345678', country: null }

describe('blocking keys', () => {
  test.each([
    ['Jean Martin', 'J. Martin'],
    ['Jean-Pierre Martin', 'Martin JP'],
    ['Wei Zhao', 'Zhao Wei'],
    ['Nandhini Kumaresh', 'K Nandhini'],
    ['García Márquez, Gabriel', 'G. García'],
    ['García Márquez, Gabriel', 'Márquez G'],
    ['Gabriel García Márquez', 'Gabriel García'],
    ['Castro-Ruiz-Soler, Ana', 'A. Ruiz'],
    ['Jan van der Berg', 'Jan Vanderberg'],
    ['Jörg Müller', 'J. Mueller'],
    ['Jean-Pierre Martin', 'Pierre Martin'],
    ['Md Nishat Raihan', 'Nishat Raihan'],
    ['Khac-Hoai Nam Bui', 'Nam Khac-Hoai Bui'],
    ['J. Peter Lang', 'Peter Lang'],
  ])('%s and %s meet, whichever is on the byline', (a, b) => {
    expect(meet(aSlot(a), aProfile(b))).not.toEqual([])
    expect(meet(aSlot(b), aProfile(a))).not.toEqual([])
  })

  test.each([
    ['Wei Zhao', 'Wei Wu'],
    ['Jean Martin', 'Paul Martin'],
    ['J. Martin', 'P. Martin'],
    ['Zhao Wei', 'W. Wang'],
  ])('%s and %s do not', (a, b) => {
    expect(meet(aSlot(a), aProfile(b))).toEqual([])
    expect(meet(aSlot(b), aProfile(a))).toEqual([])
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

  test('a group has none', () => {
    expect(slotKeys(aSlot('North Bay Consortium', { collective: true }), aWork())).toEqual([])
  })

  test('identifiers come first and a name alone last', () => {
    const slot = aSlot('Ines Falk', { orcids: ['0000-0002-1825-0097'], emails: ['a@b.org'] })
    const kinds = slotKeys(slot, aWork()).map(({ kind }) => kind)
    expect([kinds[0], kinds[1], kinds.at(-1)]).toEqual(['orcid', 'email', 'name_initial'])
    const all = allKeys(slotKeys(slot, aWork()))
    fc.assert(
      fc.property(fc.shuffledSubarray([...all], { minLength: all.length }), (mixed) => {
        expect(keysBySpecificity(mixed)).toEqual(keysBySpecificity(all))
      }),
    )
  })
})

describe('a block that is too wide', () => {
  test.each([
    ['Wei Li', 'Wei F. Li'],
    ['Wei Li', 'Wei-Feng Li'],
    ['Jo Smith', 'Jo Anne Smith'],
    ['Jean Martin', 'Jean-Pierre Martin'],
    ['Alex Quill', 'Alexander Quill'],
    ['Wei Li', 'W. Li'],
  ])('%s and %s meet by given name, whichever is on the byline, but for an abbreviated slot', (a, b) => {
    const wide = ['n:li|w', 'n:smith|j', 'n:martin|j', 'n:quill|a']
    expect(meet(aSlot(a), aProfile(b), { wide })).not.toEqual([])
    if (!b.includes('W.')) expect(meet(aSlot(b), aProfile(a), { wide })).not.toEqual([])
  })

  test.each([
    ['n:wang|x', ['n:wang|x/.', 'n:wang|x/xiao']],
    ['n:wang|x/xiao', ['n:wang|x/.', 'n:wang|x/xiao/xiaoming']],
    ['n:wang|x/xiao/xiaoming', ['n:wang|x/+falk|i', 'n:wang|x/.', 'n:wang|x/@012345678', 'n:wang|x/~drift journal']],
    ['n:wang|x/+falk|i', ['n:wang|x/.', 'n:wang|x/@012345678', 'n:wang|x/~drift journal']],
  ])('is split step by step: %s', (last, expected) => {
    const slot = aSlot('Xiaoming Wang', { affiliations: [ROR] })
    const work = aWork({ byline: aByline('Xiaoming Wang', ['Ines Falk']), venue: 'Drift Journal' })
    const steps = ['n:wang|x', 'n:wang|x/xiao', 'n:wang|x/xiao/xiaoming', 'n:wang|x/+falk|i']
    const wide = steps.slice(0, steps.indexOf(last) + 1)
    const { keys } = lookupOf(slotKeys(slot, work), (key) => wide.includes(key))
    expect(
      keys
        .map(({ key }) => key)
        .filter((key) => key.startsWith('n:wang|x'))
        .sort(),
    ).toEqual(expected)
  })

  test('an abbreviated name is found by co-author, institution, venue, subject and word, and by itself where it is not wide', () => {
    const slot = aSlot('J. Wang', { affiliations: [ROR] })
    const byline = aByline('J. Wang', ['Ines Falk'])
    const work = { byline, venue: 'Drift Journal', subjects: ['Plastics'], terms: ['estuar', 'north'] }
    const decided = aDecided('Jing Wang', ['I. Falk'], { affiliations: [ROR] })
    const profile = aProfile('Jing Wang', {
      confirmed: [
        { ...decided, work: { ...decided.work, venue: 'Drift journal', subjects: ['plastics'], terms: ['estuar'] } },
      ],
    })
    expect(meet(slot, profile, { work })).toEqual(['n:wang|j'])
    expect(meet(slot, profile, { work, wide: ['n:wang|j'] })).toEqual([
      'n:wang|j/+falk|i',
      'n:wang|j/@012345678',
      'n:wang|j/~drift journal',
      'n:wang|j/~estuar',
      'n:wang|j/~plastics',
    ])
  })

  test('that nothing splits further is cut, and said to be', () => {
    const choices = slotKeys(aSlot('J. Wang'), aWork())
    const { cut } = lookupOf(choices, (key) => key === 'o:wang|j/.')
    expect(cut.map(({ key }) => key)).toEqual(['o:wang|j/.'])
  })
})

const names = fc.constantFrom(
  ...['Wei Wang', 'W. Wang', 'Wang Wei', 'Wei-Feng Wang', 'W. F. Wang', 'Feng Wang'],
  ...['Ana Ruiz Soler', 'Ruiz-Soler, Ana', 'A. Ruiz', 'Anabel Soler', 'Soler Ana', 'Anna Maria Ruiz'],
)
const people = fc.record({
  slot: fc.record({ name: names, others: fc.subarray(['Ines Falk', 'Bo Lind']), at: fc.boolean() }),
  profile: fc.record({
    names: fc.uniqueArray(names, { minLength: 1, maxLength: 3 }),
    others: fc.subarray(['I. Falk', 'Bo Lind']),
  }),
})

describe('whatever the names', () => {
  const made = ({ slot, profile }: typeof people extends fc.Arbitrary<infer P> ? P : never) => {
    const affiliations = slot.at ? [ROR] : []
    const choices = slotKeys(aSlot(slot.name, { affiliations }), aWork({ byline: aByline(slot.name, slot.others) }))
    const [first = ''] = profile.names
    const known = aProfile(first, {
      names: profile.names.map((name) => ({ name, given: null, family: null })),
      confirmed: [aDecided(first, profile.others, { affiliations: [ROR] })],
    })
    return { choices, under: stored(known) }
  }

  test('a part of a block holds nobody whom the block does not hold', () => {
    fc.assert(
      fc.property(people, (drawn) => {
        const { choices, under } = made(drawn)
        const visit = (choice: KeyChoice, root: string): void => {
          if (under.has(choice.key)) expect(under).toContain(root)
          for (const part of choice.narrower()) visit(part, root)
        }
        for (const choice of choices) visit(choice, choice.key)
      }),
    )
  })

  test('a profile that meets a slot finds it by a key the slot stands under, or by the block that the key splits', () => {
    fc.assert(
      fc.property(people, fc.func(fc.boolean()), (drawn, isWide) => {
        const { choices, under } = made(drawn)
        const stands = new Set(slotStandsUnder(choices))
        for (const { key } of lookupOf(choices, isWide).keys) {
          if (!under.has(key)) continue
          expect([...stands].some((one) => one === key || one === standsUnder(key))).toBe(true)
          if (!stands.has(key)) expect(under).toContain(standsUnder(key))
        }
      }),
    )
  })
})
