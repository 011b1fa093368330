import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aRecord, type RecordSketch } from '../testing/a-record.ts'
import { aConstrainedWorld } from '../testing/worlds.ts'
import type { Constraint, LinkageRecord, WorkRole } from '../types.ts'
import { clusterWorks } from './cluster.ts'
import { SHIPPED_RULES } from './rule-set.ts'
import { SUSPICION_KINDS, type SuspectMember, suspicionsOf } from './suspicions.ts'
import { linksAmong } from './verdict.ts'

interface Sketch extends RecordSketch {
  readonly role?: WorkRole
  readonly reason?: string
}

const many = (count: number, sketch: (at: number) => Sketch = () => ({})): readonly Sketch[] =>
  Array.from({ length: count }, (_, at) => sketch(at))
const years = (...given: readonly (number | null)[]): readonly Sketch[] => given.map((year) => ({ year }))
const ids = (...given: readonly string[]): readonly Sketch[] =>
  given.map((text) => ({ ids: text === '' ? [] : text.split(', ') }))

interface Case {
  readonly is: string
  readonly members: readonly Sketch[]
  /** By their numbers. */
  readonly must?: readonly (readonly [number, number])[]
  readonly cannot?: readonly (readonly [number, number])[]
  /** By their numbers, with the rule. */
  readonly links?: readonly (readonly [number, number, string])[]
  readonly suspicions: string
}

function suspicions({ members, must = [], cannot = [], links = [] }: Case): string {
  const records = members.map((sketch, at) => aRecord({ id: `r${at}`, ...sketch }))
  const idOf = (at: number): string => records[at]?.recordId ?? ''
  const found = suspicionsOf({
    members: records.map(
      (record, at): SuspectMember => ({
        record,
        role: members[at]?.role ?? 'duplicate',
        reason: members[at]?.reason ?? 'same-id',
      }),
    ),
    links: links.map(([a, b, reason]) => {
      const [left = '', right = ''] = [idOf(a), idOf(b)].sort()
      return { left, right, status: 'strong', reason, evidence: [] }
    }),
    constraints: [
      ...must.map((pair) => ({ pair, kind: 'must' as const })),
      ...cannot.map((pair) => ({ pair, kind: 'cannot' as const })),
    ].map(({ pair: [a, b], kind }) => ({ recordA: idOf(a), recordB: idOf(b), kind, actId: 'm' })),
    versionReasons: SHIPPED_RULES.versions,
  })
  return found.map(({ kind, details }) => `${kind} (${details})`).join('; ')
}

const article = 'doi:10.5555/a'
const other = 'doi:10.5555/b'

describe('years apart', () => {
  const cases: readonly Case[] = [
    { is: 'a year', members: years(2015, 2016), suspicions: '' },
    { is: 'three years', members: years(2015, 2018, 2016), suspicions: '' },
    { is: 'four years', members: years(2019, 2015), suspicions: 'years-apart (2015 and 2019: 4 years apart)' },
    { is: 'no year', members: years(2015, null), suspicions: '' },
    { is: 'a preprint eight years before', members: [{ year: 2008, role: 'version' }, { year: 2016 }], suspicions: '' },
    {
      is: 'a preprint nine years before',
      members: [{ year: 2007, role: 'version' }, { year: 2016 }],
      suspicions: 'years-apart (2007 and 2016: 9 years apart)',
    },
    {
      is: 'a version that a source states, whenever it was',
      members: [{ year: 1998, role: 'version', reason: 'related-version' }, { year: 2016 }],
      suspicions: '',
    },
    { is: 'an erratum, whenever it was', members: [{ year: 2030, role: 'erratum' }, { year: 2016 }], suspicions: '' },
    { is: 'a part, whenever it was', members: [{ year: 1970, role: 'part' }, { year: 2016 }], suspicions: '' },
    { is: 'two that a person has joined', members: years(2005, 2016), must: [[0, 1]], suspicions: '' },
    { is: 'one between two such', members: years(2005, 2010, 2016), must: [[0, 2]], suspicions: '' },
    { is: 'one a year beyond those', members: years(2005, 2016, 2017), must: [[0, 1]], suspicions: '' },
    {
      is: 'one four years beyond those',
      members: years(2005, 2016, 2020),
      must: [[0, 1]],
      suspicions: 'years-apart (2016 and 2020: 4 years apart)',
    },
    {
      is: 'one that is as far from two others as before a person joined these',
      members: years(2005, 2010, 2016),
      must: [[1, 2]],
      suspicions: 'years-apart (2005 and 2010: 5 years apart)',
    },
    {
      is: 'two times two that a person has joined',
      members: years(2001, 2002, 2011, 2012),
      must: [
        [0, 1],
        [2, 3],
      ],
      suspicions: 'years-apart (2002 and 2011: 9 years apart)',
    },
  ]
  test.each(cases)('$is: $suspicions', (one) => expect(suspicions(one)).toBe(one.suspicions))
})

