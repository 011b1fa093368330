import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { measured, median, notRun, quantile } from './measure.ts'

const bar = { id: 'P0', title: 'a against b', bar: 0.5, unit: '×' } as const

describe('a measure', () => {
  it('is the median of its runs, held to its bar in its sense', () => {
    expect(measured({ ...bar, sense: 'least' }, [0.9, 0.1, 0.6])).toMatchObject({ value: 0.6, holds: true })
    expect(measured({ ...bar, sense: 'most' }, [0.9, 0.1, 0.6])).toMatchObject({ value: 0.6, holds: false })
  })

  it('without its yardstick neither holds nor fails', () => {
    expect(notRun({ ...bar, sense: 'least' }, 'no kcat')).toMatchObject({ value: undefined, holds: undefined })
  })

  it('quantiles are values that were seen, and grow with the share', () =>
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (values) => {
        expect(values).toContain(median(values))
        expect(quantile(values, 0.99)).toBeGreaterThanOrEqual(quantile(values, 0.5))
        expect(quantile(values, 1)).toBe(Math.max(...values))
      }),
    ))
})
