import { parsePpn } from '@atlas/identifiers'
import {
  type RecordAffiliation,
  type RecordIdentifier,
  type RecordPersonAffiliation,
  recordPersonAffiliationDefaults,
} from '@atlas/schemas'
import type { AdapterResult, JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, blankRecord, displayName, isGroupName } from './blank.ts'
import { parsePartialDate } from './dates.ts'
import { ourWord } from './mapping.ts'
import { identifierOf, isObject, Reading } from './reading.ts'
import { inLanguages, textIn } from './scanr-texts.ts'
import { PERSON_IDS, SCANR_ROLES, STRUCTURE_IDS, WORK_IDS } from './scanr-types.ts'

/**
 * The people of a work. Of a thesis these are its author, advisors and jury, and who advised and sat in the jury stands
 * there twice or three times: each person that has an id is one entry.
 */
export function scanrAuthors(reading: Reading, work: JsonObject): NormalisedAuthor[] {
  const entries = reading.objects(work.authors, '/authors')
  const byPerson = new Map<string, NormalisedAuthor>()
  for (const [at, entry] of entries.entries()) {
    const author = authorOf(reading, entry, at)
    const key = typeof entry.person === 'string' ? `${entry.person} ${author.name}` : `#${at}`
    const known = byPerson.get(key)
    byPerson.set(key, known === undefined ? author : together(known, author))
  }
  return [...byPerson.values()].map((author, at) => ({ ...author, position: at + 1 }))
}