describe('conflicting identifiers', () => {
  const conflict = (details: string): string => `conflicting-identifiers (${details})`
  const cases: readonly Case[] = [
    { is: 'one DOI', members: ids(article, article, ''), suspicions: '' },
    { is: 'two DOIs', members: ids(article, other), suspicions: conflict('DOI 10.5555/a, 10.5555/b') },
    { is: 'two DOIs of one record', members: ids(`${article}, ${other}`), suspicions: '' },
    {
      is: 'a record with one of the two DOIs of another',
      members: ids(`${article}, ${other}`, article),
      suspicions: '',
    },
    {
      is: 'two records that only a third one with both DOIs joins',
      members: ids(article, other, `${article}, ${other}`),
      suspicions: conflict('DOI 10.5555/a, 10.5555/b'),
    },
    {
      is: 'three DOIs of which two records share one',
      members: ids(`${article}, doi:10.5555/c`, `${article}, ${other}`),
      suspicions: conflict('DOI 10.5555/b, 10.5555/c'),
    },
    { is: 'versions of one DOI', members: ids('doi:10.12688/f1000.1.1', 'doi:10.12688/f1000.1.2'), suspicions: '' },
    { is: 'the DOI of a deposit', members: ids(article, 'doi:10.1101/2020.01.02.000001'), suspicions: '' },
    {
      is: 'one DOI beside those of two deposits',
      members: ids(`${article}, doi:10.1101/2020.01.02.000001`, `${article}, doi:10.1101/2020.01.02.000002`),
      suspicions: '',
    },
    {
      is: 'the DOI of a preprint in a place nobody knows',
      members: [{ ids: [article] }, { ids: [other], type: 'preprint' }],
      suspicions: '',
    },
    { is: 'a version that a record states', members: ids(article, `${other}, version_of ${article}`), suspicions: '' },
    {
      is: 'two versions of what is no member',
      members: ids(`${article}, version_of doi:10.5555/c`, `${other}, version_of doi:10.5555/c`),
      suspicions: '',
    },
    {
      is: 'two DOIs that a person has joined',
      members: ids(article, other, other),
      must: [[0, 1]],
      suspicions: '',
    },
    {
      is: 'two DOIs that a person has taken apart',
      members: ids(article, other),
      cannot: [[0, 1]],
      suspicions: conflict('DOI 10.5555/a, 10.5555/b'),
    },
    {
      is: 'two DOIs that a person has joined, and a third one',
      members: ids(article, other, 'doi:10.5555/c'),
      must: [[0, 1]],
      suspicions: conflict('DOI 10.5555/a, 10.5555/b, 10.5555/c'),
    },
    {
      is: 'the DOIs of two versions that a rule has joined',
      members: ids(article, other),
      links: [[0, 1, 'preprint-article']],
      suspicions: '',
    },
    {
      is: 'the DOI of an erratum',
      members: [{ ids: [article] }, { ids: [other], role: 'erratum' }],
      suspicions: '',
    },
    { is: 'two PMIDs', members: ids('pmid:1', 'pmid:2'), suspicions: conflict('PMID 1, 2') },
    {
      is: 'the PMID of a preprint',
      members: [{ ids: ['pmid:1'] }, { ids: ['pmid:2'], type: 'preprint' }],
      suspicions: '',
    },
    {
      is: 'two arXiv ids, also of preprints',
      members: [
        { ids: ['arxiv:1401.00001'], type: 'preprint' },
        { ids: ['arxiv:1401.00002'], type: 'preprint' },
      ],
      suspicions: conflict('arXiv id 1401.00001, 1401.00002'),
    },
    {
      is: 'an arXiv id other than that of the preprint that a rule has joined',
      members: [{ ids: ['arxiv:1401.00001'] }, { ids: ['arxiv:1401.00002'], type: 'preprint' }],
      links: [[0, 1, 'preprint-article']],
      suspicions: conflict('arXiv id 1401.00001, 1401.00002'),
    },
    { is: 'versions of one arXiv id', members: ids('arxiv:1401.00001v1', 'arxiv:1401.00001v3'), suspicions: '' },
    {
      is: 'an arXiv id and its DOI',
      members: ids('arxiv:1401.00001', 'doi:10.48550/arxiv.1401.00001'),
      suspicions: '',
    },
    { is: 'two ISBNs', members: ids('isbn:9780306406157', 'isbn:9783161484100'), suspicions: '' },
    { is: 'two HAL deposits', members: ids('hal:hal-1', 'hal:hal-2'), suspicions: '' },
    {
      is: 'a hundred DOIs',
      members: many(100, (at) => ({ ids: [`doi:10.5555/${1000 + at}`], reason: 'related-version' })),
      suspicions: conflict(
        `DOI ${many(10)
          .map((_, at) => `10.5555/${1000 + at}`)
          .join(', ')} and 90 more`,
      ),
    },
  ]
  test.each(cases)('$is: $suspicions', (one) => expect(suspicions(one)).toBe(one.suspicions))
})

