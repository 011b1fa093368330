import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeyChoice } from '../types.ts'
import { createBlockIndex, meet } from './block-index.ts'
import { lookupOf, roomUnder } from './blocks.ts'

const aKey = (key: string, narrower: readonly KeyChoice[] = []): KeyChoice => ({
  key,
  kind: 'name_initial',
  frequent: false,
  narrower: () => narrower,
})

describe('an index of blocks', () => {
  test('says of every key how many stand under it and who, as a map of sets would', () => {
    const entries = fc.array(fc.tuple(fc.nat(50), fc.uniqueArray(fc.string({ maxLength: 3 }), { maxLength: 40 })))
    fc.assert(
      fc.property(entries, (owners) => {
        const index = createBlockIndex()
        const known = new Map<string, number[]>()
        for (const [owner, keys] of owners) {
          index.add(
            owner,
            keys.map((key) => aKey(key)),
          )
          for (const key of keys) known.set(key, [...(known.get(key) ?? []), owner])
        }
        expect(index.keys).toBe(known.size)
        for (const [key, all] of known) {
          expect(index.size(key)).toBe(all.length)
          expect([...index.owners(key)].toSorted()).toEqual(all.toSorted())
        }
        expect(index.size('no such key')).toBe(0)
      }),
    )
  })

  test('grows past its first size', () => {
    const index = createBlockIndex()
    for (let owner = 0; owner < 10_000; owner++) index.add(owner, [aKey(`k${owner}`), aKey(`even ${owner % 2}`)])
    expect([index.keys, index.entries, index.size('even 1')]).toEqual([10_002, 20_000, 5_000])
    expect([...index.owners('k7777')]).toEqual([7_777])
  })
})

describe('whom a slot meets', () => {
  const index = createBlockIndex()
  for (let owner = 0; owner < 10; owner++) index.add(owner, [aKey('n:wang|x'), aKey(`n:wang|x/${owner % 2}`)])
  const choices = [aKey('n:wang|x', [aKey('n:wang|x/1'), aKey('n:wang|x/+zhao|l')])]

  test.each([
    { cap: 10, owners: 10, keys: ['n:wang|x'], cut: [] },
    { cap: 9, owners: 0, keys: ['n:wang|x/+zhao|l'], cut: ['n:wang|x/1'] },
    { cap: Number.POSITIVE_INFINITY, owners: 10, keys: ['n:wang|x'], cut: [] },
  ])('with room for $cap: $owners by $keys, not by $cut', ({ cap, owners, keys, cut }) => {
    const met = meet(index, choices, cap)
    expect(met.owners.size).toBe(owners)
    expect(met.keys.map(({ key }) => key)).toEqual(keys)
    expect(met.cut.map(({ key }) => key)).toEqual(cut)
  })

  test.each([
    ['n:wang|x', 64],
    ['orcid:0000-0002-1825-0097', 64],
    ['n:wang|x/xiao', 16],
    ['n:wang|x/.', 16],
    ['o:wang|x/xiao', 16],
    ['w:wang xiaoming', 16],
    ['n:wang|x/+zhao|l', 8],
    ['n:wang|x/@012345678', 8],
    ['n:wang|x/~drift journal', 8],
  ])('under %s there is room for %i of 64', (key, room) => {
    expect(roomUnder(key, 64)).toBe(room)
    expect(roomUnder(key, 1)).toBe(1)
  })

  test('a block that is there twice is looked up once', () => {
    const { keys } = lookupOf([aKey('n:a|b'), aKey('n:c|d', [aKey('n:a|b')])], (key) => key === 'n:c|d')
    expect(keys.map(({ key }) => key)).toEqual(['n:a|b'])
  })
})
