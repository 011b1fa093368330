import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { aSmallWorld } from '../testing/worlds.ts'
import type { LinkageAuthor, LinkageRecord, Member, SlotState } from '../types.ts'
import { alignSlots } from './slots.ts'

type Byline = readonly (string | Partial<LinkageAuthor>)[]

/** The first byline is the primary one. */
const members = (...bylines: readonly Byline[]): readonly Member[] =>
  bylines.map((by, at) => ({ record: aRecord({ id: `r${at}`, by }), role: at === 0 ? 'primary' : 'duplicate' }))

const align = (...bylines: readonly Byline[]): readonly SlotState[] => alignSlots(members(...bylines))
const shape = (slots: readonly SlotState[]): readonly (readonly string[])[] =>
  slots.map(({ mentions }) => mentions.map(({ name }) => name))

describe('slots', () => {
  test('names in another order, cut and swapped meet', () => {
    const slots = align(['Ines Falk', 'Bo Lind', 'Wei Zhao'], ['Lind B', 'Zhao Wei', 'I. Falk'])
    expect(shape(slots)).toEqual([
      ['Ines Falk', 'I. Falk'],
      ['Bo Lind', 'Lind B'],
      ['Wei Zhao', 'Zhao Wei'],
    ])
    expect(slots.map(({ position, ambiguous }) => [position, ambiguous])).toEqual([
      [1, false],
      [2, false],
      [3, false],
    ])
  })

  test('who advised on a thesis or judged it has no slot; who edited or translated has', () => {
    const [asked, beside] = [
      ['author', 'editor', 'translator'],
      ['thesis_advisor', 'thesis_reviewer', 'jury_president', 'jury_member'],
    ]
    const byline = [...beside, ...asked].map((role) => ({ name: `Ines ${role}`, role }))
    expect(align(byline).map(({ name }) => name)).toEqual(asked.map((role) => `Ines ${role}`))
  })

  test('what aligns with nothing is a slot of its own, after the byline', () => {
    const slots = align(['Ines Falk'], ['Ines Falk', 'Tom Areba'])
    expect(slots.map(({ name, position }) => [name, position])).toEqual([
      ['Ines Falk', 1],
      ['Tom Areba', 2],
    ])
  })

  test('an iD joins under a name that fits, and never under another', () => {
    const orcid = '0000-0002-1825-0097'
    expect(
      shape(align([{ name: 'Maria Lopez', orcid }, 'Bo Lind'], ['Bo Lind', { name: 'Maria Lopez Garcia', orcid }])),
    ).toEqual([
      ['Maria Lopez', 'Maria Lopez Garcia'],
      ['Bo Lind', 'Bo Lind'],
    ])
    const wrong = align([{ name: 'Maria Lopez', orcid }, 'Bo Lind'], ['Maria Lopez', { name: 'Bo Lind', orcid }])
    expect(shape(wrong)).toEqual([
      ['Maria Lopez', 'Maria Lopez'],
      ['Bo Lind', 'Bo Lind'],
    ])
  })

  test('a changed family name is found by the iD', () => {
    const orcid = '0000-0002-1825-0097'
    expect(align([{ name: 'Maria Lopez', orcid }], [{ name: 'Maria Schultz', orcid }])).toHaveLength(1)
  })

  test('two iDs on one slot are a conflict and neither is shown', () => {
    const [slot] = align(
      [{ name: 'Ines Falk', orcid: '0000-0002-1825-0097' }],
      [{ name: 'Ines Falk', orcid: '0000-0000-0001-0007' }],
    )
    expect(slot).toMatchObject({ orcid: null, orcidConflict: true })
  })

  test('two people of one abbreviated name are told apart by order, and the slots say so', () => {
    const slots = align(['Jun Wang', 'Ines Falk', 'Jing Wang'], ['J. Wang', 'I. Falk', 'J. Wang'])
    expect(shape(slots)).toEqual([
      ['Jun Wang', 'J. Wang'],
      ['Ines Falk', 'I. Falk'],
      ['Jing Wang', 'J. Wang'],
    ])
    const cut = align(['Jun Wang', 'Ines Falk', 'Jing Wang'], ['I. Falk', 'J. Wang'])
    expect(cut.map(({ ambiguous }) => ambiguous)).toEqual([true, false, false])
  })

  test.each([
    ['Jean Martin', 'J. Martin', 'Jean Martin', 'Jean Martin'],
    ['David C. Smith', 'David Smith', 'David Smith', 'David Smith'],
    ['C. Le Goff', 'Chloé Le Goff', 'Chloé B. Le Goff', 'C. Le Goff'],
    ['Yan Wang', 'Wang Yan', 'Yan B. Wang', 'Yan Wang'],
  ])('%s and %s are told apart from %s and %s by their places', (a, b, x, y) => {
    for (const slots of [align([a, 'Ines Falk', b], [x, 'Ines Falk', y]), align([a, b, 'Ines Falk'], [x, y])])
      expect(shape(slots).filter(([name]) => name !== 'Ines Falk')).toEqual([
        [a, x],
        [b, y],
      ])
  })

  test('two of one name in the other order, each written as before, keep their names', () => {
    expect(shape(align(['Jean Martin', 'J. P. Martin'], ['J. P. Martin', 'Jean Martin']))).toEqual([
      ['Jean Martin', 'Jean Martin'],
      ['J. P. Martin', 'J. P. Martin'],
    ])
  })

  test('a name written badly is found between its neighbours, and marked', () => {
    const slots = align(['Ines Falk', 'Kazimir Malevitch', 'Bo Lind'], ['Ines Falk', 'K. Malewich', 'Bo Lind'])
    expect(shape(slots)[1]).toEqual(['Kazimir Malevitch', 'K. Malewich'])
    expect(slots.map(({ ambiguous }) => ambiguous)).toEqual([false, true, false])
    expect(align(['Ines Falk', 'Kazimir Malevitch', 'Bo Lind'], ['Ines Falk', 'Tom Areba', 'Bo Lind'])).toHaveLength(4)
    // The source took the family name for the given name, and cut the other.
    expect(align(['Jun Li', 'Bo Lind'], [{ given: 'Li', family: 'J.' }, 'Bo Lind'])).toHaveLength(2)
  })

  test('a group aligns with a group of that name and with nobody else', () => {
    const group = (name: string): Partial<LinkageAuthor> => ({ name, collective: true })
    const slots = align(['Ines Falk', group('North Bay Consortium')], [group('North Bay consortium'), 'Ines Falk'])
    expect(slots.map(({ collective }) => collective)).toEqual([false, true])
    expect(align([group('Falk')], ['Falk'])).toHaveLength(2)
  })

  test('the best form of the name is the one written out', () => {
    expect(align(['I. Falk'], ['Ines Maria Falk'])[0]?.name).toBe('Ines Maria Falk')
  })
})

