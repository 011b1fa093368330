import type { Printed } from '../byline.ts'
import type { Publication } from '../publication.ts'
import { FIELDS, INSTITUTIONS, rorOf } from '../vocabulary.ts'
import type { Described } from './described.ts'

/** A work as the OpenAlex API shows it. Its author ids are clusters of its own, which sometimes mix two people. */
export function openalexRecord(
  publication: Publication,
  authors: readonly Printed[],
  { updated, preprint }: Described,
): object {
  const id = `https://openalex.org/${openalexIdOf(publication, preprint)}`
  const doi = `https://doi.org/${preprint ? publication.preprintDoi : publication.doi}`
  const date = isoDate(publication)
  return {
    id,
    doi,
    title: publication.title,
    display_name: publication.title,
    publication_year: publication.year,
    publication_date: date,
    type: preprint ? 'preprint' : 'article',
    language: 'en',
    ids: { openalex: id, doi },
    is_retracted: publication.retracted,
    primary_location: {
      is_oa: preprint,
      landing_page_url: doi,
      source: {
        display_name: preprint ? 'Open Preprint Server' : publication.venue,
        issn_l: preprint ? null : publication.issn,
        issn: preprint ? null : [publication.issn],
        type: preprint ? 'repository' : 'journal',
        host_organization_name: 'Made-up Press',
      },
      version: preprint ? 'submittedVersion' : 'publishedVersion',
    },
    authorships: authors.map((author, index) => {
      const institution = INSTITUTIONS[author.institution]
      const name = `${author.given} ${author.family}`
      return {
        author_position: index === 0 ? 'first' : index === authors.length - 1 ? 'last' : 'middle',
        author: {
          id: `https://openalex.org/A5${String(Math.floor(author.truth / 20) * 20 + (author.truth % 20 === 13 ? 12 : author.truth % 20)).padStart(9, '0')}`,
          display_name: name,
          orcid: author.orcid ? `https://orcid.org/${author.orcid}` : null,
        },
        institutions: institution
          ? [
              {
                id: `https://openalex.org/I7${String(author.institution).padStart(8, '0')}`,
                display_name: institution.name,
                ror: `https://ror.org/${rorOf(author.institution)}`,
                country_code: institution.country,
                type: 'education',
              },
            ]
          : [],
        is_corresponding: index === 0,
        raw_author_name: name,
        raw_affiliation_strings: institution ? [`${institution.name}, ${institution.city}`] : [],
      }
    }),
    biblio: {
      volume: preprint ? null : String(publication.volume),
      issue: null,
      first_page: preprint ? null : String(publication.page),
      last_page: null,
    },
    topics: [
      {
        id: `https://openalex.org/T1${publication.field}`,
        display_name: FIELDS[publication.field]?.name ?? 'Science',
        score: 0.97,
      },
    ],
    keywords: [],
    cited_by_count: (publication.index * 7) % 91,
    updated_date: updated,
  }
}

export function openalexIdOf({ index }: Pick<Publication, 'index'>, preprint: boolean): string {
  return `W9${String(index * 2 + (preprint ? 1 : 0)).padStart(9, '0')}`
}

export function isoDate({ year, month, day }: Pick<Publication, 'year' | 'month' | 'day'>): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
