import { expect, it } from 'vitest'
import { asKept } from './own-identifiers.ts'

/** `doi 10.5555/1` is its own; `has_version doi 10.5555/1` is not. */
const identifiers = (lines: readonly string[]) =>
  lines.map((line) => {
    const parts = line.split(' ')
    const [value = '', scheme = '', relation = 'self'] = parts.toReversed()
    return { scheme, value, relation }
  })
const lines = (kept: ReturnType<typeof identifiers>) =>
  kept.map(({ scheme, value, relation }) => [...(relation === 'self' ? [] : [relation]), scheme, value].join(' '))

it.each<readonly [string, string[], string[]]>([
  ['the DOI of a publisher', ['doi 10.5555/1', 'arxiv 1801.00001'], ['doi 10.5555/1', 'has_preprint arxiv 1801.00001']],
  ['no DOI', ['hal hal-1', 'arxiv 1801.00001'], ['hal hal-1', 'arxiv 1801.00001']],
  [
    'the DOI of arXiv',
    ['doi 10.48550/arxiv.1801.00001', 'arxiv 1801.00001'],
    ['doi 10.48550/arxiv.1801.00001', 'arxiv 1801.00001'],
  ],
  [
    'both DOIs, and the key of CoRR',
    ['arxiv 1801.00001', 'doi 10.48550/arxiv.1801.00001', 'doi 10.5555/1', 'dblp journals/corr/abs-1801-00001'],
    [
      'has_preprint arxiv 1801.00001',
      'has_preprint doi 10.48550/arxiv.1801.00001',
      'doi 10.5555/1',
      'has_preprint dblp journals/corr/abs-1801-00001',
    ],
  ],
  [
    'the DOI of a repository',
    ['doi 10.5281/zenodo.1', 'arxiv 1801.00001'],
    ['doi 10.5281/zenodo.1', 'arxiv 1801.00001'],
  ],
  [
    'the DOI of what was published of it',
    ['arxiv 1801.00001', 'preprint_of doi 10.5555/1'],
    ['arxiv 1801.00001', 'preprint_of doi 10.5555/1'],
  ],
  [
    'other names of the article',
    ['doi 10.5555/1', 'dblp journals/x/A18', 'pmid 7'],
    ['doi 10.5555/1', 'dblp journals/x/A18', 'pmid 7'],
  ],
  ['one identifier twice', ['doi 10.5555/1', 'has_version doi 10.5555/1', 'doi 10.5555/1'], ['doi 10.5555/1']],
  [
    'two relations to another',
    ['cites doi 10.5555/2', 'is_cited_by doi 10.5555/2', 'cites doi 10.5555/2'],
    ['cites doi 10.5555/2', 'is_cited_by doi 10.5555/2'],
  ],
])('a record with %s', (_, given, kept) => {
  expect(lines(asKept(identifiers(given), 'R1'))).toEqual(kept)
})

it('what a record is called at its source is its own, whatever it was published as', () => {
  const given = identifiers(['dblp journals/corr/abs-1801-00001', 'arxiv 1801.00001', 'doi 10.5555/1'])
  expect(lines(asKept(given, 'journals/corr/abs-1801-00001'))).toEqual([
    'dblp journals/corr/abs-1801-00001',
    'has_preprint arxiv 1801.00001',
    'doi 10.5555/1',
  ])
})