function authorOf(reading: Reading, entry: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/authors/${at}`
  const text = (key: string) => reading.plain(entry[key], `${pointer}/${key}`)
  const [given, family] = [text('firstName'), text('lastName')]
  const name = text('fullName') ?? displayName(given, family)
  const known = reading.object(entry.denormalized, `${pointer}/denormalized`)
  const orcid = reading.text(known.orcid ?? entry.orcid, `${pointer}/denormalized/orcid`)
  const word = reading.text(entry.role, `${pointer}/role`)?.toLowerCase() ?? 'author'
  return {
    ...blankAuthor(at + 1),
    name,
    given: given ?? null,
    family: family ?? null,
    collective: isGroupName(name),
    orcid: reading.orcid(orcid, `${pointer}/denormalized/orcid`),
    sourceIds: personIds(reading, entry, known, pointer),
    email: reading.text(entry.email, `${pointer}/email`)?.trim().toLowerCase() ?? null,
    role: ourWord(SCANR_ROLES, word) ?? word,
    affiliations: reading
      .objects(entry.affiliations, `${pointer}/affiliations`)
      .flatMap((one, nth) => affiliationOf(reading, one, `${pointer}/affiliations/${nth}`)),
  }
}

function personIds(reading: Reading, entry: JsonObject, known: JsonObject, pointer: string) {
  const person = reading.text(entry.person, `${pointer}/person`)
  const idref = person === undefined ? undefined : parsePpn(person)
  const idhal = reading.text(known.id_hal, `${pointer}/denormalized/id_hal`)?.trim().toLowerCase()
  return [
    ...(idref === undefined ? [] : [{ scheme: 'idref', value: idref }]),
    ...(idhal === undefined ? [] : [{ scheme: 'idhal', value: idhal }]),
    // An id that scanR made for those without one elsewhere.
    ...(person === undefined || idref !== undefined ? [] : [{ scheme: 'scanr_person', value: person.trim() }]),
  ]
}

const WEIGHT = [...new Set(Object.values(SCANR_ROLES))]

function together(one: NormalisedAuthor, other: NormalisedAuthor): NormalisedAuthor {
  const rank = ({ role }: NormalisedAuthor) => (WEIGHT.includes(role) ? WEIGHT.indexOf(role) : WEIGHT.length)
  return {
    ...one,
    role: rank(other) < rank(one) ? other.role : one.role,
    affiliations: one.affiliations.length > 0 ? one.affiliations : other.affiliations,
  }
}

/** A structure on the paper, or of theses.fr, with what scanR found out about it. */
function affiliationOf(reading: Reading, one: JsonObject, pointer: string): RecordAffiliation[] {
  const name = reading.plain(one.name, `${pointer}/name`)
  if (name === undefined) return []
  const ids = reading.objects(one.ids, `${pointer}/ids`)
  const ror = one.ror ?? ids.find(({ type }) => type === 'ror')?.id
  const countries = reading.list(one.detected_countries, `${pointer}/detected_countries`)
  const [country] = countries.length === 1 ? countries : []
  const [address] = reading.list(one.addresses, `${pointer}/addresses`)
  return [
    affiliationNamed(name, {
      ror: reading.ror(reading.text(ror, `${pointer}/ror`), `${pointer}/ror`),
      country: reading.text(country, `${pointer}/detected_countries/0`)?.toUpperCase() ?? null,
      identifiers: structureIds(reading, one, ids, pointer),
      raw: reading.plain(address, `${pointer}/addresses/0`) ?? null,
    }),
  ]
}

function structureIds(reading: Reading, one: JsonObject, ids: readonly JsonObject[], pointer: string) {
  const given: (readonly [string, JsonObject[string]])[] = [
    ['rnsr', one.rnsr],
    ['idref', one.idref],
    ['hal_structure', one.hal_docid ?? one.structId ?? one.docid],
    ['isni', one.ISNI],
    ...ids.filter(({ type }) => type !== 'ror').map(({ type, id }) => [String(type), id] as const),
  ]
  const found = given.flatMap(([scheme, value]) => {
    const text = reading.text(value, `${pointer}/ids`)?.trim()
    const parse = ourWord(STRUCTURE_IDS, scheme)
    const parsed =
      text === undefined || parse === undefined
        ? text
        : reading.parsed(text, parse, `${scheme}_unusable`, `${pointer}/ids`)
    return parsed === undefined ? [] : [[`${scheme} ${parsed}`, { scheme, value: parsed }] as const]
  })
  return [...new Map(found).values()]
}

/** A person of the index `persons`. */
export function readScanrPerson(given: JsonObject): AdapterResult {
  const reading = new Reading()
  const sourceId = reading.sourceId(given.id, '/id')
  return reading.result(() => {
    const text = (key: string) => reading.plain(given[key], `/${key}`)
    const [first, last] = [text('firstName'), text('lastName')]
    const name = text('fullName') ?? displayName(first, last)
    const orcid = reading.orcid(reading.text(given.orcid, '/orcid'), '/orcid')
    return {
      ...blankRecord('scanr', sourceId),
      kind: 'author',
      identifiers: [
        ...identifierOf('scanr', sourceId),
        ...identifierOf('orcid', orcid),
        ...otherIds(reading, given),
        ...worksOf(reading, given),
      ],
      subjects: scanrDomains(reading, given),
      person: {
        names: name === '' ? [] : [{ name, given: first ?? null, family: last ?? null, kind: 'main' }],
        affiliations: structuresOf(reading, given),
        emails: [],
        urls: [],
        countries: [],
        biography: null,
      },
    }
  })
}

function otherIds(reading: Reading, given: JsonObject): RecordIdentifier[] {
  return reading.objects(given.externalIds, '/externalIds').flatMap(({ type, id }, at) => {
    const pointer = `/externalIds/${at}/id`
    const text = reading.text(id, pointer)
    if (type === 'orcid') return identifierOf('orcid', reading.orcid(text, pointer))
    const [scheme, parse] = ourWord(PERSON_IDS, String(type)) ?? [
      String(type).toLowerCase(),
      (one: string) => one.trim(),
    ]
    return identifierOf(scheme, reading.parsed(text, parse, `${scheme}_unusable`, pointer))
  })
}

/** His works; those in whose jury he sat are not his. */
function worksOf(reading: Reading, given: JsonObject): RecordIdentifier[] {
  return reading.objects(given.publications, '/publications').flatMap(({ publication, role }, at) => {
    const id = reading.text(publication, `/publications/${at}/publication`)
    if (id === undefined || (ourWord(SCANR_ROLES, String(role ?? 'author')) ?? 'author') !== 'author') return []
    return [...identifierIn(id, 'author_of'), ...identifierOf('scanr', id.trim(), 'author_of')]
  })
}

/** What an id of scanR is made of: `nnt2019lysem032`, `doi10.1000/x`, `halhal-03175255`. */
export function identifierIn(id: string, relation = 'self'): RecordIdentifier[] {
  const [scheme = '', value = ''] = /^(doi|hal|nnt|pmid|sudoc|inpadoc)(.+)$/.exec(id.trim())?.slice(1) ?? []
  const [known, parse] = ourWord(WORK_IDS, scheme) ?? []
  return known === undefined ? [] : identifierOf(known, parse?.(value), relation)
}

function structuresOf(reading: Reading, given: JsonObject): RecordPersonAffiliation[] {
  return reading.objects(given.affiliations, '/affiliations').flatMap((one, at) => {
    const structure = isObject(one.structure) ? one.structure : one
    const pointer = `/affiliations/${at}/structure`
    const name = textIn(reading, structure.label, `${pointer}/label`)
    if (name === undefined) return []
    const id = reading.text(structure.id, `${pointer}/id`)?.trim()
    const date = (key: string) => parsePartialDate(reading.text(one[key], `/affiliations/${at}/${key}`) ?? '')
    const [start, end] = [date('startDate'), date('endDate')]
    return {
      ...recordPersonAffiliationDefaults,
      name,
      kind: 'employment',
      startYear: start?.year ?? null,
      startMonth: start?.month ?? null,
      endYear: end?.year ?? null,
      endMonth: end?.month ?? null,
      identifiers: id === undefined ? [] : [structureId(id)],
    }
  })
}

function structureId(id: string): { scheme: string; value: string } {
  const scheme = ['rnsr', 'grid'].find((one) => STRUCTURE_IDS[one]?.(id) !== undefined)
  return { scheme: scheme ?? 'scanr', value: id }
}

/** Fields, keywords and subjects of the Sudoc; how often each was found is no score. */
export function scanrDomains(reading: Reading, given: JsonObject) {
  return reading.objects(given.domains, '/domains').flatMap((domain, at) => {
    const [label] = inLanguages(reading, domain.label, `/domains/${at}/label`)
    if (label === undefined) return []
    const id = reading.text(domain.code, `/domains/${at}/code`) ?? null
    const scheme = reading.text(domain.type, `/domains/${at}/type`)?.trim().toLowerCase()
    return { scheme: scheme ?? 'keyword', id, label: label.text, score: null }
  })
}
