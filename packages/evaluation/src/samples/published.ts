import { parseDoi } from '@atlas/identifiers'
import type { LinkageRecord } from '@atlas/linkage'
import type { SampleRecord } from './sample-record.ts'

/** Which DOI the article of a preprint has. */
export interface Published {
  readonly preprint: string
  readonly doi: string
}

/** Rows of `filename,doi,related_doi`. */
export function publishedIn(csv: string): readonly Published[] {
  const [, ...rows] = csv.split(/\r?\n/).filter((row) => row.trim() !== '')
  return rows.flatMap((row) => {
    const [, preprint, doi] = row.split(',')
    const [of, published] = [parseDoi(preprint ?? ''), parseDoi(doi ?? '')]
    return of !== undefined && published !== undefined ? [{ preprint: of, doi: published }] : []
  })
}

/**
 * What a publisher would register of a preprint: its DOI, the same title, initials for given names, a year later. Made up
 * because the samples have no record of those articles; what it tests is the preprint's side.
 */
export function publishedRecord(preprint: SampleRecord, doi: string): SampleRecord {
  const { title, titles, published, language, authors } = preprint
  return {
    source: 'crossref',
    sourceId: doi,
    deleted: false,
    title,
    titles,
    type: 'article',
    published: published === null ? null : { year: published.year + 1, month: null, day: null },
    language,
    venue: null,
    identifiers: [{ scheme: 'doi', value: doi, relation: 'self' }],
    authors: authors.map((author) => ({
      ...author,
      name: author.given && author.family ? `${initialsOf(author.given)} ${author.family}` : author.name,
      given: author.given === null ? null : initialsOf(author.given),
      orcid: null,
      affiliations: [],
    })),
    subjects: [],
    retracted: false,
  }
}

/** The record without what names it: only what people read is left. */
export function withoutIdentifiers(record: LinkageRecord): LinkageRecord {
  return { ...record, identifiers: [] }
}

function initialsOf(given: string): string {
  return given
    .split(/[\s.]+/)
    .filter((part) => part !== '')
    .map((part) => `${part[0]}.`)
    .join(' ')
}
