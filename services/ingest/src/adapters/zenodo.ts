import { foldName, parseZenodoId } from '@atlas/identifiers'
import type { Adapter, AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { type OpenAccessRule, openAccessBy, ourWord } from './mapping.ts'
import { isObject, Reading, titleOf } from './reading.ts'
import { invertedName } from './written-names.ts'
import {
  zenodoDates,
  zenodoFunders,
  zenodoIdentifiers,
  zenodoPlaces,
  zenodoReferences,
  zenodoSubjects,
  zenodoVenue,
} from './zenodo-details.ts'
import { ZENODO_TYPES, zenodoRole } from './zenodo-types.ts'

const OPEN_ACCESS: readonly OpenAccessRule<JsonObject>[] = [
  { when: 'access_right is open', status: 'green', holds: ({ access_right }) => access_right === 'open' },
  { when: 'any other', status: 'closed', holds: () => true },
]

/**
 * Records of Zenodo in the form of its own API, before and after its move to InvenioRDM: one, hits of a search, lines.
 * https://developers.zenodo.org/#representation
 *
 * Each version has an id, and is a record of its own.
 */
export const zenodo: Adapter = {
  source: 'zenodo',
  version: 1,
  formats: ['json'],
  shapes: [{ format: 'json', path: ['hits', 'hits', '*'] }],
  mapping: {
    takes: 'deposits: records of the API, one by one and as hits',
    types: ZENODO_TYPES,
    openAccess: OPEN_ACCESS,
  },
  idOf: parseZenodoId,
  readJson: readRecord,
}

function readRecord(record: JsonObject): AdapterResult {
  const reading = new Reading()
  const id = idOf(reading, record)
  if (!isObject(record.metadata)) reading.refuse('missing_field', '/metadata', 'the record has no metadata')
  const metadata = isObject(record.metadata) ? record.metadata : {}
  if (reading.oneOrMore(metadata.creators).some((creator) => isObject(creator) && isObject(creator.person_or_org)))
    reading.refuse(
      'unexpected_format',
      '/metadata/creators',
      'this is the form of InvenioRDM: ask for application/json',
    )
  return reading.result(() => {
    const { type, typeAsGiven } = typeOf(reading, metadata)
    const language = parseLanguage(reading.text(metadata.language, '/metadata/language'))
    const identifiers = zenodoIdentifiers(reading, record, metadata, id, type)
    const openAccess = openAccessBy(OPEN_ACCESS, metadata)
    const licence = licenceOf(reading, metadata)
    return {
      ...blankRecord('zenodo', id),
      sourceUpdatedAt: reading.instant(reading.text(record.modified ?? record.updated, '/modified'), '/modified'),
      titles: titleOf(reading.plain(metadata.title, '/metadata/title'), 'main', language),
      abstract: reading.plain(metadata.description, '/metadata/description') ?? null,
      type,
      typeAsGiven,
      published: reading.date(
        reading.text(metadata.publication_date, '/metadata/publication_date'),
        '/metadata/publication_date',
      ),
      dates: zenodoDates(metadata),
      language: language ?? null,
      languages: language === undefined ? [] : [language],
      venue: zenodoVenue(reading, metadata),
      identifiers,
      authors: people(reading, metadata),
      subjects: zenodoSubjects(reading, metadata),
      funders: zenodoFunders(reading, metadata),
      references: zenodoReferences(reading, metadata, identifiers),
      openAccess,
      openAccessLocations: openAccess === 'green' ? zenodoPlaces(reading, record, id, licence) : [],
      licence: licence ?? null,
    }
  })
}

/** A number, or its digits. */
function idOf(reading: Reading, record: JsonObject): string {
  const given = record.id ?? record.recid
  const id = typeof given === 'number' ? String(given) : given
  return reading.ownId(id, '/id', parseZenodoId, 'an id of Zenodo is a number')
}

function typeOf(reading: Reading, metadata: JsonObject): { type: string; typeAsGiven: string | null } {
  const given = reading.object(metadata.resource_type, '/metadata/resource_type')
  const [type, subtype] = [
    reading.text(given.type, '/metadata/resource_type/type'),
    reading.text(given.subtype, '/metadata/resource_type/subtype'),
  ]
  const typeAsGiven = [type, subtype].filter((word) => word !== undefined).join('/')
  return {
    type: ourWord(ZENODO_TYPES, typeAsGiven) ?? ourWord(ZENODO_TYPES, type) ?? 'other',
    typeAsGiven: typeAsGiven === '' ? null : typeAsGiven,
  }
}

function licenceOf(reading: Reading, metadata: JsonObject): string | undefined {
  const { license } = metadata
  return reading.text(isObject(license) ? license.id : license, '/metadata/license/id')
}

/**
 * Creators, then contributors and supervisors in their roles. Depositors enter one person in two lists: who is a creator is not
 * listed again, since two entries of one record are two people.
 */
function people(reading: Reading, metadata: JsonObject): NormalisedAuthor[] {
  const thesis = reading.object(metadata.thesis, '/metadata/thesis')
  const list = (value: JsonObject[string], pointer: string, roleOf: (entry: JsonObject) => string) =>
    reading.objects(value, pointer).map((entry, at) => personOf(reading, entry, `${pointer}/${at}`, roleOf(entry)))
  const creators = list(metadata.creators, '/metadata/creators', () => 'author')
  const seen = new Set(creators.map(({ name }) => foldName(name)))
  const others = [
    ...list(metadata.contributors, '/metadata/contributors', ({ type }) => zenodoRole(String(type ?? 'contributor'))),
    ...list(thesis.supervisors, '/metadata/thesis/supervisors', () => 'thesis_advisor'),
  ].filter(({ name }) => {
    const fresh = !seen.has(foldName(name))
    seen.add(foldName(name))
    return fresh
  })
  return [...creators, ...others].map((person, at) => ({ ...person, position: at + 1 }))
}

function personOf(reading: Reading, entry: JsonObject, pointer: string, role: string): NormalisedAuthor {
  const text = (key: string) => reading.text(entry[key], `${pointer}/${key}`)
  const affiliation = reading.plain(entry.affiliation, `${pointer}/affiliation`)
  const gnd = text('gnd')
  return {
    ...blankAuthor(0),
    ...invertedName(reading.plain(entry.name, `${pointer}/name`) ?? ''),
    orcid: reading.orcid(text('orcid'), `${pointer}/orcid`),
    sourceIds: gnd === undefined ? [] : [{ scheme: 'gnd', value: gnd.trim().replace(/^gnd:/i, '') }],
    role,
    affiliations: affiliation === undefined ? [] : [affiliationNamed(affiliation)],
  }
}
