import fc from 'fast-check'
import { expect, it } from 'vitest'
import { growthOf } from './heap-room.ts'

const MB = 1024 * 1024

it.each([
  [20, 300],
  [80, 300],
  [160, 100],
  [200, 60],
  [250, 50],
  [4_000, 50],
])('a heap of %d MB may grow by %d percent', (alive, percent) => {
  expect(growthOf(alive * MB, 320 * MB)).toBe(percent)
})

it('more that is alive never grows by more, and always by something', () => {
  const bytes = fc.integer({ min: 1, max: 8_000 * MB })
  fc.assert(
    fc.property(bytes, bytes, bytes, (one, other, room) => {
      const [less, more] = one < other ? [one, other] : [other, one]
      expect(growthOf(more, room)).toBeLessThanOrEqual(growthOf(less, room))
      expect(growthOf(more, room)).toBeGreaterThan(0)
    }),
  )
})
