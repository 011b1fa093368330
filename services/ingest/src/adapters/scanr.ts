import { parseIssn } from '@atlas/identifiers'
import type { RecordIdentifier, RecordOpenAccessLocation, RecordReference, RecordSubject } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, venueOf } from './blank.ts'
import { keywordOf, referenceTo } from './listed.ts'
import { openAccessBy, ourWord } from './mapping.ts'
import { openPlace } from './open-access.ts'
import { count, identifierOf, isObject, Reading } from './reading.ts'
import { identifierIn, readScanrPerson, scanrAuthors, scanrDomains } from './scanr-people.ts'
import { inLanguages } from './scanr-texts.ts'
import { SCANR_OPEN_ACCESS, SCANR_TYPES, WORK_IDS } from './scanr-types.ts'

/**
 * Publications and persons of scanR: lines of its dumps, documents and answers of its indexes
 * (https://scanr.enseignementsup-recherche.gouv.fr/docs/data, https://data.enseignementsup-recherche.gouv.fr, exports
 * `publications` and `persons`). Its organisations are ROR's, and projects are no works.
 */
export const scanr: Adapter = {
  source: 'scanr',
  version: 2,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['hits', 'hits', '*', '_source'] },
    { format: 'json', path: ['*', '_source'] },
    { format: 'json', path: ['_source'] },
  ],
  mapping: {
    takes: 'publications, theses, patents, and persons: lines of the dumps, documents and answers of the indexes',
    kinds: ['work', 'author'],
    types: SCANR_TYPES,
    openAccess: SCANR_OPEN_ACCESS,
  },
  readJson,
  idOf(text) {
    const id = text.trim().replace(/^https?:\/\/scanr\.enseignementsup-recherche\.gouv\.fr\/[a-z-]+\//i, '')
    return id === '' || id.includes(' ') ? undefined : normalId(id)
  },
}

/** Addresses have the id encoded; case means nothing in a DOI. */
function normalId(id: string): string {
  const decoded = id.replace(/%2f/gi, '/')
  return /^doi10\./i.test(decoded) ? decoded.toLowerCase() : decoded
}

// Fields that only these have.
const PROJECT = ['participants', 'budgetTotal', 'budgetFinanced', 'projectUrl', 'callLabel']
const STRUCTURE = ['institutions', 'leaders', 'nature', 'creationYear', 'isFrench', 'kind']

function readJson(given: JsonObject): AdapterResult {
  const has = (keys: readonly string[]) => keys.some((key) => given[key] !== undefined)
  if (given.error !== undefined && given.id === undefined) return refused('an error of the index')
  if (has(['title', 'productionType', 'authors'])) return readWork(given)
  if (has(['fullName', 'lastName', 'coContributors'])) return readScanrPerson(given)
  if (has(PROJECT)) return refused('projects are not taken: publications and persons are')
  if (has(STRUCTURE)) return refused('structures are not taken: organisations come from ROR')
  return readWork(given)
}

function refused(detail: string): AdapterResult {
  return { ok: false, errors: [{ code: 'unexpected_format', pointer: '', detail }] }
}

function readWork(work: JsonObject): AdapterResult {
  const reading = new Reading()
  const sourceId = normalId(reading.sourceId(work.id, '/id'))
  return reading.result(() => {
    const given = reading.text(work.type, '/type') ?? reading.text(work.productionType, '/productionType')
    const places = openPlaces(reading, work)
    const [main, ...others] = inLanguages(reading, work.title, '/title')
    return {
      ...blankRecord('scanr', sourceId),
      titles: [
        ...(main === undefined ? [] : [{ ...main, kind: 'main' }]),
        ...others.map((title) => ({ ...title, kind: 'translated' })),
      ],
      abstract: inLanguages(reading, work.summary, '/summary')[0]?.text ?? null,
      type: ourWord(SCANR_TYPES, given?.toLowerCase()) ?? 'other',
      typeAsGiven: given ?? null,
      published: reading.date(reading.text(work.publicationDate ?? work.year, '/publicationDate'), '/publicationDate'),
      venue: venue(reading, work),
      identifiers: identifiers(reading, work, sourceId),
      authors: scanrAuthors(reading, work),
      subjects: subjects(reading, work),
      funders: funders(reading, work),
      references: references(reading, work),
      retracted: work.isRetracted === true,
      openAccess: openAccessBy(SCANR_OPEN_ACCESS, work),
      openAccessLocations: places,
      licence: places[0]?.licence ?? null,
      citedByCount: count(work.cited_by_count ?? work.citationCount),
    }
  })
}

