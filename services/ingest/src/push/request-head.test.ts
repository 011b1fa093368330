import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInstant } from './request-head.ts'

describe('a date of a header', () => {
  it.each([
    'yesterday',
    '2025-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '99999-01-01T00:00:00Z',
    'infinity',
    '2025-01-01T00:00:00',
    '2025-01-01',
    '2025-13-01T00:00:00Z',
    '2025-01-01T25:00:00Z',
    '2025-01-00T00:00:00Z',
    '',
  ])('%j is none', (text) => expect(parseInstant(text)).toBeUndefined())

  it.each([
    ['2025-02-28T23:59:59Z', Date.UTC(2025, 1, 28, 23, 59, 59)],
    ['2024-02-29T00:00:00.123Z', Date.UTC(2024, 1, 29, 0, 0, 0, 123)],
    ['2025-01-01T00:00+02:00', Date.UTC(2024, 11, 31, 22)],
  ])('%s is a moment', (text, time) => expect(parseInstant(text)).toBe(time))

  it('takes every date that JavaScript writes', () => {
    const range = { min: new Date('1900-01-01T00:00:00Z'), max: new Date('2999-01-01T00:00:00Z'), noInvalidDate: true }
    fc.assert(
      fc.property(fc.date(range), (date) => {
        expect(parseInstant(date.toISOString())).toBe(date.getTime())
      }),
    )
  })
})
