import { parseFundrefId, parseGridId, parseIsni, parseRor, parseWikidataId } from '@atlas/identifiers'
import type { RecordIdentifier, RecordOrganisation } from '@atlas/schemas'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord } from './blank.ts'
import { parseLanguage } from './languages.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, isObject, Reading } from './reading.ts'

// The words of schema v2 in small letters; v1 writes them with a capital.
const INSTITUTION_TYPES = new Set([
  ...['education', 'healthcare', 'company', 'government', 'nonprofit', 'facility', 'archive', 'funder', 'other'],
])
const NAME_KINDS = ['ror_display', 'label', 'acronym', 'alias'] as const
const RELATIONS = new Set(['parent', 'child', 'related', 'successor', 'predecessor'])

const ID_PARSERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  isni: parseIsni,
  grid: parseGridId,
  wikidata: parseWikidataId,
  fundref: parseFundrefId,
}

type Name = RecordOrganisation['names'][number]

/**
 * Organisations of ROR: its dump, answers of its API, and what the affiliation matcher answers, in the schemas v1 and v2
 * (https://ror.readme.io/docs/ror-data-structure, https://github.com/ror-community/ror-schema). They are institution
 * records and make no works.
 */
export const ror: Adapter = {
  source: 'ror',
  version: 1,
  formats: ['json'],
  shapes: [
    { format: 'json', path: ['items', '*', 'organization'] },
    { format: 'json', path: ['items', '*'] },
  ],
  mapping: {
    takes: 'organisations: the dump and answers of the API, in the schemas v1 and v2',
    kinds: ['institution'],
    types: {},
    openAccess: [],
  },
  readJson: readOrganisation,
  idOf: parseRor,
}

function readOrganisation(given: JsonObject): AdapterResult {
  const reading = new Reading()
  const ror = reading.ownId(given.id, '/id', parseRor, 'this is not a ROR id')
  return reading.result(() => {
    const status = reading.text(given.status, '/status')?.toLowerCase() ?? null
    const withdrawn = status === 'withdrawn'
    return {
      ...blankRecord('ror', ror),
      kind: 'institution',
      sourceUpdatedAt: stamp(reading, given),
      deleted: withdrawn,
      deletedBecause: withdrawn ? 'withdrawn' : null,
      identifiers: [...identifierOf('ror', ror), ...externalIds(reading, given)],
      organisation: {
        names: isV1(given) ? namesV1(reading, given) : namesV2(reading, given),
        types: types(reading, given),
        ...place(reading, given),
        status,
        established: typeof given.established === 'number' ? given.established : null,
        urls: urls(reading, given),
        related: related(reading, given),
      },
    }
  })
}

function isV1(given: JsonObject): boolean {
  return typeof given.name === 'string'
}

/** ROR tells the day only; v1 tells nothing. */
function stamp(reading: Reading, given: JsonObject): number | null {
  const modified = reading.object(reading.object(given.admin, '/admin').last_modified, '/admin/last_modified').date
  return reading.instant(reading.text(modified, '/admin/last_modified/date'), '/admin/last_modified/date')
}

function namesV2(reading: Reading, given: JsonObject): Name[] {
  const names = reading.objects(given.names, '/names').flatMap((name, at) => {
    const text = reading.plain(name.value, `/names/${at}/value`)
    if (text === undefined) return []
    const kinds = reading.list(name.types, `/names/${at}/types`)
    const kind = NAME_KINDS.find((one) => kinds.includes(one)) ?? 'alias'
    const language = parseLanguage(reading.text(name.lang, `/names/${at}/lang`)) ?? null
    return { text, language, kind: kind === 'ror_display' ? 'main' : kind }
  })
  return mainFirst(names)
}

function namesV1(reading: Reading, given: JsonObject): Name[] {
  const of = (key: string, kind: string) =>
    reading.list(given[key], `/${key}`).flatMap((item, at) => {
      const text = reading.plain(isObject(item) ? item.label : item, `/${key}/${at}`)
      if (text === undefined) return []
      const language = isObject(item) ? parseLanguage(reading.text(item.iso639, `/${key}/${at}/iso639`)) : undefined
      return { text, language: language ?? null, kind }
    })
  const main = reading.plain(given.name, '/name')
  return [
    ...(main === undefined ? [] : [{ text: main, language: null, kind: 'main' }]),
    ...of('labels', 'label'),
    ...of('aliases', 'alias'),
    ...of('acronyms', 'acronym'),
  ]
}

function mainFirst(names: readonly Name[]): Name[] {
  const main = names.filter(({ kind }) => kind === 'main')
  return [...main, ...names.filter(({ kind }) => kind !== 'main')]
}

function types(reading: Reading, given: JsonObject): string[] {
  return reading.list(given.types, '/types').map((type) => {
    const word = String(type).toLowerCase()
    return INSTITUTION_TYPES.has(word) ? word : 'other'
  })
}

/** The first place: others are seats of the same organisation. */
function place(reading: Reading, given: JsonObject): { country: string | null; city: string | null } {
  const [location] = reading.objects(given.locations, '/locations')
  const details = reading.object(location?.geonames_details, '/locations/0/geonames_details')
  const [address] = reading.objects(given.addresses, '/addresses')
  const country = reading.object(given.country, '/country').country_code
  return {
    country: reading.text(details.country_code ?? country, '/locations/0/geonames_details/country_code') ?? null,
    city: reading.plain(details.name ?? address?.city, '/locations/0/geonames_details/name') ?? null,
  }
}

/** Links are objects in v2 and texts in v1, where Wikipedia has a field of its own. */
function urls(reading: Reading, given: JsonObject): string[] {
  const links = reading
    .list(given.links, '/links')
    .flatMap((link, at) => reading.text(isObject(link) ? link.value : link, `/links/${at}`) ?? [])
  return [...new Set([...links, ...[reading.text(given.wikipedia_url, '/wikipedia_url') ?? []].flat()])]
}

/** A list with types in v2; by type in v1, where one GRID id is a bare text. What has no good check digit is a warning. */
function externalIds(reading: Reading, given: JsonObject): RecordIdentifier[] {
  const byType: (readonly [string, JsonObject, string])[] = Array.isArray(given.external_ids)
    ? reading
        .objects(given.external_ids, '/external_ids')
        .map((entry, at) => [String(entry.type), entry, `/external_ids/${at}/all`])
    : Object.entries(reading.object(given.external_ids, '/external_ids')).flatMap(([type, entry]) =>
        isObject(entry) ? [[type, entry, `/external_ids/${type}/all`] as const] : [],
      )
  return byType.flatMap(([type, entry, pointer]) => {
    const scheme = type.toLowerCase()
    // The preferred one first: who keeps one of them keeps that.
    const values = new Set([...reading.oneOrMore(entry.preferred), ...reading.oneOrMore(entry.all)].map(String))
    const parse = ourWord(ID_PARSERS, scheme) ?? ((text: string) => text.trim())
    return [...values].flatMap((value) =>
      identifierOf(scheme, reading.parsed(value, parse, `${scheme}_unusable`, pointer)),
    )
  })
}

function related(reading: Reading, given: JsonObject): RecordOrganisation['related'] {
  return reading.objects(given.relationships, '/relationships').flatMap((one, at) => {
    const pointer = `/relationships/${at}`
    const ror = reading.ror(reading.text(one.id, `${pointer}/id`), `${pointer}/id`)
    if (ror === null) return []
    const relation = String(one.type).toLowerCase()
    return {
      relation: RELATIONS.has(relation) ? relation : 'related',
      ror,
      name: reading.plain(one.label, `${pointer}/label`) ?? null,
    }
  })
}