describe('many members', () => {
  const cases: readonly Case[] = [
    { is: 'twenty', members: many(20), suspicions: '' },
    { is: 'twenty-one', members: many(21), suspicions: 'many-members (21 members)' },
    {
      is: 'sixty versions that their source states',
      members: many(60, (at) => (at === 0 ? {} : { role: 'version', reason: 'related-version' })),
      suspicions: '',
    },
    { is: 'twenty-one of which a person has joined two', members: many(21), must: [[4, 7]], suspicions: '' },
    {
      is: 'twenty-two of which a person has joined two',
      members: many(22),
      must: [[4, 7]],
      suspicions: 'many-members (21 members)',
    },
  ]
  test.each(cases)('$is: $suspicions', (one) => expect(suspicions(one)).toBe(one.suspicions))
})

describe('a bridge', () => {
  const triangle = (a: number): Case['links'] & {} => [
    [a, a + 1, 'same-id'],
    [a, a + 2, 'same-id'],
    [a + 1, a + 2, 'same-id'],
  ]
  const cases: readonly Case[] = [
    {
      is: 'a link between two triangles',
      members: many(6),
      links: [...triangle(0), ...triangle(3), [2, 3, 'like-title-year']],
      suspicions: 'bridge (one link (like-title-year) joins 3 records and 3)',
    },
    {
      is: 'a record in two triangles',
      members: many(5),
      links: [...triangle(0), ...triangle(2)],
      suspicions: 'bridge (one record joins parts of 2 and 2 others)',
    },
    {
      is: 'three triangles in a row, whatever link is read first',
      members: many(9),
      links: [...triangle(6), [5, 6, 'b'], ...triangle(3), [2, 3, 'a'], ...triangle(0)],
      suspicions: suspicions({
        is: '',
        suspicions: '',
        members: many(9),
        links: [...triangle(0), [2, 3, 'a'], ...triangle(3), [5, 6, 'b'], ...triangle(6)],
      }),
    },
    {
      is: 'the two that a person has joined',
      members: many(6),
      links: [...triangle(0), ...triangle(3), [2, 3, 'like-title-year']],
      must: [[0, 5]],
      suspicions: '',
    },
  ]
  test.each(cases)('$is: $suspicions', (one) => expect(suspicions(one)).toBe(one.suspicions))

  test('is not between the records of an article and those of its preprint, where one of them names the article', () => {
    const preprint = (id: string, more: readonly string[] = []): LinkageRecord =>
      aRecord({ id, type: 'preprint', title: 'Tides of the strait', ids: ['arxiv:1401.00001', ...more] })
    const article = (id: string): LinkageRecord => aRecord({ id, ids: ['doi:10.5555/1'] })
    const stating = preprint('P', ['preprint_of doi:10.5555/1'])
    const [work, ...others] = clusterWorks({
      records: [stating, preprint('Q'), preprint('R'), article('A'), article('B'), article('C')],
      constraints: [],
    })
    expect(others).toEqual([])
    expect(work?.links.some(({ reason }) => reason === 'related-version')).toBe(true)
    expect(work?.suspicions).toEqual([])
  })
})

