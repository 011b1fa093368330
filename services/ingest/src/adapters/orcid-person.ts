import { foldText, parseFundrefId, parseGridId, parseOrcid, parseRor } from '@atlas/identifiers'
import {
  type RecordFunder,
  type RecordIdentifier,
  type RecordPersonAffiliation,
  type RecordPersonName,
  recordPersonAffiliationDefaults,
} from '@atlas/schemas'
import type { AdapterResult, JsonObject } from './adapter.ts'
import { blankRecord, displayName } from './blank.ts'
import { keywordOf } from './listed.ts'
import { ourWord } from './mapping.ts'
import { ID_RELATIONS, PERSON_IDS } from './orcid-types.ts'
import { dateIn, externalIds, isVisible, lineIn, ownerIn, stampIn, textIn, visible, wordOf } from './orcid-values.ts'
import { authoredIds } from './orcid-works.ts'
import { identifierOf, isObject, Reading } from './reading.ts'

/** A person: a whole record, or the section `person` of one, which does not tell of works and affiliations. */
export function readOrcidPerson(given: JsonObject): AdapterResult {
  const reading = new Reading()
  const orcid = ownerOf(reading, given)
  return reading.result(() => {
    const history = reading.object(given.history, '/history')
    const deactivated = stampIn(history['deactivation-date']) !== null
    // A closed account is left with a name that is none: "Given Names Deactivated".
    const person = deactivated ? {} : isObject(given.person) ? given.person : given
    const activities = deactivated ? {} : reading.object(given['activities-summary'], '/activities-summary')
    const works = isObject(activities.works) ? activities.works : {}
    return {
      ...blankRecord('orcid', orcid),
      kind: 'author',
      sourceUpdatedAt: stampIn(history['last-modified-date']) ?? newestIn(person),
      deleted: deactivated,
      deletedBecause: deactivated ? 'withdrawn' : null,
      identifiers: [
        ...identifierOf('orcid', orcid),
        ...otherIds(reading, person),
        ...authoredIds(reading, works, '/activities-summary/works'),
      ],
      subjects: visible(reading, person.keywords, 'keyword').flatMap((keyword, at) => {
        return keywordOf(lineIn(reading, keyword, `/person/keywords/keyword/${at}`))
      }),
      funders: funders(reading, activities),
      person: {
        names: names(reading, person),
        affiliations: affiliations(reading, activities),
        emails: emails(reading, person),
        urls: urls(reading, person),
        countries: countries(reading, person),
        biography: biography(reading, person),
      },
    }
  })
}

function ownerOf(reading: Reading, given: JsonObject): string {
  const own = isObject(given['orcid-identifier']) ? given['orcid-identifier'].path : undefined
  const name = isObject(given.name) ? given.name.path : undefined
  const path = own ?? given.path ?? name
  const orcid = typeof path === 'string' ? (parseOrcid(path) ?? ownerIn(path)) : undefined
  if (orcid !== undefined) return orcid
  const code = path === undefined || path === null ? 'missing_field' : 'invalid_field'
  reading.refuse(code, own === undefined ? '/path' : '/orcid-identifier/path', 'the record has no usable iD')
  return ''
}

/** When a section of the person was last changed. */
function newestIn(person: JsonObject): number | null {
  const stamps = [person, ...Object.values(person).filter(isObject)].map((part) => stampIn(part['last-modified-date']))
  const newest = Math.max(...stamps.map((stamp) => stamp ?? 0))
  return newest === 0 ? null : newest
}

function names(reading: Reading, person: JsonObject): RecordPersonName[] {
  const name = isObject(person.name) && isVisible(person.name) ? person.name : {}
  const given = lineIn(reading, name['given-names'], '/person/name/given-names')
  const family = lineIn(reading, name['family-name'], '/person/name/family-name')
  const credit = lineIn(reading, name['credit-name'], '/person/name/credit-name')
  const main = displayName(given, family)
  const form = (text: string | undefined, kind: string): RecordPersonName[] =>
    text === undefined ? [] : [{ name: text, given: null, family: null, kind }]
  return [
    ...(main === '' ? [] : [{ name: main, given: given ?? null, family: family ?? null, kind: 'main' }]),
    ...form(credit, 'credit'),
    ...visible(reading, person['other-names'], 'other-name').flatMap((other, at) =>
      form(lineIn(reading, other, `/person/other-names/other-name/${at}`), 'other'),
    ),
  ]
}

/** Identifiers elsewhere; a system that is not known here keeps its own name, in small letters. */
function otherIds(reading: Reading, person: JsonObject): RecordIdentifier[] {
  return visible(reading, person['external-identifiers'], 'external-identifier').flatMap((id, at) => {
    const pointer = `/person/external-identifiers/external-identifier/${at}/external-id-value`
    const value = textIn(reading, id['external-id-value'], pointer)
    const type = textIn(reading, id['external-id-type'], pointer) ?? ''
    const slug = foldText(type).replaceAll(' ', '_')
    const [scheme, parse] = ourWord(PERSON_IDS, slug.replaceAll('_', '')) ?? [slug, (text: string) => text.trim()]
    const parsed = scheme === '' ? undefined : reading.parsed(value, parse, `${scheme}_unusable`, pointer)
    return identifierOf(scheme, parsed, ourWord(ID_RELATIONS, wordOf(id['external-id-relationship'])) ?? 'self')
  })
}

