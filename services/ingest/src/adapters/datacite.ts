import { parseArxivId, parseDoi, parseIssn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordTitle, RecordVenue } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { blankAuthor, blankRecord, displayName, isGroupName, venueOf } from './blank.ts'
import { ownIdentifiers, relatedIdentifiers } from './datacite-identifiers.ts'
import { typeOf } from './datacite-types.ts'
import { parseLanguage } from './languages.ts'
import { identifierOf, isObject, Reading, titleOf } from './reading.ts'

/** DOIs of DataCite: answers of the REST API, one or a page of them, and lines of its dumps. */
export const datacite: Adapter = {
  source: 'datacite',
  version: 1,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['data', '*'] },
    { format: 'json', path: ['data'] },
  ],
  readJson: readDoi,
  idOf: (text) => parseDoi(text) ?? text.toLowerCase(),
}

function readDoi(record: JsonObject): AdapterResult {
  const reading = new Reading()
  if (record.type !== undefined && record.type !== 'dois') {
    reading.refuse('invalid_enum', '/type', 'only records of type "dois" are taken')
  }
  if (!isObject(record.attributes)) reading.refuse('missing_field', '/attributes', 'the record has no attributes')
  const attributes = isObject(record.attributes) ? record.attributes : {}
  const given = reading.sourceId(attributes.doi ?? record.id, '/attributes/doi')
  return reading.result(() => {
    const doi = reading.doi(given, '/attributes/doi')
    const language = parseLanguage(reading.text(attributes.language, '/attributes/language'))
    const type = typeOf(reading, attributes, doi)
    return {
      ...blankRecord('datacite', doi ?? given.toLowerCase()),
      sourceUpdatedAt: reading.instant(reading.text(attributes.updated, '/attributes/updated'), '/attributes/updated'),
      titles: titles(reading, attributes, language),
      abstract: abstract(reading, attributes),
      ...type,
      published: published(reading, attributes),
      language: language ?? null,
      venue: venue(reading, attributes),
      identifiers: [
        ...identifierOf('doi', doi),
        ...identifierOf('arxiv', doi?.startsWith('10.48550/arxiv.') ? parseArxivId(doi)?.id : undefined),
        ...ownIdentifiers(reading, attributes),
        ...relatedIdentifiers(reading, attributes),
        ...containerIdentifiers(attributes),
      ],
      authors: reading
        .objects(attributes.creators, '/attributes/creators')
        .map((creator, at) => author(reading, creator, at)),
      subjects: subjects(reading, attributes),
    }
  })
}

const TITLE_KINDS: Readonly<Record<string, string>> = {
  Subtitle: 'subtitle',
  TranslatedTitle: 'translated',
  AlternativeTitle: 'short',
}

function titles(reading: Reading, attributes: JsonObject, language: string | undefined): RecordTitle[] {
  return reading.objects(attributes.titles, '/attributes/titles').flatMap((title, at) => {
    const pointer = `/attributes/titles/${at}`
    const own = parseLanguage(reading.text(title.lang, `${pointer}/lang`))
    const kind = TITLE_KINDS[String(title.titleType)] ?? 'main'
    return titleOf(
      reading.plain(title.title, `${pointer}/title`),
      kind,
      own ?? (kind === 'main' ? language : undefined),
    )
  })
}

function abstract(reading: Reading, attributes: JsonObject): string | null {
  const all = reading.objects(attributes.descriptions, '/attributes/descriptions')
  const found = all.findIndex(({ descriptionType }) => descriptionType === 'Abstract')
  return reading.plain(all[found]?.description, `/attributes/descriptions/${found}/description`) ?? null
}

/** `Issued`, else the year of publication, which DataCite always has. */
function published(reading: Reading, attributes: JsonObject): RecordPartialDate | null {
  const dates = reading.objects(attributes.dates, '/attributes/dates')
  const at = dates.findIndex(({ dateType }) => dateType === 'Issued')
  const issued = reading.date(
    reading.text(dates[at]?.date, `/attributes/dates/${at}/date`),
    `/attributes/dates/${at}/date`,
  )
  if (issued !== null) return issued
  const year = reading.text(attributes.publicationYear, '/attributes/publicationYear')
  return reading.date(year, '/attributes/publicationYear')
}