describe('any bylines', () => {
  const asMembers = (records: readonly LinkageRecord[]): readonly Member[] =>
    records.map((record, at) => ({ record, role: at === 0 ? 'primary' : 'duplicate' }))

  test('each mention is in one slot, no two of a record in one, and the id is the smallest key', () => {
    fc.assert(
      fc.property(aSmallWorld, (records) => {
        const slots = alignSlots(asMembers(records))
        const keys = slots.flatMap(({ mentions }) => mentions.map(({ key }) => key))
        expect([...keys].sort()).toEqual(
          records.flatMap(({ authors }) => authors.map(({ mentionKey }) => mentionKey)).sort(),
        )
        for (const { slotId, mentions } of slots) {
          expect(new Set(mentions.map(({ recordId }) => recordId)).size).toBe(mentions.length)
          expect(slotId).toBe(mentions.map(({ key }) => key).sort()[0])
        }
        expect(slots.map(({ position }) => position)).toEqual(slots.map((_, at) => at + 1))
      }),
    )
  })

  test('the order of the members does not matter', () => {
    const shuffled = aSmallWorld.chain((records) =>
      fc.record({
        ordered: fc.constant(asMembers(records)),
        mixed: fc.shuffledSubarray([...asMembers(records)], { minLength: records.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ ordered, mixed }) => {
        expect(alignSlots(mixed)).toEqual(alignSlots(ordered))
      }),
    )
  })

  test('one record gives one slot for each mention, in its order', () => {
    fc.assert(
      fc.property(aSmallWorld, ([record]) => {
        const one = record === undefined ? [] : [record]
        expect(alignSlots(asMembers(one)).map(({ slotId }) => slotId)).toEqual(
          one.flatMap(({ authors }) => authors.map(({ mentionKey }) => mentionKey)),
        )
      }),
    )
  })

  test('a byline of 5,000 from three sources is aligned name by name', () => {
    const families = Array.from(
      { length: 1250 },
      (_, at) => `Fam${String.fromCharCode(97 + (at % 26), 97 + ((at / 26) % 26), 97 + at / 676)}`,
    )
    const names = families.flatMap((family) => ['Ada', 'Bela', 'Cyril', 'Dora'].map((given) => ({ given, family })))
    const cut = names.map(({ given, family }) => ({ given: `${given[0]}.`, family }))
    const slots = align(names, cut, names.toReversed())
    expect(slots).toHaveLength(5000)
    expect(slots.every(({ mentions, ambiguous }) => mentions.length === 3 && !ambiguous)).toBe(true)
  })
})
