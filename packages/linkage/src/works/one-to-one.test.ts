import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LinkageRecord } from '../types.ts'
import { clusterWorks } from './cluster.ts'

const CLEAN = new Set(['west', 'east', 'north'])

function record(source: string, id: string, title: string, authors: readonly string[], year = 2001): LinkageRecord {
  return {
    recordId: `${source}:${id}`,
    source,
    sourceId: id,
    version: 1,
    deleted: false,
    suppressed: false,
    title,
    titles: [],
    type: 'article',
    published: { year, month: null, day: null },
    language: null,
    venue: null,
    identifiers: [],
    authors: authors.map((name, at) => ({
      mentionKey: `${source}:${id}#${at}`,
      aliases: [],
      ambiguousAlias: false,
      position: at + 1,
      name,
      given: null,
      family: null,
      collective: false,
      orcid: null,
      orcidAuthenticated: null,
      sourceIds: [],
      email: null,
      corresponding: null,
      role: 'author',
      affiliations: [],
    })),
    subjects: [],
    retracted: false,
  }
}

function worksOf(records: readonly LinkageRecord[], cleanSources: ReadonlySet<string> = CLEAN): readonly string[] {
  return clusterWorks({ records, constraints: [], cleanSources })
    .map(({ members }) =>
      members
        .map(({ recordId }) => recordId)
        .sort()
        .join(' '),
    )
    .sort()
}

const AUTHORS = ['Ada Mirski', 'Bo Larsen', 'Chidi Okafor'] as const
const COLUMN = 'Reminiscences on influential papers in databases'

describe('clean lists', () => {
  it('pair off by who comes closest, where the rules would take all for one work', () => {
    const records = [
      record('west', '1', COLUMN, ['Ada Mirski', 'Bo Larsen']),
      record('east', '1', COLUMN, ['A. Mirski', 'B. Larsen']),
      record('east', '2', COLUMN, ['Ada Mirski']),
      record('west', '2', COLUMN, ['Ada Mirski']),
    ]
    expect(worksOf(records, new Set())).toHaveLength(1)
    expect(worksOf(records)).toEqual(['east:1 west:1', 'east:2 west:2'])
  })

  it('leave a twin within a list alone, and join it where the list is not clean', () => {
    const records = ['1', '2'].map((id) => record('west', id, COLUMN, ['Ada Mirski', 'Bo Larsen']))
    expect(worksOf(records)).toEqual(['west:1', 'west:2'])
    expect(worksOf(records, new Set(['east']))).toEqual(['west:1 west:2'])
  })

  it('take what the rules alone leave open, unless a rival comes near it', () => {
    const open = [
      record('west', '1', 'Observations on the proposal for an object language', ['Ada Mirski']),
      record('east', '1', 'Observations on the proposal', ['Ada Mirski']),
    ]
    expect(worksOf(open, new Set())).toHaveLength(2)
    expect(worksOf(open)).toEqual(['east:1 west:1'])
    const rival = record('east', '2', 'Observations on the proposal', ['Ada Mirski'])
    expect(worksOf([...open, rival])).toHaveLength(3)
  })

  it('never stand in the way of a record of another source', () => {
    const records = [
      record('west', '1', COLUMN, ['Ada Mirski', 'Bo Larsen']),
      record('east', '1', COLUMN, ['Ada Mirski', 'Bo Larsen']),
      record('crossref', '1', COLUMN, ['Ada Mirski', 'Bo Larsen']),
    ]
    expect(worksOf(records)).toEqual(['crossref:1 east:1 west:1'])
  })
})

const drawn = fc
  .array(
    fc.record({
      source: fc.constantFrom('west', 'east', 'north', 'crossref'),
      title: fc.constantFrom(COLUMN, `${COLUMN} again`, 'Glaciers that grow while others melt away', 'Editorial'),
      authors: fc.subarray([...AUTHORS]),
      year: fc.constantFrom(2001, 2002),
    }),
    { maxLength: 10 },
  )
  .map((all) => all.map(({ source, title, authors, year }, at) => record(source, String(at), title, authors, year)))

describe('whatever the lists hold', () => {
  it('no work has two records of one list', () => {
    fc.assert(
      fc.property(drawn, (records) => {
        for (const work of worksOf(records)) {
          const lists = work
            .split(' ')
            .map((id) => id.split(':')[0] ?? '')
            .filter((list) => CLEAN.has(list))
          expect(new Set(lists).size).toBe(lists.length)
        }
      }),
    )
  })

  it('the order of the records makes no difference', () => {
    fc.assert(
      fc.property(
        drawn.chain((records) =>
          fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
        ),
        ([records, shuffled]) => {
          expect(worksOf(shuffled)).toEqual(worksOf(records))
        },
      ),
    )
  })

  it('a list of its own changes nothing: without a clean source all is as ever', () => {
    fc.assert(
      fc.property(drawn, (records) => {
        expect(worksOf(records, new Set(['south']))).toEqual(worksOf(records, new Set()))
      }),
    )
  })
})