const ACTIVITIES = {
  employments: 'employment',
  'invited-positions': 'invited-position',
  educations: 'education',
  qualifications: 'qualification',
  distinctions: 'distinction',
  memberships: 'membership',
  services: 'service',
} as const

function affiliations(reading: Reading, activities: JsonObject): RecordPersonAffiliation[] {
  return Object.entries(ACTIVITIES).flatMap(([list, kind]) =>
    summaries(reading, activities[list], `${kind}-summary`).flatMap((summary) => {
      const pointer = `/activities-summary/${list}`
      const organisation = reading.object(summary.organization, `${pointer}/organization`)
      const name = lineIn(reading, organisation.name, `${pointer}/organization/name`)
      if (name === undefined) return []
      const { address } = organisation
      const country = isObject(address)
        ? textIn(reading, address.country, `${pointer}/organization/address`)
        : undefined
      return {
        ...recordPersonAffiliationDefaults,
        name,
        kind: kind.replace('-', '_'),
        country: country?.trim().toUpperCase() ?? null,
        department: lineIn(reading, summary['department-name'], `${pointer}/department-name`) ?? null,
        role: lineIn(reading, summary['role-title'], `${pointer}/role-title`) ?? null,
        ...years(summary),
        ...organisationIds(reading, organisation),
      }
    }),
  )
}

/** v2 has the summaries in the list, v3 in groups, in JSON one level deeper than in XML. */
function summaries(reading: Reading, list: JsonObject[string], key: string): JsonObject[] {
  if (!isObject(list)) return []
  const groups = reading.oneOrMore(list['affiliation-group']).filter(isObject)
  const deeper = groups.flatMap((group) => reading.oneOrMore(group.summaries))
  return [list, ...groups, ...deeper].flatMap((one) => visible(reading, one, key))
}

function years(summary: JsonObject) {
  const [start, end] = [dateIn(summary['start-date']), dateIn(summary['end-date'])]
  return {
    startYear: start?.year ?? null,
    startMonth: start?.month ?? null,
    endYear: end?.year ?? null,
    endMonth: end?.month ?? null,
  }
}

const ORGANISATION_IDS: Readonly<Record<string, (text: string) => string | undefined>> = {
  grid: parseGridId,
  fundref: parseFundrefId,
}

function organisationIds(reading: Reading, organisation: JsonObject) {
  const known = organisation['disambiguated-organization']
  if (!isObject(known)) return { ror: null, identifiers: [] }
  const place = '/organization/disambiguated-organization'
  const id = textIn(reading, known['disambiguated-organization-identifier'], place)?.trim()
  const scheme = textIn(reading, known['disambiguation-source'], place)?.trim().toLowerCase()
  if (id === undefined || scheme === undefined) return { ror: null, identifiers: [] }
  if (scheme === 'ror') return { ror: reading.parsed(id, parseRor, 'ror_unusable', place) ?? null, identifiers: [] }
  return { ror: null, identifiers: [{ scheme, value: ourWord(ORGANISATION_IDS, scheme)?.(id) ?? id }] }
}

/** Who paid the person, and the numbers of the grants. */
function funders(reading: Reading, activities: JsonObject): RecordFunder[] {
  const list = activities.fundings
  const groups = isObject(list) ? reading.oneOrMore(list.group) : []
  return groups.flatMap((group) =>
    visible(reading, group, 'funding-summary').flatMap((funding) => {
      const organisation = reading.object(funding.organization, '/activities-summary/fundings')
      const name = lineIn(reading, organisation.name, '/activities-summary/fundings/organization/name')
      if (name === undefined) return []
      const { ror, identifiers } = organisationIds(reading, organisation)
      const awards = externalIds(funding).flatMap(
        (id) => lineIn(reading, id['external-id-value'], '/activities-summary/fundings') ?? [],
      )
      return { name, identifiers: ror === null ? identifiers : [{ scheme: 'ror', value: ror }], awards }
    }),
  )
}

function emails(reading: Reading, person: JsonObject): string[] {
  return visible(reading, person.emails, 'email').flatMap(
    (email, at) => lineIn(reading, email.email, `/person/emails/email/${at}`)?.toLowerCase() ?? [],
  )
}

function urls(reading: Reading, person: JsonObject): string[] {
  return visible(reading, person['researcher-urls'], 'researcher-url').flatMap(
    (url, at) => textIn(reading, url.url, `/person/researcher-urls/researcher-url/${at}`)?.trim() ?? [],
  )
}

function countries(reading: Reading, person: JsonObject): string[] {
  const codes = visible(reading, person.addresses, 'address').flatMap(
    (address, at) => textIn(reading, address.country, `/person/addresses/address/${at}`)?.trim().toUpperCase() ?? [],
  )
  return [...new Set(codes)]
}

function biography(reading: Reading, person: JsonObject): string | null {
  const { biography: given } = person
  return isObject(given) && !isVisible(given) ? null : (lineIn(reading, given, '/person/biography') ?? null)
}
