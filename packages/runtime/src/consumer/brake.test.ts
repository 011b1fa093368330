import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brakeAt } from './brake.ts'

const range = (from: number, count: number, step = 1) =>
  Array.from({ length: count }, (_, i) => BigInt(from + i * step))

describe('the brake', () => {
  it.each([
    { case: 'one', earlier: [], rejected: [7n], stops: undefined },
    { case: '20 in a row', earlier: [], rejected: range(0, 20), stops: undefined },
    { case: '21 in a row', earlier: [], rejected: range(0, 21), stops: 20n },
    { case: '21 in a row over two chunks', earlier: range(0, 15), rejected: range(15, 10), stops: 20n },
    { case: 'a good one between', earlier: range(0, 20), rejected: range(21, 20), stops: undefined },
    { case: '50 of 1,000', earlier: [], rejected: range(0, 50, 20), stops: undefined },
    { case: '51 of 1,000', earlier: [], rejected: range(0, 51, 19), stops: 950n },
    { case: '1 %', earlier: [], rejected: range(0, 300, 100), stops: undefined },
  ])('$case', ({ earlier, rejected, stops }) => {
    expect(brakeAt(earlier, rejected)).toBe(stops)
  })

  it('stops at the same offset however the messages are cut into chunks', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.bigInt({ min: 0n, max: 2_000n }), { maxLength: 150 }),
        fc.integer({ min: 1, max: 400 }),
        (offsets, size) => {
          const rejected = offsets.sort((a, b) => Number(a - b))
          const whole = brakeAt([], rejected)
          let earlier: bigint[] = []
          let found: bigint | undefined
          for (let at = 0n; at <= 2_000n && found === undefined; at += BigInt(size)) {
            const chunk = rejected.filter((offset) => offset >= at && offset < at + BigInt(size))
            found = brakeAt(earlier, chunk)
            earlier = [...earlier, ...chunk]
          }
          expect(found).toBe(whole)
        },
      ),
    )
  })
})
