import { parseArxivId, parseDoi, parseInspireId } from '@atlas/identifiers'
import type {
  RecordDatedEvent,
  RecordFunder,
  RecordOpenAccessLocation,
  RecordPartialDate,
  RecordSubject,
  RecordTitle,
  RecordVenue,
} from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, venueOf } from './blank.ts'
import { parseInstant, parsePartialDate } from './dates.ts'
import { inspireAuthors, recidIn } from './inspire-authors.ts'
import { inspireIdentifiers, inspireReferences, inspireSourceId } from './inspire-identifiers.ts'
import { INSPIRE_OPEN_ACCESS, INSPIRE_TYPES, inspireType, MATERIALS } from './inspire-types.ts'
import { parseLanguage } from './languages.ts'
import { subjectOf } from './listed.ts'
import { openAccessBy, ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { count, isObject, Reading, titleOf } from './reading.ts'

/**
 * Literature of INSPIRE: answers of its API, bare records, and records as its harvest makes them
 * (https://inspire-schemas.readthedocs.io/en/latest/schemas/records/hep.html, https://github.com/inspirehep/rest-api-doc).
 */
export const inspire: Adapter = {
  source: 'inspire',
  version: 2,
  formats: ['json'],
  shapes: [{ format: 'json', path: ['hits', 'hits', '*'] }],
  mapping: {
    takes: 'literature: answers of the API, bare metadata, and records of the harvest that have no number yet',
    types: INSPIRE_TYPES,
    openAccess: INSPIRE_OPEN_ACCESS,
  },
  readJson,
  idOf(text) {
    const [, scheme = '', value = ''] = /^([a-z][a-z0-9_ ]{1,20}):(\S.*)$/i.exec(text) ?? []
    if (/^https?$/i.test(scheme) || scheme === '' || scheme === 'inspire') return parseInspireId(text)
    const id = scheme === 'arxiv' ? parseArxivId(value)?.id : scheme === 'doi' ? parseDoi(value) : value
    return id === undefined ? undefined : `${scheme.toLowerCase()}:${id}`
  },
}

function readJson(given: JsonObject): AdapterResult {
  const metadata = isObject(given.metadata) ? given.metadata : given
  const reading = new Reading()
  const schema = typeof metadata.$schema === 'string' ? /([a-z]+)\.json$/.exec(metadata.$schema)?.[1] : undefined
  if (schema !== undefined && schema !== 'hep') {
    reading.refuse('unexpected_format', '/$schema', `only literature is taken, this is of "${schema}"`)
    return reading.result(() => blankRecord('inspire', ''))
  }
  const sourceId = inspireSourceId(reading, metadata)
  return reading.result(() => readRecord(reading, metadata, sourceId, stamp(given, metadata)))
}

function readRecord(reading: Reading, metadata: JsonObject, sourceId: string, sourceUpdatedAt: number | null) {
  const types = reading.list(metadata.document_type, '/document_type').map(String)
  const type = typeOf(reading, metadata, types)
  const languages = reading
    .list(metadata.languages, '/languages')
    .flatMap((code, at) => parseLanguage(reading.text(code, `/languages/${at}`)) ?? [])
  const withdrawn = metadata.withdrawn === true
  const deleted = metadata.deleted === true || withdrawn
  return {
    ...blankRecord('inspire', sourceId),
    sourceUpdatedAt,
    deleted,
    deletedBecause: deleted ? (withdrawn ? 'withdrawn' : 'deleted') : null,
    titles: titles(reading, metadata),
    abstract: firstOf(reading, metadata, 'abstracts', 'value') ?? null,
    type,
    typeAsGiven: types.length === 0 ? null : types.join('; '),
    published: published(reading, metadata),
    dates: dates(reading, metadata),
    language: languages[0] ?? null,
    languages,
    venue: venue(reading, metadata, type),
    identifiers: inspireIdentifiers(reading, metadata, type),
    authors: inspireAuthors(reading, metadata),
    subjects: subjects(reading, metadata),
    funders: funders(reading, metadata),
    references: inspireReferences(reading, metadata),
    retracted: metadata.retracted === true || metadata.is_retracted === true,
    openAccess: openAccessBy(INSPIRE_OPEN_ACCESS, metadata),
    openAccessLocations: places(reading, metadata),
    licence: licence(reading, metadata) ?? null,
    citedByCount: count(metadata.citation_count),
  }
}

/** The API's stamp; else that of the system before (`20161118095528.0`). */
function stamp(given: JsonObject, metadata: JsonObject): number | null {
  const updated = given.updated ?? metadata.updated
  const at = typeof updated === 'string' ? parseInstant(updated) : undefined
  if (at !== undefined) return at
  const legacy = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d)?$/.exec(String(metadata.legacy_version ?? ''))
  if (legacy === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = legacy.slice(1).map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function typeOf(reading: Reading, metadata: JsonObject, types: readonly string[]): string {
  const infos = infosOf(reading, metadata)
  const appeared = infos.some((info) => info.journal_title !== undefined || info.pubinfo_freetext !== undefined)
  return inspireType(types, {
    review: reading.list(metadata.publication_type, '/publication_type').includes('review'),
    degree: String(reading.object(metadata.thesis_info, '/thesis_info').degree_type ?? ''),
    unpublished:
      !appeared && metadata.refereed !== true && Array.isArray(metadata.arxiv_eprints) && !hasOwnDoi(metadata),
  })
}

function hasOwnDoi({ dois }: JsonObject): boolean {
  return (
    Array.isArray(dois) && dois.some((doi) => isObject(doi) && ourWord(MATERIALS, String(doi.material)) === undefined)
  )
}

/** Where the main publication appeared, not its erratum. */
function infosOf(reading: Reading, metadata: JsonObject): JsonObject[] {
  const infos = reading.objects(metadata.publication_info, '/publication_info')
  return infos.filter(({ material }) => ourWord(MATERIALS, String(material)) === undefined)
}

function titles(reading: Reading, metadata: JsonObject): RecordTitle[] {
  const own = reading
    .objects(metadata.titles, '/titles')
    .flatMap((title, at) => [
      ...titleOf(reading.plain(title.title, `/titles/${at}/title`), 'main'),
      ...titleOf(reading.plain(title.subtitle, `/titles/${at}/subtitle`), 'subtitle'),
    ])
  const translated = reading.objects(metadata.title_translations, '/title_translations').flatMap((title, at) => {
    const language = parseLanguage(reading.text(title.language, `/title_translations/${at}/language`))
    return titleOf(reading.plain(title.title, `/title_translations/${at}/title`), 'translated', language)
  })
  return [...own, ...translated]
}

function firstOf(reading: Reading, metadata: JsonObject, list: string, key: string): string | undefined {
  const [first] = reading.objects(metadata[list], `/${list}`)
  return reading.plain(first?.[key], `/${list}/0/${key}`)
}

/** The publication's date; where there is none, that of the preprint. */
function published(reading: Reading, metadata: JsonObject): RecordPartialDate | null {
  const [imprint] = reading.objects(metadata.imprints, '/imprints')
  const year = infosOf(reading, metadata).find((info) => info.year !== undefined)?.year
  const thesis = reading.object(metadata.thesis_info, '/thesis_info')
  const given = [imprint?.date, year, thesis.date, thesis.defense_date, metadata.preprint_date, metadata.earliest_date]
  for (const value of given) {
    const date = reading.date(reading.text(value, '/imprints/0/date'), '/imprints/0/date')
    if (date !== null) return date
  }
  return null
}

function dates(reading: Reading, metadata: JsonObject): RecordDatedEvent[] {
  const thesis = reading.object(metadata.thesis_info, '/thesis_info')
  const [imprint] = reading.objects(metadata.imprints, '/imprints')
  const given = [
    ['issued', imprint?.date],
    ['preprint', metadata.preprint_date],
    ['defended', thesis.defense_date],
  ] as const
  return given.flatMap(([kind, value]) => {
    const date = typeof value === 'string' ? parsePartialDate(value) : undefined
    return date === undefined ? [] : { kind, ...date }
  })
}

function venue(reading: Reading, metadata: JsonObject, type: string): RecordVenue | null {
  const infos = infosOf(reading, metadata)
  const info = infos.find(({ journal_title: title }) => title !== undefined) ?? infos[0] ?? {}
  const text = (key: string) => reading.text(info[key], `/publication_info/0/${key}`)
  const journal = reading.plain(info.journal_title, '/publication_info/0/journal_title')
  const series = firstOf(reading, metadata, 'book_series', 'title')
  const identifiers = [
    ['inspire_journal', recidIn(info.journal_record)],
    ['inspire_conference', recidIn(info.conference_record)],
    ['cnum', text('cnum')],
  ] as const
  const other = type === 'conference-paper' ? 'conference' : series !== undefined ? 'book-series' : 'other'
  return venueOf({
    name: journal ?? series ?? reading.plain(info.conf_acronym, '/publication_info/0/conf_acronym'),
    type: journal === undefined ? other : 'journal',
    publisher: firstOf(reading, metadata, 'imprints', 'publisher'),
    volume: text('journal_volume'),
    issue: text('journal_issue'),
    firstPage: text('page_start') ?? text('artid'),
    lastPage: text('page_end'),
    identifiers: identifiers.flatMap(([scheme, value]) => (value === undefined ? [] : { scheme, value })),
  })
}

function subjects(reading: Reading, metadata: JsonObject): RecordSubject[] {
  const of = (list: string, key: string, schemeOf: (entry: JsonObject) => string) =>
    reading.objects(metadata[list], `/${list}`).flatMap((entry, at) => {
      const label = reading.plain(entry[key], `/${list}/${at}/${key}`)
      return subjectOf(schemeOf(entry), label)
    })
  const categories = reading.objects(metadata.arxiv_eprints, '/arxiv_eprints').flatMap(({ categories: list }) =>
    reading.list(list, '/arxiv_eprints/0/categories').map((id) => ({
      ...{ scheme: 'arxiv', id: String(id), label: String(id), score: null },
    })),
  )
  return [
    ...of('keywords', 'value', ({ schema }) =>
      typeof schema === 'string' ? `${schema.toLowerCase()}_keyword` : 'keyword',
    ),
    ...of('inspire_categories', 'term', () => 'inspire_category'),
    ...categories,
  ]
}

function funders(reading: Reading, metadata: JsonObject): RecordFunder[] {
  return reading.objects(metadata.funding_info, '/funding_info').map((funding, at) => {
    const text = (key: string) => reading.plain(funding[key], `/funding_info/${at}/${key}`)
    const awards = [text('grant_number'), text('project_number')].filter((award) => award !== undefined)
    return { name: text('agency') ?? null, identifiers: [], awards }
  })
}

/** arXiv, then the texts that INSPIRE keeps itself and shows. */
function places(reading: Reading, metadata: JsonObject): RecordOpenAccessLocation[] {
  const eprints = reading.objects(metadata.arxiv_eprints, '/arxiv_eprints').flatMap(({ value }) => {
    const id = typeof value === 'string' ? parseArxivId(value)?.id : undefined
    if (id === undefined) return []
    const pdfUrl = `https://arxiv.org/pdf/${id}`
    return openPlace(`https://arxiv.org/abs/${id}`, { pdfUrl, host: 'repository', version: 'submitted' })
  })
  const documents = reading.objects(metadata.documents, '/documents').flatMap((document, at) => {
    if (document.hidden === true || document.fulltext !== true) return []
    const url = reading.text(document.url, `/documents/${at}/url`)
    const version = document.material === 'publication' ? 'published' : undefined
    return openPlace(url, { pdfUrl: url, host: 'repository', version })
  })
  return [...eprints, ...documents]
}

/** The licence of the publication; where there is only one for the preprint, that one. */
function licence(reading: Reading, metadata: JsonObject): string | undefined {
  const all = reading.objects(metadata.license, '/license')
  const chosen = all.find(({ material }) => material !== 'preprint') ?? all[0]
  return reading.plain(chosen?.license ?? chosen?.url, '/license/0/license')
}
