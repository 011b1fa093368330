import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DigestObject, differencesOf, digestOfObjects, tellDifferences } from './digest.ts'

const work = (id: string, text: string): DigestObject => ({ kind: 'work', id, text })
const objects = fc.uniqueArray(
  fc.record({ kind: fc.constantFrom('work', 'candidate', 'standing'), id: fc.string(), text: fc.string() }),
  { selector: ({ kind, id }) => `${kind} ${id}` },
)

describe('digest', () => {
  it('does not depend on the order of what it is about', () => {
    fc.assert(
      fc.property(objects, (given) => {
        expect(digestOfObjects([...given].reverse()).sum).toBe(digestOfObjects(given).sum)
      }),
    )
  })

  it('names what is new, missing and different', () => {
    const before = digestOfObjects([work('a', 'members 1 2'), work('b', 'x'), work('d', 'same')])
    const after = digestOfObjects([work('a', 'members 1 3'), work('c', 'y'), work('d', 'same')])
    expect(differencesOf(before, before)).toEqual([])
    expect(differencesOf(before, after)).toEqual([
      'work a differs: expected …members 1 2… found …members 1 3…',
      'work b is missing: x',
      'work c is new: y',
    ])
  })

  it('tells a person how many of each kind differ, and the first', () => {
    const before = digestOfObjects([work('a', 'x'), { kind: 'standing', id: 's', text: 'pending' }])
    const after = digestOfObjects([work('a', 'x'), { kind: 'standing', id: 's', text: 'confirmed' }])
    expect(tellDifferences(before, after)).toEqual([
      '1 of kind standing differ (1 expected, 1 found)',
      '  standing s differs: expected …pending… found …confirmed…',
    ])
    expect(after.sums.work).toBe(before.sums.work)
    expect(after.sums.standing).not.toBe(before.sums.standing)
  })

  it('refuses one id twice', () => {
    expect(() => digestOfObjects([work('a', 'x'), work('a', 'x')])).toThrow('work a is there twice')
  })
})
