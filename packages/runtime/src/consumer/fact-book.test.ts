import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFactBook } from './fact-book.ts'
import type { WaitingFact } from './store-facts.ts'

const aFact = (key: string, seq: number): WaitingFact => ({
  key,
  seq,
  eventId: `${key}${seq}`,
  sha256: `${seq}`,
  quarantineId: undefined,
  raw: { topic: 't', partition: 0, offset: 0n, key, value: null, headers: new Map(), timestampMs: 0 },
})

describe('facts in any order', () => {
  it('are applied in order, each once, and all of them when none is missing', () => {
    const arrivals = fc.integer({ min: 1, max: 12 }).chain((count) => {
      const seqs = Array.from({ length: count }, (_, i) => i + 1)
      return fc.tuple(
        fc.shuffledSubarray(seqs, { minLength: count }),
        fc.array(fc.constantFrom(...seqs), { maxLength: 10 }),
      )
    })
    fc.assert(
      fc.property(arrivals, ([order, again]) => {
        const book = createFactBook({ lastSeqs: new Map([['k', 0]]), applied: [], waiting: [], quarantined: new Set() })
        const applied: number[] = []
        for (const [index, seq] of [...order, ...again].entries()) {
          if (book.decide(aFact('k', seq), index).type !== 'apply') continue
          applied.push(seq, ...book.followers('k').map((next) => next.seq))
        }
        expect(applied).toEqual(order.toSorted((left, right) => left - right))
      }),
    )
  })
})
