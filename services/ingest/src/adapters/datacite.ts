import { parseArxivId, parseDoi, parseIssn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordTitle, RecordVenue } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, displayName, isGroupName, venueOf } from './blank.ts'
import { commonEra } from './buddhist-years.ts'
import { datesOf, type Era, funders, openPlaces, rightsOf } from './datacite-details.ts'
import { ownIdentifiers, relatedIdentifiers } from './datacite-identifiers.ts'
import { DATACITE_TYPES, typeOf } from './datacite-types.ts'
import { parseLanguage } from './languages.ts'
import { citedAmong, subjectOf } from './listed.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { count, identifierOf, isObject, Reading, titleOf } from './reading.ts'

const OPEN_ACCESS: readonly OpenAccessRule<{ readonly doi: string | undefined; readonly open: boolean | undefined }>[] =
  [
    { when: 'a DOI of arXiv', status: 'green', holds: ({ doi }) => doi?.startsWith('10.48550/arxiv.') === true },
    {
      when: 'rightsList says closed, restricted or embargoed, in the words of info:eu-repo or COAR',
      status: 'closed',
      holds: ({ open }) => open === false,
    },
    { when: 'rightsList says open, or has an open licence', status: 'green', holds: ({ open }) => open === true },
  ]

/** DOIs of DataCite: answers of the REST API, one or a page of them, and lines of its dumps. */
export const datacite: Adapter = {
  source: 'datacite',
  version: 2,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['data', '*'] },
    { format: 'json', path: ['data'] },
  ],
  mapping: {
    takes: 'DOIs: answers of the REST API, one or a page of them, and lines of its dumps',
    types: DATACITE_TYPES,
    openAccess: OPEN_ACCESS,
  },
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
    const rights = rightsOf(reading, attributes)
    const era = eraOf(record, doi, language)
    const related = relatedIdentifiers(reading, attributes)
    // Only what is findable is in the index; an answer to its own name still has what it was.
    const hidden = attributes.state === 'registered' || attributes.state === 'draft' || attributes.isActive === false
    return {
      ...blankRecord('datacite', doi ?? given.toLowerCase()),
      ...(hidden ? { deleted: true, deletedBecause: 'deleted' } : {}),
      sourceUpdatedAt: reading.instant(reading.text(attributes.updated, '/attributes/updated'), '/attributes/updated'),
      titles: titles(reading, attributes, language),
      abstract: abstract(reading, attributes),
      ...type,
      published: published(reading, attributes, era),
      language: language ?? null,
      venue: venue(reading, attributes),
      identifiers: [
        ...identifierOf('doi', doi),
        ...identifierOf('arxiv', doi?.startsWith('10.48550/arxiv.') ? parseArxivId(doi)?.id : undefined),
        ...ownIdentifiers(reading, attributes, { doi, type: type.type }),
        ...related,
        ...containerIdentifiers(attributes),
      ],
      authors: reading
        .objects(attributes.creators, '/attributes/creators')
        .map((creator, at) => author(reading, creator, at)),
      subjects: subjects(reading, attributes),
      funders: funders(reading, attributes),
      references: citedAmong(related),
      dates: datesOf(reading, attributes, era),
      licence: rights.licence,
      openAccess: openAccessBy(OPEN_ACCESS, { doi, open: rights.open }),
      openAccessLocations: openPlaces(reading, attributes, rights),
      citedByCount: count(attributes.citationCount),
    }
  })
}

/**
 * How years are counted: the National Research Council of Thailand, whose client at DataCite is `nrct.db1` and whose DOIs begin
 * with 10.14457, registers 2541 for 1998 (in all 5 of the samples, where the DOI itself has the year of the common era), and so
 * may whoever writes in Thai.
 */
function eraOf(record: JsonObject, doi: string | undefined, language: string | undefined): Era {
  const isThai = doi?.startsWith('10.14457/') === true || /^nrct\./.test(clientOf(record)) || language === 'th'
  return isThai ? commonEra : (text) => text
}

/** The repository's name at DataCite. */
function clientOf(record: JsonObject): string {
  let at: JsonObject[string] | undefined = record
  for (const key of ['relationships', 'client', 'data', 'id']) at = isObject(at) ? at[key] : undefined
  return typeof at === 'string' ? at : ''
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
    const kind = ourWord(TITLE_KINDS, String(title.titleType)) ?? 'main'
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
function published(reading: Reading, attributes: JsonObject, era: Era): RecordPartialDate | null {
  const dates = reading.objects(attributes.dates, '/attributes/dates')
  const at = dates.findIndex(({ dateType }) => dateType === 'Issued')
  const pointer = `/attributes/dates/${at}/date`
  const given = reading.text(dates[at]?.date, pointer)
  const issued = reading.date(given && era(given), pointer)
  if (issued !== null) return issued
  const year = reading.text(attributes.publicationYear, '/attributes/publicationYear')
  return reading.date(year && era(year), '/attributes/publicationYear')
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
    nameForms: nameForms(part('name'), name, given, family),
    collective: creator.nameType === 'Organizational' || isGroupName(name),
    ...personIds(reading, creator, pointer),
    affiliations: reading.list(creator.affiliation, `${pointer}/affiliation`).flatMap((affiliation, index) => {
      return affiliationOf(reading, affiliation, `${pointer}/affiliation/${index}`)
    }),
  }
}

/** The name as the depositor wrote it, where it is not merely the parts in the other order. */
function nameForms(
  written: string | undefined,
  name: string,
  given: string | undefined,
  family: string | undefined,
): string[] {
  return written === undefined || written === name || written === `${family}, ${given}` ? [] : [written]
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
    return name === undefined ? [] : [affiliationNamed(name)]
  }
  const name = reading.plain(affiliation.name, `${pointer}/name`)
  const id = reading.text(affiliation.affiliationIdentifier, `${pointer}/affiliationIdentifier`)
  const isRor = affiliation.affiliationIdentifierScheme === 'ROR'
  const ror = isRor ? reading.ror(id, `${pointer}/affiliationIdentifier`) : null
  if (name === undefined) return []
  const scheme = String(affiliation.affiliationIdentifierScheme ?? '').toLowerCase()
  return [
    affiliationNamed(name, {
      ror,
      identifiers: isRor || id === undefined || scheme === '' ? [] : [{ scheme, value: id }],
    }),
  ]
}

function subjects(reading: Reading, attributes: JsonObject) {
  return reading.objects(attributes.subjects, '/attributes/subjects').flatMap((subject, at) => {
    const pointer = `/attributes/subjects/${at}`
    const label = reading.plain(subject.subject, `${pointer}/subject`)
    if (label === undefined) return []
    const scheme = reading.text(subject.subjectScheme, `${pointer}/subjectScheme`)?.toLowerCase() ?? 'keyword'
    return subjectOf(scheme, label, reading.text(subject.classificationCode, `${pointer}/classificationCode`) ?? null)
  })
}
