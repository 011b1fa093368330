import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { workBaselineNamed } from '../baselines/works.ts'
import { createWorkEngine } from '../engine/works.ts'
import { samplesHtml } from '../report/html/samples.ts'
import { sampleErrorText, samplesText } from '../report/samples-text.ts'
import { evaluateSamples } from './evaluate-samples.ts'
import { orcidWorks, ownerOf } from './orcid-works.ts'
import { publishedIn } from './published.ts'
import { poolOf, type Samples } from './sample-pool.ts'
import { namedAuthor, type SampleRecord } from './sample-record.ts'
import { samePairs, truthOf } from './sample-truth.ts'

const value = (text: string) => ({ value: text })
const external = (type: string, id: string, relationship: string | null) => ({
  'external-id-type': type,
  'external-id-value': id,
  'external-id-relationship': relationship,
})

describe('works in an ORCID record', () => {
  const summary = {
    'put-code': 7,
    title: { title: value('A chapter on reefs'), subtitle: null, 'translated-title': value('Un chapitre') },
    'journal-title': value('Reefs of the World'),
    'publication-date': { year: value('2018'), month: value('05'), day: null },
    type: 'BOOK_CHAPTER',
    'external-ids': {
      'external-id': [
        external('doi', 'https://doi.org/10.1000/ABC.7', 'SELF'),
        external('doi', '10.1000/book', 'part-of'),
        external('doi', '10.1000/preprint', 'VERSION_OF'),
        external('doi', '10.1000/money', 'FUNDED_BY'),
        external('doi', 'no DOI at all', 'SELF'),
        external('issn', '1234-5679', 'PART_OF'),
        external('eid', '2-s2.0-1', 'SELF'),
        external('pmid', '123', null),
      ],
    },
  }
  const group = [{ 'work-summary': [summary] }]
  const owner = { given: 'Ada', family: 'Mirski' }

  it('are read with what each identifier is to them', () => {
    const [work] = orcidWorks({ 'activities-summary': { works: { group } } }, owner)
    expect(work).toMatchObject({
      source: 'orcid',
      sourceId: '7',
      title: 'A chapter on reefs',
      type: 'book-chapter',
      published: { year: 2018, month: 5, day: null },
      venue: { name: 'Reefs of the World', issns: ['1234-5679'] },
      authors: [{ name: 'Ada Mirski', given: 'Ada', family: 'Mirski', position: 1 }],
    })
    expect(work?.identifiers).toEqual([
      { scheme: 'doi', value: '10.1000/abc.7', relation: 'self' },
      { scheme: 'doi', value: '10.1000/book', relation: 'part_of' },
      { scheme: 'doi', value: '10.1000/preprint', relation: 'version_of' },
      { scheme: 'doi', value: '10.1000/money', relation: 'funded_by' },
      { scheme: 'pmid', value: '123', relation: 'self' },
    ])
    expect(work?.titles.map(({ kind }) => kind)).toEqual(['main', 'translated'])
  })

  it('are the same in the answer about works', () => {
    expect(orcidWorks({ group }, owner)).toEqual(orcidWorks({ 'activities-summary': { works: { group } } }, owner))
  })

  it('are none in an answer about something else, and need a title', () => {
    for (const answer of [null, 7, 'text', {}, { group: 7 }, { group: [{ 'work-summary': [{ title: null }] }] }])
      expect(orcidWorks(answer, owner)).toEqual([])
  })

  it('belong to whoever the record or the answer about the person names', () => {
    const name = { 'given-names': value('Ada'), 'family-name': value('Mirski') }
    expect(ownerOf({ person: { name } })).toEqual(owner)
    expect(ownerOf({ name })).toEqual(owner)
    expect(ownerOf({ person: { name: null } })).toEqual({ given: null, family: null })
    expect(orcidWorks({ group }, ownerOf({}))[0]?.authors).toEqual([])
  })
})

test('which article a preprint became: rows with two DOIs, read as DOIs are', () => {
  const csv = 'filename,doi,related_doi\na.json,10.48550/arXiv.1,10.1000/A.\r\nb.json,10.48550/arXiv.2,\n\n'
  expect(publishedIn(csv)).toEqual([{ preprint: '10.48550/arxiv.1', doi: '10.1000/a' }])
})

function sample(
  source: string,
  sourceId: string,
  dois: readonly string[],
  more: Partial<SampleRecord> = {},
): SampleRecord {
  return {
    source,
    sourceId,
    deleted: false,
    title: 'Coral reefs under heat: ten years of counting',
    titles: [],
    type: 'article',
    published: { year: 2015, month: null, day: null },
    language: null,
    venue: null,
    identifiers: dois.map((doi) => ({ scheme: 'doi', value: doi, relation: 'self' })),
    authors: [namedAuthor('Ada Mirski', 'Ada', 'Mirski', 1), namedAuthor('Bo Larsen', 'Bo', 'Larsen', 2)],
    subjects: [],
    retracted: false,
    ...more,
  }
}

