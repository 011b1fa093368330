import { expect, test } from 'vitest'
import { type WorkAnswer, workGraphText } from './work-graph-text.ts'

type Node = WorkAnswer['graph']['nodes'][number]

const node = (id: string, over: Partial<Node> = {}): Node => ({
  recordId: id,
  source: 'crossref',
  sourceId: id.toUpperCase(),
  role: 'duplicate',
  versionKind: null,
  type: 'article',
  year: 2018,
  title: 'Drift of plastic',
  retracted: false,
  reason: 'same-id',
  linkedTo: 'a',
  ...over,
})
const edge = (left: string, right: string, reason = 'same-id', status = 'exact') => ({
  left,
  right,
  reason,
  status,
  evidence: ['title: equal', 'years: 0'],
})
const answer = (over: Partial<WorkAnswer['graph']> = {}): WorkAnswer => ({
  work: {
    workId: 'w1',
    revision: 7,
    state: 'live',
    redirectTo: null,
    title: 'x'.repeat(80),
    flags: ['retracted'],
    identifiers: [{ scheme: 'doi', value: '10.5555/a', relation: 'self' }],
    fieldSources: [
      { field: 'title', recordId: 'a', confidence: 0.95, agreeing: 1 },
      { field: 'doi', recordId: 'b' },
    ],
  },
  graph: {
    rules: 'works/1',
    nodes: [
      node('a', { role: 'primary', reason: 'founder', linkedTo: null }),
      node('b', { source: 'pubmed', retracted: true }),
      node('p', {
        source: 'arxiv',
        role: 'version',
        versionKind: 'preprint',
        type: 'preprint',
        reason: 'preprint-article',
      }),
      node('q', { source: 'openalex', linkedTo: 'p', year: null }),
      node('r', { source: 'hal', linkedTo: 'q', reason: 'must-link', title: null }),
    ],
    complete: true,
    links: [
      edge('a', 'b'),
      edge('a', 'p', 'preprint-article', 'strong'),
      edge('b', 'p', 'preprint-article', 'strong'),
      edge('p', 'q'),
    ],
    against: [],
    heldApart: [],
    rulings: [],
    related: [],
    ...over,
  },
})
const lines = (over: Partial<WorkAnswer['graph']> = {}): readonly string[] => workGraphText(answer(over)).split('\n')

test('records hang in a tree from the primary one, each by its rule, with the evidence below', () => {
  expect(lines().slice(0, 12)).toEqual([
    `work w1, live, revision 7, by works/1: "${'x'.repeat(59)}…"`,
    'flags: retracted',
    'crossref:A  primary  article 2018  "Drift of plastic"',
    '├─ same-id (exact) ─ pubmed:B  duplicate  article 2018 RETRACTED  "Drift of plastic"',
    '│     title: equal · years: 0',
    '└─ preprint-article (strong) ─ arxiv:P  version (preprint)  preprint 2018  "Drift of plastic"',
    '   │  title: equal · years: 0',
    '   └─ same-id (exact) ─ openalex:Q  duplicate  article of no year  "Drift of plastic"',
    '      │  title: equal · years: 0',
    '      └─ must-link ─ hal:R  duplicate  article 2018  no title',
    '',
    'other links',
  ])
})

test('links beside the tree follow, each once, and what there is none of is not named', () => {
  const text = lines()
  const from = text.indexOf('other links')
  expect(text.slice(from, from + 3)).toEqual([
    'other links',
    '  pubmed:B — arxiv:P  preprint-article (strong)  title: equal · years: 0',
    '',
  ])
  for (const title of ['held apart', 'rulings', 'related works', 'joined although a rule keeps them apart'])
    expect(text).not.toContain(title)
  expect(lines({ complete: false })).toContain('other links, to the primary record only')
})

test('what is held apart says by which rule it would be here, and what keeps it away', () => {
  const other = { recordId: 'z', source: 'dblp', sourceId: 'Z', type: 'article', year: 2019, title: 'Drift' }
  const link = edge('a', 'z', 'like-title-authors', 'strong')
  const by = edge('b', 'y', 'other-doi', 'ambiguous')
  const beside = { recordId: 'y', source: 'doaj', sourceId: 'Y' }
  const apart = (over: object) =>
    lines({ heldApart: [{ record: other, workId: 'w2', link, by: null, beside: null, rulingId: null, ...over }] }).join(
      '\n',
    )
  expect(apart({ by, beside })).toContain('  dblp:Z of work w2  article 2019  "Drift"')
  expect(apart({ by, beside })).toContain('would be joined to crossref:A by like-title-authors (strong)')
  expect(apart({ by, beside })).toContain('kept apart by other-doi: pubmed:B — doaj:Y')
  expect(apart({ rulingId: 'ruling' })).toContain('kept apart by ruling ruling')
  expect(apart({})).toContain('nothing keeps it apart as things stand')
})

test('rulings, related works, identifiers and fields are listed', () => {
  const text = lines({
    rulings: [
      {
        rulingId: 'm',
        kind: 'link',
        role: 'part',
        actor: 'curator',
        reason: 'one book',
        decidedAt: '2026-01-01',
        inForce: false,
      },
    ],
    related: [
      { workId: 'w3', title: 'Erratum', type: 'erratum', relation: 'has_erratum', scheme: 'doi', value: '10.5555/a' },
    ],
  }).join('\n')
  expect(text).toContain('  link as part by curator on 2026-01-01, not in force: "one book"  m')
  expect(text).toContain('  has_erratum  w3  erratum  "Erratum"  through doi:10.5555/a')
  expect(text).toContain('  self  doi:10.5555/a')
  expect(text).toContain('  title       from crossref:A  confidence 0.95, 1 source says so')
  expect(text).toMatch(/ {2}doi {9}from pubmed:B$/m)
})

test('a long list is cut and says so', () => {
  const links = Array.from({ length: 50 }, (_, at) => edge('a', `x${at}`))
  expect(lines({ links })).toContain('  … and 10 more (--json)')
})
