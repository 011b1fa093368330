import { type Random, randomOf } from '@atlas/testing/world'
import type { MadeName } from '../people/names.ts'
import { anyNaming } from '../people/people.ts'
import { skewOf } from '../people/skew.ts'
import { digits, kindOf, type Named, phrase, prose, score } from './vocabulary.ts'

// As many of each as OpenAlex has, more or less.
const institutions = kindOf('institution', 'I', 100_000, 0.5, 3)
const sources = kindOf('source', 'S', 60_000, 0.5, 4)
const topics = kindOf('topic', 'T', 4_500, 0.5, 4)
const fields = kindOf('field', 'F', 250, 0.5, 2)
const concepts = kindOf('concept', 'C', 60_000, 0.4, 2)
// One to twelve authors, three in the mean.
const bylines = skewOf(12, 1.7, 0.5)

/** Bytes of one made-up work of OpenAlex in the shape of its API: the `no`-th of `seed`. */
export function madeWork(seed: string, no: number): string {
  const random = randomOf('work of openalex', seed, no)
  const id = `https://openalex.org/W${4_000_000_000 + no}`
  const doi = `https://doi.org/10.5555/${phrase(random, 1).toLowerCase()}.${digits(random)}`
  const title = phrase(random, 6 + random.int(8))
  const year = 1990 + random.int(35)
  const date = `${year}-${two(1 + random.int(12))}-${two(1 + random.int(28))}`
  const place = location(random, doi)
  const authorships = byline(random)
  const ownTopics = Array.from({ length: 2 }, () => topic(random))
  const status = random.pick(['closed', 'gold', 'green', 'hybrid', 'bronze'])
  return JSON.stringify({
    id,
    doi,
    title,
    display_name: title,
    publication_year: year,
    publication_date: date,
    ids: { openalex: id, doi, pmid: `https://pubmed.ncbi.nlm.nih.gov/${random.int(38_000_000)}` },
    language: 'en',
    primary_location: place,
    type: random.pick(['article', 'article', 'article', 'preprint', 'book-chapter']),
    open_access: { is_oa: status !== 'closed', oa_status: status, oa_url: null, any_repository_has_fulltext: false },
    authorships,
    countries_distinct_count: 1 + random.int(3),
    institutions_distinct_count: 1 + random.int(5),
    corresponding_author_ids: authorships.slice(0, 1).map(({ author }) => author.id),
    fwci: score(random),
    cited_by_count: random.int(200),
    biblio: {
      volume: String(random.int(90)),
      issue: String(random.int(12)),
      first_page: String(random.int(900)),
      last_page: null,
    },
    is_retracted: false,
    is_paratext: false,
    primary_topic: ownTopics[0],
    topics: ownTopics,
    keywords: Array.from({ length: 1 }, () => keyword(random)),
    concepts: Array.from({ length: 2 }, () => concept(random)),
    locations_count: 1,
    locations: random.chance(0.3) ? [place] : [],
    best_oa_location: null,
    grants: [],
    referenced_works_count: 20,
    referenced_works: Array.from({ length: 12 + random.int(14) }, () => `https://openalex.org/W${digits(random)}`),
    related_works: Array.from({ length: 8 }, () => `https://openalex.org/W${digits(random)}`),
    abstract_inverted_index: inverted(prose(random, 50 + random.int(115))),
    counts_by_year: Array.from({ length: 3 }, (_, at) => ({ year: 2025 - at, cited_by_count: random.int(30) })),
    updated_date: `2025-${two(1 + random.int(12))}-${two(1 + random.int(28))}T0${random.int(10)}:${two(random.int(60))}:38.${random.int(900_000) + 100_000}`,
    created_date: date,
  })
}

function location(random: Random, doi: string) {
  const source = sources.pick(random)
  const issn = `${1000 + source.random.int(8999)}-${1000 + source.random.int(8999)}`
  return {
    is_oa: random.chance(0.4),
    landing_page_url: doi,
    pdf_url: null,
    source: {
      id: source.id,
      display_name: source.name,
      issn_l: issn,
      issn: [issn],
      is_oa: source.random.chance(0.3),
      is_in_doaj: source.random.chance(0.3),
      host_organization: `https://openalex.org/P${digits(source.random)}`,
      host_organization_name: phrase(source.random, 2),
      type: 'journal',
    },
    license: random.pick([null, 'cc-by']),
    version: 'publishedVersion',
    is_accepted: true,
    is_published: true,
  }
}

