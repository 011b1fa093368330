import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Constraint, Link } from '../types.ts'
import { jointsOf } from './joints.ts'
import { type Edge, twoConnectedParts } from './two-connected.ts'

/** `ab` a link, `a=b` a person's must-link, `a~b` a stated version; `abc` all three of a triangle. */
function graphOf(picture: string): { ids: string[]; links: Link[]; must: Constraint[] } {
  const links: Link[] = []
  const must: Constraint[] = []
  for (const word of picture.split(' ')) {
    const nodes = [...word.replaceAll(/[=~]/g, '')]
    for (const [at, a] of nodes.entries())
      for (const b of nodes.slice(at + 1)) {
        const [left = '', right = ''] = [a, b].sort()
        if (word.includes('=')) must.push({ recordA: left, recordB: right, kind: 'must', actId: 'm' })
        else {
          const reason = word.includes('~') ? 'related-version' : 'same-id'
          links.push({ left, right, status: 'strong', reason, evidence: [] })
        }
      }
  }
  return { ids: [...new Set(picture.replaceAll(/[ =~]/g, ''))], links, must }
}

const joints = (picture: string): string => {
  const { ids, links, must } = graphOf(picture)
  return jointsOf(ids, links, must, new Set(['related-version']))
    .map(({ recordIds, sides }) => `${recordIds.join('')}:${sides.join('+')}`)
    .sort()
    .join(' ')
}

describe('what alone joins two dense parts', () => {
  test.each([
    { work: 'ab', joints: '' }, // two records are a work like any other
    { work: 'ab bc', joints: '' },
    { work: 'ab bc cd de ef', joints: '' }, // a chain has no dense part
    { work: 'abc', joints: '' },
    { work: 'abc cd', joints: '' }, // one dense part and a record that hangs on it
    { work: 'abc cd de ef', joints: '' },
    { work: 'abc cd def', joints: 'cd:3+3' },
    { work: 'abcx cd defyz', joints: 'cd:4+5' },
    { work: 'abc cd bd def', joints: 'd:2+3' }, // a, b, c, d are one part now, and d is in the other one, too
    { work: 'abc cd be def', joints: '' }, // two links that share no record
    { work: 'abc cde', joints: 'c:2+2' },
    { work: 'abc cde cfg', joints: 'c:2+2+2' },
    { work: 'abc cx xd def', joints: 'cx:3+4 dx:3+4' }, // a record between, with one link to either side
    { work: 'abc cd def fg ghi', joints: 'cd:3+6 fg:3+6' },
    { work: 'ab bcd de efg', joints: 'de:3+4' }, // nor is what hangs on a dense part a joint where there is another one
    { work: 'abc cd def gh', joints: 'cd:3+3' }, // what a person alone ties to it counts on no side
    { work: 'ab bc cd da cg ge ef fg', joints: 'cg:3+4' }, // a ring is in one piece whichever record is left out
    // What a person has joined is no bridge.
    { work: 'abc c=d def', joints: '' },
    { work: 'abc cd c=d def', joints: '' },
    { work: 'abc cd a=f def', joints: '' },
    { work: 'abc cd a=b def', joints: 'cd:3+3' },
    { work: 'abc cde a=e', joints: '' },
    { work: 'abc cde a=c', joints: '' }, // somebody has ruled on c
    { work: 'abc cde a=b', joints: 'c:2+2' },
    { work: 'abc cx x=y yd def', joints: '' }, // the person is the joint: on neither link alone are there two dense parts
    // Nor what a source states.
    { work: 'abc c~d def', joints: '' },
    { work: 'abc c~d c~e def', joints: '' },
    { work: 'abc a~d a~e a~f def', joints: '' }, // a names the identifier that d, e and f share
    { work: 'abc a~d ae af def', joints: 'a:2+3' },
    { work: 'abc c~d de efg', joints: 'de:3+4' },
  ])('$work: $joints', ({ work, joints: expected }) => {
    expect(joints(work)).toBe(expected)
  })

  test('of ten thousand records in a row with a triangle at either end every link is one', () => {
    const ids = Array.from({ length: 10_000 }, (_, at) => `r${String(at).padStart(5, '0')}`)
    const link = (a: number, b: number): Link => ({
      left: ids[a] ?? '',
      right: ids[b] ?? '',
      status: 'strong',
      reason: 'same-id',
      evidence: [],
    })
    const chain = ids.slice(1).map((_, at) => link(at, at + 1))
    const found = jointsOf(ids, [...chain, link(0, 2), link(9_997, 9_999)], [], new Set())
    expect(found).toHaveLength(10_000 - 5)
  })
})

describe('two-connected parts', () => {
  const aGraph = fc.integer({ min: 1, max: 9 }).chain((size) =>
    fc
      .uniqueArray(fc.tuple(fc.nat({ max: size - 1 }), fc.nat({ max: size - 1 })), {
        maxLength: 16,
        selector: ([a, b]) => [a, b].sort().join(),
      })
      .map((edges) => ({ size, edges: edges.filter(([a, b]) => a !== b) })),
  )

  test('two edges are in one part exactly where a ring leads through both', () => {
    fc.assert(
      fc.property(aGraph, ({ size, edges }) => {
        const parts = twoConnectedParts(size, edges)
        expect(parts.flatMap((part) => part.edges).sort()).toEqual(edges.map((_, at) => at).sort())
        const partOf = new Map(parts.flatMap((part, at) => part.edges.map((edge) => [edge, at] as const)))
        for (let a = 0; a < edges.length; a++)
          for (let b = a + 1; b < edges.length; b++)
            expect(partOf.get(a) === partOf.get(b)).toBe(onOneRing(size, edges, a, b))
      }),
      { numRuns: 300 },
    )
  })
})

/** Slow and obvious: neither edge is cut off from the other by leaving out any node, or the other edge's end. */
function onOneRing(size: number, edges: readonly Edge[], a: number, b: number): boolean {
  const [first, second] = [edges[a] ?? [0, 0], edges[b] ?? [0, 0]]
  const reach = (from: number, without: number): Set<number> => {
    const seen = new Set([from])
    for (let before = 0; before !== seen.size; ) {
      before = seen.size
      for (const [x, y] of edges) if (x !== without && y !== without && (seen.has(x) || seen.has(y))) seen.add(x).add(y)
    }
    return seen
  }
  // By Menger: no single node separates the ends of the one from the ends of the other, once the edges are nodes.
  for (let without = 0; without < size; without++) {
    const from = first.find((node) => node !== without) ?? -1
    const to = second.find((node) => node !== without) ?? -1
    if (!reach(from, without).has(to)) return false
  }
  return reach(first[0], -1).has(second[0])
}
