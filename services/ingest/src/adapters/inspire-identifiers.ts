import { parseArxivId, parseDoi, parseHalId, parseInspireId, parseIsbn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordReference } from '@atlas/schemas'
import type { JsonObject } from './adapter.ts'
import { recidIn } from './inspire-authors.ts'
import { CATALOGUES, MATERIALS } from './inspire-types.ts'
import { referenceAsGiven, referenceTo } from './listed.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, isObject, type Reading } from './reading.ts'

const BOOKS = new Set(['book', 'thesis', 'dissertation', 'report'])

/** The record's number; else, of a record that INSPIRE has not taken in yet, what it is known by elsewhere. */
export function inspireSourceId(reading: Reading, metadata: JsonObject): string {
  const { control_number: number } = metadata
  if (number !== undefined && number !== null) {
    const id = parseInspireId(String(number))
    if (id === undefined) reading.refuse('invalid_field', '/control_number', 'the number of a record is digits')
    return id ?? ''
  }
  const [eprint] = reading.objects(metadata.arxiv_eprints, '/arxiv_eprints')
  const [doi] = reading.objects(metadata.dois, '/dois')
  const [elsewhere] = reading.objects(metadata.external_system_identifiers, '/external_system_identifiers')
  const arxiv = typeof eprint?.value === 'string' ? parseArxivId(eprint.value)?.id : undefined
  if (arxiv !== undefined) return `arxiv:${arxiv}`
  const known = typeof doi?.value === 'string' ? parseDoi(doi.value) : undefined
  if (known !== undefined) return `doi:${known}`
  if (typeof elsewhere?.schema === 'string' && typeof elsewhere.value === 'string')
    return reading.sourceId(`${elsewhere.schema.toLowerCase()}:${elsewhere.value}`, '/external_system_identifiers/0')
  reading.refuse('missing_field', '/control_number', 'the record has no number, and no identifier to stand for it')
  return ''
}

/** What the record is, and what it is connected with. */
export function inspireIdentifiers(reading: Reading, metadata: JsonObject, type: string): RecordIdentifier[] {
  return [
    ...identifierOf('inspire', metadata.control_number === undefined ? null : String(metadata.control_number)),
    ...doisOf(reading, metadata),
    ...reading.objects(metadata.arxiv_eprints, '/arxiv_eprints').flatMap((eprint, at) => {
      const pointer = `/arxiv_eprints/${at}/value`
      const id = reading.parsed(reading.text(eprint.value, pointer), parseArxivId, 'arxiv_unusable', pointer)?.id
      return identifierOf('arxiv', id)
    }),
    ...isbns(reading, metadata, type),
    ...elsewhere(reading, metadata),
    ...related(reading, metadata),
  ]
}

function doisOf(reading: Reading, metadata: JsonObject): RecordIdentifier[] {
  return reading.objects(metadata.dois, '/dois').flatMap((doi, at) => {
    const value = reading.doi(reading.text(doi.value, `/dois/${at}/value`), `/dois/${at}/value`)
    return identifierOf('doi', value, ourWord(MATERIALS, String(doi.material)) ?? 'self')
  })
}

function isbns(reading: Reading, metadata: JsonObject, type: string): RecordIdentifier[] {
  const own = reading.objects(metadata.isbns, '/isbns').map(({ value }) => value)
  const parents = reading.objects(metadata.publication_info, '/publication_info').map((info) => info.parent_isbn)
  const of = (values: readonly JsonObject[string][], relation: string) =>
    values.flatMap((value) =>
      identifierOf(
        'isbn',
        reading.parsed(reading.text(value, '/isbns'), parseIsbn, 'isbn_unusable', '/isbns'),
        relation,
      ),
    )
  return [...of(own, BOOKS.has(type) ? 'self' : 'part_of'), ...of(parents, 'part_of')]
}

function elsewhere(reading: Reading, metadata: JsonObject): RecordIdentifier[] {
  const keys = ['external_system_identifiers', 'persistent_identifiers']
  const known = keys.flatMap((key) =>
    reading.objects(metadata[key], `/${key}`).flatMap(({ schema, value }, at) => {
      const text = reading.text(value, `/${key}/${at}/value`)?.trim()
      if (text === undefined) return []
      if (schema === 'HAL') return identifierOf('hal', parseHalId(text)?.id)
      return identifierOf(ourWord(CATALOGUES, String(schema)) ?? String(schema).toLowerCase(), text)
    }),
  )
  const reports = reading
    .objects(metadata.report_numbers, '/report_numbers')
    .flatMap(({ value }, at) => identifierOf('report_number', reading.plain(value, `/report_numbers/${at}/value`)))
  return [...known, ...reports]
}

const RELATED: Readonly<Record<string, string>> = {
  predecessor: 'version_of',
  successor: 'has_version',
  parent: 'part_of',
  commented: 'comment_on',
}

/** Records that were merged into this one, or that it was merged into, are this one. */
function related(reading: Reading, metadata: JsonObject): RecordIdentifier[] {
  const merged = reading.objects(metadata.deleted_records, '/deleted_records').map(recidIn)
  const parents = reading
    .objects(metadata.publication_info, '/publication_info')
    .map(({ parent_record: parent }) => recidIn(parent))
  return [
    ...[...merged, recidIn(metadata.new_record)].flatMap((id) => identifierOf('inspire', id, 'identical')),
    ...parents.flatMap((id) => identifierOf('inspire', id, 'part_of')),
    ...reading.objects(metadata.related_records, '/related_records').flatMap(({ record, relation }) => {
      return identifierOf('inspire', recidIn(record), ourWord(RELATED, String(relation)) ?? 'related')
    }),
  ]
}

/** The list of references in its order: the best identifier of each, else its line. */
export function inspireReferences(reading: Reading, metadata: JsonObject): RecordReference[] {
  return reading.objects(metadata.references, '/references').flatMap((entry, at) => {
    const reference = reading.object(entry.reference, `/references/${at}/reference`)
    const [doi] = reading.list(reference.dois, `/references/${at}/reference/dois`)
    const parsedDoi = typeof doi === 'string' ? parseDoi(doi) : undefined
    if (parsedDoi !== undefined) return referenceTo('doi', parsedDoi)
    const { arxiv_eprint: eprint } = reference
    const arxiv = typeof eprint === 'string' ? parseArxivId(eprint)?.id : undefined
    if (arxiv !== undefined) return referenceTo('arxiv', arxiv)
    const record = recidIn(entry.record)
    if (record !== undefined) return referenceTo('inspire', record)
    return referenceAsGiven(lineOf(reading, entry, reference, `/references/${at}`))
  })
}

/** The line of the paper; where it was not kept, what was read out of it. */
function lineOf(reading: Reading, entry: JsonObject, reference: JsonObject, pointer: string): string | undefined {
  const [raw] = reading.objects(entry.raw_refs, `${pointer}/raw_refs`)
  const line = reading.plain(raw?.value, `${pointer}/raw_refs/0/value`)
  if (line !== undefined) return line
  const info = isObject(reference.publication_info) ? reference.publication_info : {}
  const authors = reading
    .objects(reference.authors, `${pointer}/reference/authors`)
    .map((author) => author.full_name)
    .join('; ')
  const parts = [
    ...[authors, isObject(reference.title) ? reference.title.title : undefined],
    ...[info.journal_title, info.journal_volume, info.year, info.page_start ?? info.artid],
    ...reading.list(reference.misc, `${pointer}/reference/misc`),
  ]
  const text = parts.filter((part) => part !== undefined && part !== null && part !== '').join(', ')
  return reading.plain(text, pointer)
}
