import type { Printed } from '../byline.ts'
import type { Publication } from '../publication.ts'
import { INSTITUTIONS } from '../vocabulary.ts'
import type { Described } from './described.ts'

/** A work as the Crossref REST API shows it: names split, dates in parts, markup in some titles. */
export function crossrefRecord(
  publication: Publication,
  authors: readonly Printed[],
  { updated, preprint }: Described,
): object {
  const { year, month, day } = publication
  const stamp = {
    'date-parts': [updated.slice(0, 10).split('-').map(Number)],
    'date-time': updated,
    timestamp: Date.parse(updated),
  }
  return {
    DOI: (preprint ? publication.preprintDoi : publication.doi)?.toUpperCase(),
    URL: `http://dx.doi.org/${preprint ? publication.preprintDoi : publication.doi}`,
    type: preprint ? 'posted-content' : 'journal-article',
    ...(preprint ? { subtype: 'preprint' } : {}),
    title: [publication.index % 9 === 0 ? `<i>${publication.title}</i>` : publication.title.replace('&', '&amp;')],
    'container-title': preprint ? [] : [publication.venue],
    ...(preprint
      ? {}
      : {
          ISSN: [publication.issn],
          volume: String(publication.volume),
          page: `${publication.page}-${publication.page + 11}`,
        }),
    publisher: 'Made-up Press',
    language: 'en',
    issued: { 'date-parts': [[year, month, day]] },
    published: { 'date-parts': [[year, month, day]] },
    author: authors.map((author, index) => {
      const institution = INSTITUTIONS[author.institution]
      return {
        ...(author.orcid ? { ORCID: `http://orcid.org/${author.orcid}`, 'authenticated-orcid': index % 2 === 0 } : {}),
        given: author.given,
        family: author.family,
        sequence: index === 0 ? 'first' : 'additional',
        affiliation:
          institution && index % 3 !== 2
            ? [{ name: `${institution.name}, ${institution.city}, ${institution.country}` }]
            : [],
      }
    }),
    ...(publication.preprintDoi
      ? {
          relation: preprint
            ? { 'is-preprint-of': [{ 'id-type': 'doi', id: publication.doi, 'asserted-by': 'subject' }] }
            : { 'has-preprint': [{ 'id-type': 'doi', id: publication.preprintDoi, 'asserted-by': 'object' }] },
        }
      : {}),
    ...(publication.retracted && !preprint ? { 'update-to': [] } : {}),
    indexed: stamp,
    deposited: stamp,
    'is-referenced-by-count': (publication.index * 3) % 57,
    'reference-count': 20,
    member: '99999',
    prefix: '10.5555',
    source: 'Crossref',
  }
}