function byline(random: Random) {
  const naming = anyNaming(random)
  const home = institutions.pick(random)
  const count = 1 + bylines(random)
  return Array.from({ length: count }, (_, at) => {
    const place = random.chance(0.7) ? home : institutions.pick(random)
    return authorship(random, naming.draw(random), place, at, count)
  })
}

function authorship(random: Random, { given, family }: MadeName, place: Named, at: number, count: number) {
  const { random: own } = place
  const name = [...given, family].map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join(' ')
  const country = own.pick(['US', 'CN', 'DE', 'FR', 'GB', 'IN', 'BR', 'JP'])
  const raw = `${phrase(random, 4)}, ${place.name}, ${phrase(own, 1)}, ${country}`
  const ror = `https://ror.org/${rorOf(place.rank)}`
  return {
    author_position: at === 0 ? 'first' : at === count - 1 ? 'last' : 'middle',
    author: {
      id: `https://openalex.org/A5${String(random.int(100_000_000)).padStart(9, '0')}`,
      display_name: name,
      orcid: random.chance(0.4) ? `https://orcid.org/${orcidOf(random.int(100_000_000))}` : null,
    },
    institutions: [
      {
        id: place.id,
        display_name: place.name,
        ror,
        country_code: country,
        type: 'education',
      },
    ],
    countries: [country],
    is_corresponding: at === 0,
    raw_author_name: name,
    raw_affiliation_strings: [raw],
    affiliations: [{ raw_affiliation_string: raw, institution_ids: [place.id] }],
  }
}

function topic(random: Random) {
  const one = topics.pick(random)
  const part = (kind: string) => {
    const { rank, name } = fields.pick(one.random)
    return { id: `https://openalex.org/${kind}/${rank}`, display_name: name }
  }
  return {
    id: one.id,
    display_name: one.name,
    score: score(random),
    subfield: part('subfields'),
    field: part('fields'),
    domain: part('domains'),
  }
}

function keyword(random: Random) {
  const { name } = concepts.pick(random)
  return {
    id: `https://openalex.org/keywords/${name.toLowerCase().replaceAll(' ', '-')}`,
    display_name: name,
    score: score(random),
  }
}

function concept(random: Random) {
  const { id, name, random: own } = concepts.pick(random)
  const wikidata = `https://www.wikidata.org/wiki/Q${own.int(9_000_000)}`
  return { id, wikidata, display_name: name, level: own.int(4), score: score(random) }
}

function inverted(words: readonly string[]): Record<string, number[]> {
  const places = Map.groupBy(words.keys(), (at) => words[at] ?? '')
  return Object.fromEntries(places)
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

const CROCKFORD = '0123456789abcdefghjkmnpqrstvwxyz'

/** Checked as ROR does it: ISO 7064, mod 97-10, over the number that six letters stand for. */
function rorOf(rank: number): string {
  let letters = ''
  for (let left = rank * 9973 + 12_345, at = 0; at < 6; at++, left = Math.floor(left / 32))
    letters = CROCKFORD.charAt(left % 32) + letters
  const number = [...letters].reduce((sum, letter) => sum * 32 + CROCKFORD.indexOf(letter), 0)
  return `0${letters}${two(98 - ((number * 100) % 97))}`
}

/** With its check digit: ISO 7064, mod 11-2. Below the range that ORCID assigns from. */
function orcidOf(number: number): string {
  const base = `00000000${String(number).padStart(7, '0').slice(-7)}`
  const sum = [...base].reduce((total, digit) => (total + Number(digit)) * 2, 0)
  const check = (12 - (sum % 11)) % 11
  const all = base + (check === 10 ? 'X' : String(check))
  return all.replace(/(.{4})(?=.)/g, '$1-')
}