describe('a work', () => {
  const of = (id: string, sketch: RecordSketch): LinkageRecord => aRecord({ id, ...sketch })
  // One record with the identifiers of two articles, as an aggregator makes them.
  const sloppy = [
    ...['A', 'B'].map((id) => of(id, { ids: [article] })),
    ...['X', 'Y'].map((id) => of(id, { ids: ['pmid:7'], title: 'Whale song in the winters of the strait' })),
    of('S', { ids: [article, 'pmid:7'], title: null }),
  ]

  test('carries its suspicions as flags: one for all, and one for each kind', () => {
    const works = clusterWorks({ records: sloppy, constraints: [] })
    expect(works).toHaveLength(1)
    expect(works[0]?.flags).toEqual(['suspicious', 'suspicious-bridge'])
    expect(works[0]?.suspicions).toEqual([
      {
        kind: 'bridge',
        details: 'one record joins parts of 2 and 2 others',
        recordIds: [sloppy.at(-1)?.recordId],
      },
    ])
  })

  test('is suspicious no more once a person has ruled', () => {
    const [a, , x, , s] = sloppy.map(({ recordId }) => recordId)
    const ruling = (recordA = '', recordB = '', kind: Constraint['kind'] = 'must'): Constraint => ({
      recordA,
      recordB,
      kind,
      actId: 'r',
    })
    for (const constraints of [
      [ruling(a, x)],
      [ruling(a, s)],
      [ruling(s, x, 'cannot'), ruling(s, sloppy[3]?.recordId, 'cannot')],
    ]) {
      const works = clusterWorks({ records: sloppy, constraints })
      expect(works.flatMap(({ flags }) => flags)).toEqual([])
    }
  })

  test('says the same of its members in any order', () => {
    fc.assert(
      fc.property(aConstrainedWorld, fc.infiniteStream(fc.nat()), ({ records, constraints }, draws) => {
        const open = records.filter(({ deleted, suppressed }) => !deleted && !suppressed)
        const shuffled = <T>(list: readonly T[]): readonly T[] =>
          list
            .map((one) => ({ one, at: draws.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ one }) => one)
        const look = (members: readonly LinkageRecord[], arrange: <T>(list: readonly T[]) => readonly T[]) =>
          suspicionsOf({
            members: arrange(
              members.map((record): SuspectMember => ({ record, role: 'duplicate', reason: 'same-id' })),
            ),
            links: arrange(linksAmong(members)),
            constraints: arrange(constraints),
            versionReasons: SHIPPED_RULES.versions,
          })
        expect(look(open, shuffled)).toEqual(look(open, (list) => list))
      }),
      { numRuns: 300 },
    )
  })

  test('of five hundred members, all linked with all, has many members and is nothing worse', () => {
    const records = Array.from({ length: 500 }, (_, at) => aRecord({ id: `r${at}`, ids: [article] }))
    const sorted = records.map(({ recordId }) => recordId).sort()
    const links = sorted.flatMap((left, at) =>
      sorted.slice(at + 1).map((right) => ({ left, right, status: 'exact' as const, reason: 'same-id', evidence: [] })),
    )
    const found = suspicionsOf({
      members: records.map((record): SuspectMember => ({ record, role: 'duplicate', reason: 'same-id' })),
      links,
      constraints: [],
      versionReasons: SHIPPED_RULES.versions,
    })
    expect(found).toEqual([{ kind: 'many-members', details: '500 members', recordIds: sorted }])
  })
})

test('every kind is one that a curator can ask for, and the rule for stated versions is in the table', () => {
  expect([...SUSPICION_KINDS].sort()).toEqual(SUSPICION_KINDS)
  expect(SHIPPED_RULES.versions).toContain('related-version')
})
