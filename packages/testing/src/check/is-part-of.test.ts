import { describe, expect, it } from 'vitest'
import { isPartOf } from './is-part-of.ts'

describe('what is stored says nothing but what was told', () => {
  it.each([
    ['the same', { a: 1, b: ['x'] }, { a: 1, b: ['x'] }, true],
    ['less', { a: 1 }, { a: 1, b: 2 }, true],
    ['less, deep down', { a: [{ b: 1 }] }, { a: [{ b: 1, c: 2 }] }, true],
    ['bytes as hex', { a: 'ff00' }, { a: Buffer.from([255, 0]) }, true],
    ['a moment as ISO 8601', { a: '1970-01-01T00:00:01.000Z' }, { a: 1_000 }, true],
    ['no text as null', { a: null }, { a: '' }, true],
    ['more', { a: 1, b: 2 }, { a: 1 }, false],
    ['another value', { a: 1 }, { a: 2 }, false],
    ['other bytes', { a: 'ff01' }, { a: Buffer.from([255, 0]) }, false],
    ['another moment', { a: '1970-01-01T00:00:02.000Z' }, { a: 1_000 }, false],
    ['null for a value', { a: null }, { a: 'x' }, false],
    ['a shorter list', { a: [1] }, { a: [1, 2] }, false],
    ['another order', { a: [2, 1] }, { a: [1, 2] }, false],
    ['a list for an object', { a: [] }, { a: {} }, false],
  ])('%s', (_what, stored, told, is) => {
    expect(isPartOf(stored, told)).toBe(is)
  })
})
