import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allCited, citedKeys, keysToCite } from './citations.ts'

const self = (scheme: string, value: string) => ({ scheme, value, relation: 'self' })

describe('a citation', () => {
  it.each([
    ['by DOI', { scheme: 'doi', value: '10.1234/abc' }, self('doi', '10.1234/abc')],
    ['of a version of a deposit', { scheme: 'doi', value: '10.21203/rs.3.rs-1/v2' }, self('doi', '10.21203/rs.3.rs-1')],
    [
      'of a deposit at arXiv, by its DOI',
      { scheme: 'doi', value: '10.48550/arxiv.2101.00001' },
      self('arxiv', '2101.00001'),
    ],
    ['by the id of a source', { scheme: 'openalex', value: 'W42' }, self('openalex', 'W42')],
    [
      'of the preprint of an article',
      { scheme: 'arxiv', value: '2101.00001v3' },
      { scheme: 'arxiv', value: '2101.00001', relation: 'has_preprint' },
    ],
  ])('%s is met', (_, reference, identifier) => {
    expect(keysToCite([identifier])).toContain(citedKeys([reference])[0])
  })

  it('of a book is not one of its chapters, and an entry without identifier says nothing', () => {
    expect(citedKeys([{ scheme: 'isbn', value: '9780000000002' }])).toEqual([])
    expect(citedKeys([{ scheme: null, value: null }])).toEqual([])
  })

  it('does not reach what a work is only part of', () => {
    expect(keysToCite([{ scheme: 'doi', value: '10.1234/book', relation: 'part_of' }])).toEqual([])
  })
})

describe('lists of references', () => {
  const references = fc.array(
    fc.record({ scheme: fc.constant('doi'), value: fc.integer({ max: 400 }).map((no) => `10.1234/${no}`) }),
    { maxLength: 500 },
  )

  it('are the same in any order, bounded, and of two long ones the same part is kept', () => {
    fc.assert(
      fc.property(references, references, (one, other) => {
        const keys = citedKeys(one)
        expect(citedKeys(one.toReversed())).toEqual(keys)
        expect(keys.length).toBeLessThanOrEqual(200)
        const last = keys.at(-1) ?? 0
        const theirs = citedKeys([...one, ...other])
        // Whatever is left out of the longer list stands behind all that is kept of it.
        for (const key of keys) expect(theirs.includes(key) || (theirs.at(-1) ?? 0) < key || last === key).toBe(true)
      }),
    )
  })

  it('of several records are one list, whoever comes first', () => {
    fc.assert(
      fc.property(fc.array(fc.option(references, { nil: undefined }), { maxLength: 4 }), (lists) => {
        const keys = lists.map((list) => list && citedKeys(list))
        expect(allCited(keys)).toEqual(allCited(keys.toReversed()))
        expect(allCited(keys)).toEqual(citedKeys(lists.flatMap((list) => list ?? [])))
      }),
    )
  })
})