const OTHER = { title: 'Glaciers that grow while others melt away' }
const ARXIV = {
  ...OTHER,
  title: 'Storks over the Bosporus in spring and in autumn',
  type: 'preprint',
  identifiers: [
    { scheme: 'doi', value: '10.48550/arxiv.1501.00001', relation: 'self' },
    { scheme: 'arxiv', value: '1501.00001', relation: 'self' },
    { scheme: 'doi', value: '10.1000/storks', relation: 'version_of' },
  ],
}
const SAMPLES: Samples = {
  records: [
    sample('crossref', '10.1000/a', ['10.1000/a']),
    sample('openalex', 'W1', ['10.1000/a']),
    sample('openalex', 'W1', ['10.1000/a'], { published: { year: 2016, month: null, day: null } }),
    sample('crossref', '10.1000/b', ['10.1000/b'], OTHER),
    sample('crossref', '10.1000/c', ['10.1000/c'], OTHER),
    sample('hal', 'hal-1', [], OTHER),
    sample('datacite', '10.48550/arxiv.1501.00001', [], ARXIV),
    sample('crossref', '10.1000/gone', ['10.1000/a'], { deleted: true }),
  ],
  orcid: [sample('orcid', '7', ['10.1000/b'], { title: 'Ice' }), sample('orcid', '8', ['10.1000/b'], OTHER)],
  published: [{ preprint: '10.48550/arxiv.1501.00001', doi: '10.1000/storks' }],
}

describe('what identifiers say', () => {
  const { records } = poolOf(SAMPLES)
  const truth = truthOf(records)

  it('makes one work of who shares one, two of who has others, and of the rest nothing', () => {
    expect(truth('crossref:10.1000/a', 'openalex:W1')).toBe('same')
    expect(truth('crossref:10.1000/b', 'crossref:10.1000/c')).toBe('different')
    expect(truth('crossref:10.1000/b', 'hal:hal-1')).toBe('unknown')
    expect(truth('crossref:10.1000/storks', 'datacite:10.48550/arxiv.1501.00001')).toBe('same')
    // A preprint seldom names its article.
    expect(truth('crossref:10.1000/b', 'datacite:10.48550/arxiv.1501.00001')).toBe('unknown')
  })

  it('is the same from either side, and every pair of one work is named once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.constantFrom(...records), (a, b) => {
        expect(truth(a.recordId, b.recordId)).toBe(truth(b.recordId, a.recordId))
      }),
    )
    const all = records.flatMap((a, at) => records.slice(at + 1).map((b) => [a.recordId, b.recordId] as const))
    const same = all.filter(([a, b]) => truth(a, b) === 'same').map((pair) => pair.toSorted().join(' '))
    expect(
      samePairs(records)
        .map((pair) => pair.join(' '))
        .toSorted(),
    ).toEqual(same.toSorted())
  })
})

describe('judged', () => {
  const results = evaluateSamples(SAMPLES, createWorkEngine([]), ['with identifiers', 'without identifiers'])
  const row = (at: number, question: string) => results[at]?.questions.find((one) => one.question === question)

  it('each pair under its question, with and without identifiers', () => {
    expect(row(0, 'preprint and article')).toMatchObject({ right: 1, wrong: 0, missed: 0 })
    expect(row(0, 'OpenAlex and Crossref')).toMatchObject({ right: 2, wrong: 0, missed: 0 })
    expect(row(0, 'two pulls of OpenAlex')).toMatchObject({ right: 1 })
    expect(row(1, 'preprint and article')).toMatchObject({ right: 1 })
    // Without DOIs two articles of one title and one team are one, which DOIs say they are not.
    expect(row(0, 'all others')).toMatchObject({ wrong: 0 })
    expect(row(1, 'all others')).toMatchObject({ wrong: 1 })
    expect(row(1, 'ORCID and Crossref')).toMatchObject({ missed: 1 })
  })

  it('as one by one: what is right, wrong and missed adds up to all pairs of one work and all that were made one', () => {
    for (const { questions, errors, rules } of results) {
      const sum = (of: 'right' | 'wrong' | 'missed' | 'unknown') => questions.reduce((all, one) => all + one[of], 0)
      expect(sum('right') + sum('missed')).toBe(samePairs(poolOf(SAMPLES).records).length)
      expect(errors.filter(({ mistake }) => mistake === 'missed')).toHaveLength(sum('missed'))
      expect(errors.filter(({ mistake }) => mistake === 'wrong')).toHaveLength(sum('wrong'))
      expect(errors.filter(({ mistake }) => mistake === 'unknown')).toHaveLength(sum('unknown'))
      expect(rules.reduce((all, one) => all + one.right, 0)).toBe(sum('right'))
    }
  })

  it('whatever order the records come in', () => {
    const turned = { ...SAMPLES, records: SAMPLES.records.toReversed(), orcid: SAMPLES.orcid.toReversed() }
    expect(evaluateSamples(turned, createWorkEngine([]), ['with identifiers', 'without identifiers'])).toEqual(results)
  })

  it('with identifiers hidden, by nothing that they say', () => {
    const byDoi = workBaselineNamed('same-doi').engine
    const [shown, hidden] = evaluateSamples(SAMPLES, byDoi, ['with identifiers', 'without identifiers'])
    const right = (result: typeof shown) => result?.questions.reduce((all, one) => all + one.right, 0)
    expect(right(shown)).toBeGreaterThan(0)
    expect(right(hidden)).toBe(0)
  })

  it('in words and on a page, with both records and the rule', () => {
    expect(samplesText(results)).toContain('without identifiers: 10 records')
    const wrong = results[1]?.errors.find(({ mistake, question }) => mistake === 'wrong' && question === 'all others')
    const told = wrong && sampleErrorText('without identifiers', wrong)
    expect(told).toMatch(/^wrong without identifiers \(all others\), joined: /)
    // The reader of a mistake may see what the engine did not.
    expect(told).toContain('doi:10.1000/c')
    const html = samplesHtml(results)
    expect(html).not.toMatch(/NaN|undefined|<(script|link|img)/)
    expect(html).toContain('preprint and article')
  })
})
