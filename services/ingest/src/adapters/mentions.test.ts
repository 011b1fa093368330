import type { RecordAuthor } from '@atlas/schemas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NormalisedAuthor } from './adapter.ts'
import { blankAuthor } from './blank.ts'
import { mentionsOf } from './mentions.ts'

const RECORD = '00000000-0000-5000-8000-000000000001'

/** `Ana Lichenova #1` is an entry with the source's author id 1. */
function byline(...names: string[]): NormalisedAuthor[] {
  return names.map((text, at) => {
    const [name = '', id] = text.split(' #')
    const sourceIds = id === undefined ? [] : [{ scheme: 'made_up', value: id }]
    return { ...blankAuthor(at + 1), name, sourceIds }
  })
}

const first = (...names: string[]) => mentionsOf(RECORD, byline(...names))
const then = (previous: readonly RecordAuthor[], ...names: string[]) => mentionsOf(RECORD, byline(...names), previous)
const keysOf = (mentions: readonly RecordAuthor[]) => mentions.map(({ mentionKey }) => mentionKey)
const key = (name: string, nth = 1) => first(...Array.from({ length: nth }, () => name)).at(-1)?.mentionKey

/** `Ana <- Anna` : the entry Ana has the key of Anna as an alias; `?` flags it. */
function shown(mentions: readonly RecordAuthor[], ...known: string[]): string[] {
  const names = new Map(known.map((text) => [key(text), text.split(' #')[0]]))
  return mentions.map(({ name, aliases, ambiguousAlias }) => {
    const before = aliases.map((alias) => names.get(alias) ?? 'unknown')
    return `${name}${before.length > 0 ? ` <- ${before.join(', ')}` : ''}${ambiguousAlias ? ' ?' : ''}`
  })
}

describe('keys', () => {
  it('depend on the folded name and its count', () => {
    const [a, b, c, d] = keysOf(first('Ana Lichenova', 'B. Fern', 'ANA LICHENOVÁ', 'B Fern.'))
    expect(new Set([a, b, c, d]).size).toBe(4)
    expect([key('Ana Lichenova'), key('B Fern'), key('Ana Lichenova', 2), key('b fern', 2)]).toEqual([a, b, c, d])
  })

  it('survive insertions, removals and another order', () => {
    const name = fc.constantFrom('Ana Lichenova', 'B. Fern', 'C. Moss', 'D. Alga', 'E. Spore', 'F. Thallus')
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (before, after) => {
        const old = first(...before)
        const now = then(old, ...after)
        for (const mention of now) {
          expect(mention.mentionKey).toBe(key(mention.name))
          // These names are all of different people, so nothing is ever aligned.
          expect(mention.aliases).toEqual([])
        }
      }),
    )
  })
})