function identifiers(reading: Reading, work: JsonObject, sourceId: string): RecordIdentifier[] {
  const known = reading.objects(work.externalIds, '/externalIds').flatMap(({ type, id }, at) => {
    const [scheme, parse] = ourWord(WORK_IDS, String(type)) ?? []
    if (scheme === undefined || parse === undefined) return []
    const pointer = `/externalIds/${at}/id`
    return identifierOf(scheme, reading.parsed(reading.text(id, pointer), parse, `${scheme}_unusable`, pointer))
  })
  return [...identifierOf('scanr', sourceId), ...known, ...identifierIn(sourceId)]
}

/** Of theses the source is empty. */
function venue(reading: Reading, work: JsonObject) {
  const source = reading.object(work.source, '/source')
  const issns = reading.list(source.journalIssns, '/source/journalIssns')
  const parsed = issns.flatMap((issn) => (typeof issn === 'string' ? (parseIssn(issn) ?? []) : []))
  const type = ourWord(SCANR_TYPES, String(work.type)) === 'article' || parsed.length > 0 ? 'journal' : 'other'
  return venueOf({
    name: reading.plain(source.title, '/source/title'),
    issns: [...new Set(parsed)],
    type,
    publisher: reading.plain(source.publisher, '/source/publisher'),
    volume: reading.text(source.volume, '/source/volume'),
    issue: reading.text(source.issue, '/source/issue'),
  })
}

function openPlaces(reading: Reading, work: JsonObject): RecordOpenAccessLocation[] {
  const evidence = reading.object(work.oaEvidence, '/oaEvidence')
  const text = (key: string) => reading.text(evidence[key], `/oaEvidence/${key}`)
  return openPlace(text('landingPageUrl') ?? text('url'), {
    pdfUrl: text('pdfUrl'),
    host: text('hostType'),
    version: text('version'),
    licence: text('license'),
    best: true,
  })
}

/** Keywords stand in a list by language, and again among the domains. */
function subjects(reading: Reading, work: JsonObject): RecordSubject[] {
  const lists = isObject(work.keywords) ? Object.entries(work.keywords) : [['default', work.keywords] as const]
  const keywords = lists.flatMap(([language, list]) =>
    reading
      .list(list, `/keywords/${language}`)
      .flatMap((label, at) => reading.plain(label, `/keywords/${language}/${at}`) ?? []),
  )
  const labels = new Set(keywords)
  return [
    ...scanrDomains(reading, work).filter(({ scheme, label }) => scheme !== 'keyword' || !labels.has(label)),
    ...[...labels].flatMap(keywordOf),
  ]
}

/** Projects that paid for it, and the acknowledgements that were read for funders. */
function funders(reading: Reading, work: JsonObject) {
  return reading.oneOrMore(work.projects).flatMap((project, at) => {
    const id = isObject(project)
      ? reading.text(project.id, `/projects/${at}/id`)
      : reading.text(project, `/projects/${at}`)
    const agency = isObject(project) ? reading.plain(project.type, `/projects/${at}/type`) : undefined
    return id === undefined ? [] : { name: agency ?? null, identifiers: [], awards: [id] }
  })
}

function references(reading: Reading, work: JsonObject): RecordReference[] {
  return reading.oneOrMore(work.references).flatMap((reference, at) => {
    const given = isObject(reference) ? (reference.doi ?? reference.id) : reference
    const [known] = identifierIn(reading.text(given, `/references/${at}`) ?? '')
    return known === undefined ? [] : referenceTo(known.scheme, known.value)
  })
}
