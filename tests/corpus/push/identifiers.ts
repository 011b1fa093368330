import type { PushCase } from './push-case.ts'

let works = 7_000_000_000

/** What the real adapters make of ids and identifiers. */
// biome-ignore format: a table
export const IDENTIFIERS: readonly PushCase[] = [
  ...['W71', 'https://openalex.org/W72', 'w73'].map((sourceId) => of('openalex', 'H72', `deletion of ${sourceId}`, () => ({ _atlas: { op: 'delete', sourceId } }), [], 0)),
  of('openalex', 'H72', 'deletion of a person', () => ({ _atlas: { op: 'delete', sourceId: 'A71' } }), ['invalid_field 1 /_atlas/sourceId']),
  of('openalex', 'H72', 'deletion of nothing', () => ({ _atlas: { op: 'delete', sourceId: 'abc' } }), ['invalid_field 1 /_atlas/sourceId']),
  of('openalex', 'H72', 'a person', () => ({ id: 'https://openalex.org/A12' }), ['invalid_enum 1 /id']),
  of('openalex', 'H70', 'no id', () => ({ title: 'T' }), ['missing_field 1 /id']),
  of('openalex', 'H71', 'an id of nothing', () => ({ id: 'X12', title: 'T' }), ['invalid_field 1 /id']),
  of('crossref', 'H70', 'no DOI', () => ({ title: ['T'] }), ['missing_field 1 /DOI']),
  of('crossref', 'H71', 'a DOI that is a number', () => ({ DOI: 10.1, title: ['T'] }), ['invalid_field 1 /DOI']),
  ...['10.', 'doi:', 'https://doi.org/', 'unknown'].map((doi) => odd('H76', `DOI ${doi}`, { doi }, 'doi_unusable 1 /doi')),
  ...['doi:10.5555/ab', 'https://doi.org/10.5555/AB', '10.5555/AB', ' 10.5555/ab '].map((doi) => odd('H76', `DOI ${doi}`, { doi })),
  ...['0000-0002-1825-0098', '0000-0000-0000-0000', '1234'].map((orcid) => odd('H77', `ORCID ${orcid}`, { orcid }, 'orcid_unusable 1 /authorships/0/author/orcid')),
  ...['https://orcid.org/0000-0002-1825-0097', '0000-0000-0000-116X', '0000-0000-0000-116x'].map((orcid) => odd('H77', `ORCID ${orcid}`, { orcid })),
]

function odd(id: string, title: string, given: { doi?: string; orcid?: string }, warned?: string): PushCase {
  const kase = of('openalex', id, title, () => work(given))
  return { ...kase, expect: { ...kase.expect, warned: warned === undefined ? [] : [warned] } }
}

function work({ doi = null, orcid = null }: { doi?: string | null; orcid?: string | null }) {
  const author = { id: null, display_name: 'Ann Ar', orcid }
  const authorships = [{ author_position: 'first', author, raw_author_name: 'Ann Ar', institutions: [] }]
  return { id: `https://openalex.org/W${++works}`, doi, title: 'T', display_name: 'T', type: 'article', authorships }
}

function of(
  source: string,
  id: string,
  title: string,
  line: () => object,
  refused: readonly string[] = [],
  published?: number,
): PushCase {
  return {
    id,
    title: `${source}: ${title}`,
    make: () => ({ path: `/v1/sources/${source}/records`, body: JSON.stringify(line()) }),
    expect: {
      status: 200,
      refused,
      counts: refused.length === 0 ? { stored: 1 } : { refused: 1 },
      warned: [],
      ...(published === undefined ? {} : { published }),
    },
  }
}