describe('a key that vanished', () => {
  it.each([
    [
      'initials written out',
      ['A. Lichenova', 'B. Fern'],
      ['Ana Lichenova', 'B. Fern'],
      ['Ana Lichenova <- A. Lichenova', 'B. Fern'],
    ],
    [
      'all of them, the list being as long',
      ['A. Lichenova', 'B. Fern'],
      ['Ana Lichenova', 'Béla Fern'],
      ['Ana Lichenova <- A. Lichenova', 'Béla Fern <- B. Fern'],
    ],
    [
      'a slip of the pen, at the same place',
      ['Alessandro Bucchieri', 'B. Fern'],
      ['Alessandro Buccheri', 'B. Fern'],
      ['Alessandro Buccheri <- Alessandro Bucchieri', 'B. Fern'],
    ],
    [
      'moved and corrected',
      ['A. Lichenova', 'B. Fern', 'C. Moss'],
      ['B. Fern', 'C. Moss', 'D. Alga', 'Ana Lichenova'],
      ['B. Fern', 'C. Moss', 'D. Alga', 'Ana Lichenova <- A. Lichenova'],
    ],
    [
      'married: the source id stays',
      ['Ana Lichenova #1', 'B. Fern'],
      ['B. Fern', 'Ana Bryophyta #1'],
      ['B. Fern', 'Ana Bryophyta <- Ana Lichenova'],
    ],
    ['changed places', ['Zhang Wei', 'B. Fern'], ['Wei Zhang', 'B. Fern'], ['Wei Zhang <- Zhang Wei', 'B. Fern']],
    ['another person at the place', ['Ana Lichenova', 'B. Fern'], ['Carl Moss', 'B. Fern'], ['Carl Moss', 'B. Fern']],
    ['removed', ['Ana Lichenova', 'B. Fern'], ['B. Fern'], ['B. Fern']],
    [
      'two that it may be',
      ['A. Lichenova', 'B. Fern'],
      ['B. Fern', 'Ana Lichenova', 'Anton Lichenova'],
      ['B. Fern', 'Ana Lichenova ?', 'Anton Lichenova ?'],
    ],
    [
      'an identifier decides between the two',
      ['A. Lichenova #7', 'B. Fern'],
      ['B. Fern', 'Ana Lichenova', 'Anton Lichenova #7'],
      ['B. Fern', 'Ana Lichenova', 'Anton Lichenova <- A. Lichenova'],
    ],
    [
      'one of two namesakes, corrected',
      ['J. Smith', 'X. One', 'J. Smith', 'Y. Two'],
      ['John Smith', 'X. One', 'J. Smith', 'Y. Two'],
      ['John Smith <- unknown', 'X. One', 'J. Smith ?', 'Y. Two'],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(shown(then(first(...before), ...after), ...before)).toEqual(expected)
  })

  it('different ORCID iDs are different people, whatever the names', () => {
    const withOrcid = (name: string, orcid: string) => [{ ...blankAuthor(1), name, orcid }]
    const old = mentionsOf(RECORD, withOrcid('A. Lichenova', '0000-0002-1825-0097'))
    const now = mentionsOf(RECORD, withOrcid('Ana Lichenova', '0000-0000-0001-0007'), old)
    expect(now.map(({ aliases }) => aliases)).toEqual([[]])
  })
})

describe('over several versions', () => {
  it('aliases are kept, and skipped versions change no key', () => {
    const a = first('A. Lichenova', 'B. Fern')
    const b = then(a, 'Ana Lichenova', 'B. Fern')
    const c = then(b, 'Ana M. Lichenova', 'B. Fern', 'C. Moss')
    const known = ['A. Lichenova', 'Ana Lichenova']
    expect(shown(c, ...known)).toEqual(['Ana M. Lichenova <- Ana Lichenova, A. Lichenova', 'B. Fern', 'C. Moss'])
    expect(keysOf(c)).toEqual(keysOf(then(a, 'Ana M. Lichenova', 'B. Fern', 'C. Moss')))
  })

  it('A -> B -> A has the keys of A again, and loses no key of B', () => {
    const name = fc.constantFrom('A. Lichenova', 'Ana Lichenova', 'Ana M. Lichenova', 'B. Fern', 'Béla Fern', 'C. Moss')
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), fc.uniqueArray(name, { minLength: 1 }), (one, other) => {
        const a = first(...one)
        const back = then(then(a, ...other), ...one)
        expect(keysOf(back)).toEqual(keysOf(a))
        for (const { mentionKey, aliases } of back) expect(aliases).not.toContain(mentionKey)
      }),
    )
    const back = then(then(first('Ana Lichenova', 'B. Fern'), 'A. Lichenova', 'B. Fern'), 'Ana Lichenova', 'B. Fern')
    expect(shown(back, 'A. Lichenova')).toEqual(['Ana Lichenova <- A. Lichenova', 'B. Fern'])
  })

  it('a corrected name that comes back through identical content is not lost', () => {
    const married = then(first('Ana Lichenova', 'B. Fern'), 'Ana Lichenovva', 'B. Fern')
    expect(shown(then(married, 'Ana Lichenova', 'B. Fern'), 'Ana Lichenovva')[0]).toBe(
      'Ana Lichenova <- Ana Lichenovva',
    )
  })

  it('an alias that becomes a key of its own again is contested', () => {
    const b = then(first('A. Lichenova', 'B. Fern'), 'Ana Lichenova', 'B. Fern')
    expect(shown(then(b, 'Ana Lichenova', 'B. Fern', 'A. Lichenova'))).toEqual([
      'Ana Lichenova ?',
      'B. Fern',
      'A. Lichenova',
    ])
  })

  it('any history: keys are unique, no alias is a key or has two owners, and the same again changes nothing', () => {
    const name = fc.constantFrom(
      'A. Lichenova',
      'Ana Lichenova',
      'Ana Lichenowa',
      'J. Smith',
      'John Smith',
      'B. Fern',
      '',
      'Wei Zhang',
      'Zhang Wei',
    )
    const version = fc.array(fc.tuple(name, fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined })), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(fc.array(version, { minLength: 1, maxLength: 5 }), (versions) => {
        let mentions: RecordAuthor[] = []
        for (const entries of versions) {
          const names = entries.map(([text, id]) => (id === undefined ? text : `${text} #${id}`))
          mentions = then(mentions, ...names)
          const keys = new Set(keysOf(mentions))
          const aliases = mentions.flatMap((mention) => mention.aliases)
          expect(keys.size).toBe(mentions.length)
          expect(new Set(aliases).size).toBe(aliases.length)
          expect(aliases.filter((alias) => keys.has(alias))).toEqual([])
          expect(then(mentions, ...names)).toEqual(mentions)
        }
      }),
      { numRuns: 500 },
    )
  })
})

it('aligns a byline of 5,000 whose names were all written out', () => {
  const long = Array.from({ length: 5000 }, (_, at) => ({ short: `A. Author${at}`, full: `Anna Author${at}` }))
  const now = then(first(...long.map(({ short }) => short)), 'New Comer', ...long.map(({ full }) => full))
  expect(now.filter(({ aliases }) => aliases.length === 1).length).toBe(5000)
  expect(now.some(({ ambiguousAlias }) => ambiguousAlias)).toBe(false)
})

it('ends with 20,000 entries of one name', () => {
  const same = Array.from({ length: 20_000 }, () => 'W. Wang')
  const now = then(first(...same.slice(0, 10_000)), ...same)
  expect(new Set(keysOf(now)).size).toBe(20_000)
})
