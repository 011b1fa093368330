import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uuidOf } from '../testing/a-world.ts'
import { across, foldRulings } from './fold.ts'
import type { Ruling } from './ruling.ts'

const RECORDS = ['a', 'b', 'c', 'd', 'e'].map(uuidOf).sort()
const [a = '', b = '', c = ''] = RECORDS
const link = (rulingId: string, sideA: readonly string[], sideB: readonly string[]): Ruling => ({
  ...{ kind: 'link', rulingId, sideA, sideB },
  ...{ headA: sideA[0] ?? '', headB: sideB[0] ?? '', role: null },
})
const cut = (rulingId: string, sideA: readonly string[], sideB: readonly string[]): Ruling => ({
  ...{ kind: 'cut', rulingId, sideA, sideB },
})
const told = (rulings: readonly Ruling[]) =>
  foldRulings(rulings).map(({ recordA, recordB, kind, actId }) => [recordA, recordB, kind, actId])

const sides = fc.tuple(fc.shuffledSubarray(RECORDS, { minLength: 2 }), fc.nat()).map(([all, at]) => ({
  sideA: all.slice(0, 1 + (at % (all.length - 1))),
  sideB: all.slice(1 + (at % (all.length - 1))),
}))
const rulings = fc
  .array(fc.tuple(sides, fc.boolean()), { maxLength: 8 })
  .map((all) => all.map(([{ sideA, sideB }, joins], at) => (joins ? link : cut)(`r${at}`, sideA, sideB)))

describe('what stands after rulings', () => {
  it('a cut is on every pair across, a link on its two heads', () => {
    expect(told([cut('r', [a], [b, c])])).toEqual([
      [a, b, 'cannot', 'r'],
      [a, c, 'cannot', 'r'],
    ])
    expect(told([link('r', [b, c], [a])])).toEqual([[a, b, 'must', 'r']])
  })

  it('the later of two on one pair stands', () => {
    expect(told([cut('r', [a], [b]), link('s', [a], [b])])).toEqual([[a, b, 'must', 's']])
    expect(told([link('r', [a], [b]), cut('s', [b], [a])])).toEqual([[a, b, 'cannot', 's']])
  })

  it('a link lifts the cuts between the two works, and no others', () => {
    const before = [cut('r', [a, b], [c]), cut('s', [a], [b])]
    expect(told([...before, link('t', [a, b], [c])])).toEqual([
      [a, b, 'cannot', 's'],
      [a, c, 'must', 't'],
    ])
  })

  it('nothing keeps apart the sides of a link, and nothing joins those of a cut, once it is the last', () => {
    fc.assert(
      fc.property(rulings, (all) => {
        const last = all.at(-1)
        if (!last) return
        const kinds = foldRulings(all)
          .filter(across(last))
          .map(({ kind }) => kind)
        const wanted = last.kind === 'cut' ? 'cannot' : 'must'
        expect(kinds.length).toBeGreaterThan(0)
        expect(new Set(kinds)).toEqual(new Set([wanted]))
      }),
    )
  })

  it('is the same on a pair whether all rulings are folded or those that cover it', () => {
    fc.assert(
      fc.property(rulings, sides, (all, some) => {
        const covering = all.filter(({ sideA, sideB }) => {
          const isAcross = across(some)
          return sideA.some((recordA) => sideB.some((recordB) => isAcross({ recordA, recordB })))
        })
        expect(foldRulings(covering).filter(across(some))).toEqual(foldRulings(all).filter(across(some)))
      }),
    )
  })
})
