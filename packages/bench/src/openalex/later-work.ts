import type { LinkageAffiliation, NameForm } from '@atlas/linkage'
import type { Population } from '../people/people.ts'
import { toldAtLength } from '../people/told.ts'
import { laterSlot } from '../people/works.ts'

const TITLE_WORDS = 8

/** A later work of person `index` of a population, as the API of OpenAlex shows it: one line of JSON. */
export function laterWork(population: Population, index: number, no: number): string {
  const { slot, work } = toldAtLength(laterSlot(population, index, no))
  const id = `https://openalex.org/${laterId(no)}`
  const doi = `https://doi.org/10.5555/later.${no}`
  const words = work.terms ?? []
  const title = `${words.slice(0, TITLE_WORDS).join(' ')} of ${no}`
  return JSON.stringify({
    id,
    doi,
    title,
    display_name: title,
    publication_year: work.year,
    publication_date: `${work.year}-06-01`,
    type: 'article',
    language: 'en',
    ids: { openalex: id, doi },
    primary_location: {
      landing_page_url: doi,
      source: { display_name: work.venue, type: 'journal' },
      version: 'publishedVersion',
    },
    authorships: work.byline.map(({ name }, at) => authorship(name, 100 * no + at, at === 0 ? slot.affiliations : [])),
    topics: work.subjects.map((subject) => ({ display_name: subject, score: 0.9 })),
    abstract_inverted_index: Object.fromEntries(words.map((word, at) => [word, [at]])),
    updated_date: '2026-03-01T08:00:00.000Z',
  })
}

/** OpenAlex's id of the `no`-th work. */
export function laterId(no: number): string {
  return `W${5_000_000_000 + no}`
}

function authorship({ name }: NameForm, author: number, affiliations: readonly LinkageAffiliation[]) {
  return {
    author: { id: `https://openalex.org/A${5_000_000_000 + author}`, display_name: name, orcid: null },
    institutions: [],
    raw_author_name: name,
    raw_affiliation_strings: affiliations.map((one) => one.name),
  }
}
