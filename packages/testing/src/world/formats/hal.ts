import type { Printed } from '../byline.ts'
import type { Publication } from '../publication.ts'
import { INSTITUTIONS } from '../vocabulary.ts'
import type { Described } from './described.ts'
import { isoDate } from './openalex.ts'

const SEPARATOR = '_FacetSep_'

/** A document as the HAL search API shows it: parallel lists of names, form ids and structures. */
export function halRecord(publication: Publication, authors: readonly Printed[], { updated }: Described): object {
  const halId = halIdOf(publication)
  const names = authors.map((author) => `${author.given} ${author.family}`)
  return {
    docid: String(9_000_000 + publication.index),
    halId_s: halId,
    uri_s: `https://hal.example/${halId}v1`,
    version_i: 1,
    docType_s: 'ART',
    title_s: [publication.title],
    en_title_s: [publication.title],
    language_s: ['en'],
    doiId_s: publication.doi,
    authFullName_s: names,
    authFirstName_s: authors.map((author) => author.given),
    authLastName_s: authors.map((author) => author.family),
    authQuality_s: authors.map((_, index) => (index === 0 ? 'crp' : 'aut')),
    authORCIDIdExt_s: authors.flatMap((author) => (author.orcid ? [author.orcid] : [])),
    authFullNameFormIDPersonIDIDHal_fs: authors.map(
      (author, index) => `${names[index]}${SEPARATOR}${500_000 + author.truth}-${author.truth}${SEPARATOR}`,
    ),
    structName_s: [...new Set(authors.map((author) => INSTITUTIONS[author.institution]?.name ?? ''))],
    producedDate_s: isoDate(publication),
    publicationDate_s: isoDate(publication),
    producedDateY_i: publication.year,
    journalTitle_s: publication.venue,
    journalIssn_s: publication.issn,
    volume_s: String(publication.volume),
    page_s: `${publication.page}`,
    modifiedDate_tdate: updated,
    submittedDate_tdate: updated,
  }
}

export function halIdOf({ index }: Pick<Publication, 'index'>): string {
  return `hal-${String(9_000_000 + index).padStart(8, '0')}`
}