function venue(reading: Reading, attributes: JsonObject): RecordVenue | null {
  const container = reading.object(attributes.container, '/attributes/container')
  const text = (key: string) => reading.text(container[key], `/attributes/container/${key}`)
  const publisher = isObject(attributes.publisher) ? attributes.publisher.name : attributes.publisher
  const title = reading.plain(container.title, '/attributes/container/title')
  return venueOf({
    name: title,
    issns:
      text('identifierType') === 'ISSN'
        ? [parseIssn(text('identifier') ?? '')].filter((issn) => issn !== undefined)
        : [],
    type: title === undefined ? 'repository' : text('type') === 'Journal' ? 'journal' : 'other',
    publisher: reading.plain(publisher, '/attributes/publisher'),
    volume: text('volume'),
    issue: text('issue'),
    firstPage: text('firstPage'),
    lastPage: text('lastPage'),
  })
}

function containerIdentifiers(attributes: JsonObject): RecordIdentifier[] {
  const container = isObject(attributes.container) ? attributes.container : {}
  if (container.identifierType !== 'ISSN' || typeof container.identifier !== 'string') return []
  return identifierOf('issn', parseIssn(container.identifier), 'part_of')
}

function author(reading: Reading, creator: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/attributes/creators/${at}`
  const part = (key: string) => reading.plain(creator[key], `${pointer}/${key}`)
  const [given, family] = [part('givenName') ?? part('given'), part('familyName') ?? part('family')]
  // DataCite's own `name` is "Family, Given"; the parts say which is which.
  const name =
    given !== undefined && family !== undefined ? displayName(given, family) : (part('name') ?? family ?? given ?? '')
  return {
    ...blankAuthor(at + 1),
    name,
    given: given ?? null,
    family: family ?? null,
    collective: creator.nameType === 'Organizational' || isGroupName(name),
    ...personIds(reading, creator, pointer),
    affiliations: reading.list(creator.affiliation, `${pointer}/affiliation`).flatMap((affiliation, index) => {
      return affiliationOf(reading, affiliation, `${pointer}/affiliation/${index}`)
    }),
  }
}

function personIds(
  reading: Reading,
  creator: JsonObject,
  pointer: string,
): Pick<NormalisedAuthor, 'orcid' | 'sourceIds'> {
  const ids = reading.objects(creator.nameIdentifiers, `${pointer}/nameIdentifiers`).map((id, at) => ({
    scheme: (
      reading.text(id.nameIdentifierScheme, `${pointer}/nameIdentifiers/${at}/nameIdentifierScheme`) ?? ''
    ).toLowerCase(),
    value: reading.text(id.nameIdentifier, `${pointer}/nameIdentifiers/${at}/nameIdentifier`),
  }))
  const orcid = ids.find(({ scheme }) => scheme === 'orcid')?.value
  return {
    orcid: reading.orcid(orcid, `${pointer}/nameIdentifiers`),
    sourceIds: ids.flatMap(({ scheme, value }) => {
      return scheme === 'orcid' || scheme === '' || value === undefined ? [] : { scheme, value: value.trim() }
    }),
  }
}

function affiliationOf(reading: Reading, affiliation: JsonObject[string], pointer: string) {
  if (!isObject(affiliation)) {
    const name = reading.plain(affiliation, pointer)
    return name === undefined ? [] : [{ name, ror: null, country: null, identifiers: [] }]
  }
  const name = reading.plain(affiliation.name, `${pointer}/name`)
  const id = reading.text(affiliation.affiliationIdentifier, `${pointer}/affiliationIdentifier`)
  const isRor = affiliation.affiliationIdentifierScheme === 'ROR'
  const ror = isRor ? reading.ror(id, `${pointer}/affiliationIdentifier`) : null
  if (name === undefined) return []
  const scheme = String(affiliation.affiliationIdentifierScheme ?? '').toLowerCase()
  return [
    {
      name,
      ror,
      country: null,
      identifiers: isRor || id === undefined || scheme === '' ? [] : [{ scheme, value: id }],
    },
  ]
}

function subjects(reading: Reading, attributes: JsonObject) {
  return reading.objects(attributes.subjects, '/attributes/subjects').flatMap((subject, at) => {
    const pointer = `/attributes/subjects/${at}`
    const label = reading.plain(subject.subject, `${pointer}/subject`)
    if (label === undefined) return []
    const scheme = reading.text(subject.subjectScheme, `${pointer}/subjectScheme`)?.toLowerCase() ?? 'keyword'
    return {
      scheme,
      id: reading.text(subject.classificationCode, `${pointer}/classificationCode`) ?? null,
      label,
      score: null,
    }
  })
}
