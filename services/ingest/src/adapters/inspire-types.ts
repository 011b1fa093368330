import type { JsonObject } from './adapter.ts'
import type { OpenAccessRule } from './mapping.ts'
import { ourWord } from './mapping.ts'

/** The words of `document_type`; an article that has appeared nowhere but in arXiv is a preprint. */
export const INSPIRE_TYPES: Readonly<Record<string, string>> = {
  article: 'article',
  'conference paper': 'conference-paper',
  'book chapter': 'book-chapter',
  book: 'book',
  proceedings: 'book',
  thesis: 'thesis',
  report: 'report',
  'activity report': 'report',
  note: 'other',
}

// A record has several types where it was put together from several sources; this order decides.
const BY_RANK = [
  ...[
    'thesis',
    'proceedings',
    'book chapter',
    'book',
    'conference paper',
    'activity report',
    'report',
    'article',
    'note',
  ],
]
// Theses for the degrees below a doctorate.
const LESSER_DEGREES = new Set(['bachelor', 'diploma', 'laurea', 'master', 'other'])

/** Our type of a record, by its types, its kind of publication, its degree, and whether it was published. */
export function inspireType(
  types: readonly string[],
  known: { review: boolean; degree: string; unpublished: boolean },
) {
  const word = BY_RANK.find((one) => types.includes(one))
  if (word === 'thesis' && LESSER_DEGREES.has(known.degree)) return 'dissertation'
  if (word === 'article' && known.review) return 'review'
  if (word === 'article' && known.unpublished) return 'preprint'
  return ourWord(INSPIRE_TYPES, word) ?? 'other'
}

export const INSPIRE_OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  {
    when: 'a licence of Creative Commons for the publication',
    status: 'hybrid',
    holds: ({ license }) => Array.isArray(license) && license.some(isOpenLicence),
  },
  {
    when: 'arxiv_eprints is there',
    status: 'green',
    holds: ({ arxiv_eprints: eprints }) => Array.isArray(eprints) && eprints.length > 0,
  },
]

function isOpenLicence(given: unknown): boolean {
  const { material, url, license } = (given ?? {}) as { material?: unknown; url?: unknown; license?: unknown }
  if (material !== undefined && material !== 'publication') return false
  return /creativecommons\.org|^cc[ -]by/i.test(`${url ?? ''}`) || /^cc[ -](?:by|0|zero)/i.test(`${license ?? ''}`)
}

/** What the things are that a DOI or a place in a journal is of, beside the main publication. */
export const MATERIALS: Readonly<Record<string, string>> = {
  erratum: 'has_erratum',
  'editorial note': 'has_erratum',
  addendum: 'has_supplement',
  data: 'has_supplement',
  software: 'has_supplement',
  part: 'has_part',
  preprint: 'has_preprint',
  reprint: 'has_version',
  version: 'has_version',
  translation: 'has_translation',
}

/** Vocabularies of the ids of authors. */
export const AUTHOR_IDS: Readonly<Record<string, string>> = {
  'INSPIRE ID': 'inspire_id',
  'INSPIRE BAI': 'inspire_bai',
  SCOPUS: 'scopus_author',
  RESEARCHERID: 'researcher_id',
  GOOGLESCHOLAR: 'google_scholar',
  JACOW: 'jacow',
  KAKEN: 'kaken',
  ARXIV: 'arxiv_author',
  CERN: 'cern',
  DESY: 'desy',
  SLAC: 'slac',
  SPIRES: 'spires',
  VIAF: 'viaf',
}

/** Catalogues that have the same thing, by INSPIRE's name for them. */
export const CATALOGUES: Readonly<Record<string, string>> = {
  ADS: 'bibcode',
  CDS: 'cds',
  MSNET: 'mr',
  ZBLATT: 'zbl',
  OSTI: 'osti',
  KEKSCAN: 'kekscan',
  EUCLID: 'euclid',
  HDL: 'handle',
  URN: 'urn',
}
