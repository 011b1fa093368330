import { parseIsbn } from '@atlas/identifiers'
import type {
  RecordDatedEvent,
  RecordFunder,
  RecordIdentifier,
  RecordOpenAccessLocation,
  RecordReference,
  RecordSubject,
  RecordVenue,
} from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { pagesOf, venueOf } from './blank.ts'
import { identifierOfType, relationOf } from './datacite-identifiers.ts'
import { parsePartialDate } from './dates.ts'
import { citedAmong, referenceAsGiven, subjectOf } from './listed.ts'
import { ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { identifierOf, isObject, type Reading } from './reading.ts'

/** The record's DOI (which may be somebody else's), the concept's, of which it is a version, and what it is related to. */
export function zenodoIdentifiers(
  reading: Reading,
  record: JsonObject,
  metadata: JsonObject,
  id: string,
  type: string,
): RecordIdentifier[] {
  const doi = (value: JsonObject[string], pointer: string) => reading.doi(reading.text(value, pointer), pointer)
  const imprint = reading.object(metadata.imprint, '/metadata/imprint')
  const isbn = reading.text(imprint.isbn, '/metadata/imprint/isbn')
  const alternate = reading.objects(metadata.alternate_identifiers, '/metadata/alternate_identifiers')
  return [
    ...identifierOf('zenodo', id),
    ...identifierOf('doi', doi(metadata.doi ?? record.doi, '/metadata/doi')),
    ...identifierOf('doi', doi(record.conceptdoi, '/conceptdoi'), 'version_of'),
    ...identifierOf('isbn', isbn && parseIsbn(isbn), type === 'book-chapter' ? 'part_of' : 'self'),
    ...related(reading, metadata),
    // Depositors enter there what is about the thing as well, a dataset's article: it says nothing of which work this is.
    ...alternate.flatMap((item, at) => one(reading, item, 'alternate', `/metadata/alternate_identifiers/${at}`)),
  ]
}

function related(reading: Reading, metadata: JsonObject): RecordIdentifier[] {
  return reading.objects(metadata.related_identifiers, '/metadata/related_identifiers').flatMap((item, at) => {
    const pointer = `/metadata/related_identifiers/${at}`
    const word = reading.text(item.relation, `${pointer}/relation`) ?? ''
    const relation = relationOf(word.slice(0, 1).toUpperCase() + word.slice(1))
    return relation === '' ? [] : one(reading, item, relation, pointer)
  })
}

function one(reading: Reading, item: JsonObject, relation: string, pointer: string): RecordIdentifier[] {
  const value = reading.text(item.identifier, `${pointer}/identifier`)
  const scheme = reading.text(item.scheme, `${pointer}/scheme`) ?? schemeOf(value ?? '')
  return identifierOfType(reading, value, scheme, relation, `${pointer}/identifier`)
}

function schemeOf(value: string): string {
  return /^10\.\d{4,9}\//.test(value) ? 'doi' : 'url'
}

/** A journal, a book, a conference, or Zenodo itself. */
export function zenodoVenue(reading: Reading, metadata: JsonObject): RecordVenue | null {
  const part = (key: string) => reading.object(metadata[key], `/metadata/${key}`)
  const [journal, book, meeting, imprint] = [part('journal'), part('part_of'), part('meeting'), part('imprint')]
  const publisher = reading.plain(imprint.publisher, '/metadata/imprint/publisher')
  const title = (holder: JsonObject, key: string) => reading.plain(holder.title, `/metadata/${key}/title`)
  const inJournal = title(journal, 'journal')
  if (inJournal !== undefined) {
    return venueOf({
      name: inJournal,
      type: 'journal',
      publisher,
      volume: reading.text(journal.volume, '/metadata/journal/volume'),
      issue: reading.text(journal.issue, '/metadata/journal/issue'),
      ...pagesOf(reading.text(journal.pages, '/metadata/journal/pages')),
    })
  }
  const inBook = title(book, 'part_of')
  if (inBook !== undefined)
    return venueOf({
      name: inBook,
      type: 'other',
      publisher,
      ...pagesOf(reading.text(book.pages, '/metadata/part_of/pages')),
    })
  const at = title(meeting, 'meeting')
  if (at !== undefined) return venueOf({ name: at, type: 'conference', publisher })
  return venueOf({ name: 'Zenodo', type: 'repository', publisher: publisher ?? 'Zenodo' })
}

/** Grants, those of one funder together. */
export function zenodoFunders(reading: Reading, metadata: JsonObject): RecordFunder[] {
  const found = new Map<string, RecordFunder & { readonly awards: string[] }>()
  for (const [at, grant] of reading.objects(metadata.grants, '/metadata/grants').entries()) {
    const funder = reading.object(grant.funder, `/metadata/grants/${at}/funder`)
    const name = reading.plain(funder.name, `/metadata/grants/${at}/funder/name`)
    const doi = reading.doi(
      reading.text(funder.doi, `/metadata/grants/${at}/funder/doi`),
      `/metadata/grants/${at}/funder/doi`,
    )
    const code = reading.text(grant.code, `/metadata/grants/${at}/code`)
    const key = doi ?? name ?? ''
    const known = found.get(key) ?? {
      name: name ?? null,
      identifiers: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
      awards: [],
    }
    if (code !== undefined) known.awards.push(code)
    if (key !== '' || code !== undefined) found.set(key, known)
  }
  return [...found.values()]
}

/** What it cites: entries as written, and the works named as cited. */
export function zenodoReferences(
  reading: Reading,
  metadata: JsonObject,
  identifiers: readonly RecordIdentifier[],
): RecordReference[] {
  return [
    ...citedAmong(identifiers),
    ...reading.list(metadata.references, '/metadata/references').flatMap((entry, at) => {
      return referenceAsGiven(reading.plain(entry, `/metadata/references/${at}`))
    }),
  ]
}

const EVENTS: Readonly<Record<string, string>> = {
  collected: 'collected',
  valid: 'valid',
  withdrawn: 'withdrawn',
  created: 'created',
  submitted: 'submitted',
  accepted: 'accepted',
}

export function zenodoDates(metadata: JsonObject): RecordDatedEvent[] {
  const dates = Array.isArray(metadata.dates) ? metadata.dates : []
  return dates.flatMap((one) => {
    if (!isObject(one)) return []
    const kind = ourWord(EVENTS, String(one.type).toLowerCase())
    const text = one.start ?? one.date ?? one.end
    const date = typeof text === 'string' ? parsePartialDate(text) : undefined
    return kind === undefined || date === undefined ? [] : { kind, ...date }
  })
}

/** Its page, and the first PDF in it, where everybody may read them. */
export function zenodoPlaces(
  reading: Reading,
  record: JsonObject,
  id: string,
  licence: string | undefined,
): RecordOpenAccessLocation[] {
  const pdf = reading
    .objects(record.files, '/files')
    .find(({ key, filename }) => /\.pdf$/i.test(String(key ?? filename)))
  const links = reading.object(pdf?.links, '/files/links')
  const pdfUrl = reading.text(links.self ?? links.download, '/files/links/self')
  return openPlace(`https://zenodo.org/records/${id}`, { pdfUrl, host: 'repository', licence, best: true })
}

/** Keywords, subjects of a vocabulary, and communities. */
export function zenodoSubjects(reading: Reading, metadata: JsonObject): RecordSubject[] {
  const keywords = reading.oneOrMore(metadata.keywords).map((label) => ({ label, scheme: 'keyword', id: null }))
  const subjects = reading.objects(metadata.subjects, '/metadata/subjects').map((subject, at) => ({
    label: subject.term,
    scheme: reading.text(subject.scheme, `/metadata/subjects/${at}/scheme`)?.toLowerCase() ?? 'keyword',
    id: reading.text(subject.identifier, `/metadata/subjects/${at}/identifier`) ?? null,
  }))
  const communities = reading.objects(metadata.communities, '/metadata/communities').map(({ id, identifier }, at) => {
    const label = reading.text(id ?? identifier, `/metadata/communities/${at}/id`) ?? null
    return { label, scheme: 'zenodo_community', id: label }
  })
  return [...keywords, ...subjects, ...communities].flatMap(({ label, scheme, id }) =>
    subjectOf(scheme, reading.plain(label, '/metadata/keywords'), id),
  )
}
