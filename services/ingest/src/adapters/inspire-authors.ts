import { parseGridId, parseRor } from '@atlas/identifiers'
import type { RecordAffiliation } from '@atlas/schemas'
import type { JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor } from './blank.ts'
import { AUTHOR_IDS } from './inspire-types.ts'
import { ourWord } from './mapping.ts'
import { isObject, type Reading } from './reading.ts'
import { invertedName } from './written-names.ts'

/** The number that a link of INSPIRE to one of its records ends with, on whatever host: `…/api/authors/1027513`. */
export function recidIn(given: JsonObject[string]): string | undefined {
  const ref = isObject(given) ? given.$ref : undefined
  return typeof ref === 'string' ? /\/(\d{1,15})\/?$/.exec(ref)?.[1] : undefined
}

/** The byline, then the collaborations and the organisations that sign, each a collective. */
export function inspireAuthors(reading: Reading, metadata: JsonObject): NormalisedAuthor[] {
  const persons = reading.objects(metadata.authors, '/authors')
  const collaborations = reading.objects(metadata.collaborations, '/collaborations')
  const groups = [
    ...collaborations.map((one, at) => [one.value, `/collaborations/${at}/value`] as const),
    ...reading
      .list(metadata.corporate_author, '/corporate_author')
      .map((name, at) => [name, `/corporate_author/${at}`] as const),
  ]
  return [
    ...persons.map((entry, at) => person(reading, entry, at)),
    ...groups.map(([name, pointer], at) => ({
      ...blankAuthor(persons.length + at + 1),
      name: reading.plain(name, pointer) ?? '',
      collective: true,
    })),
  ]
}

function person(reading: Reading, entry: JsonObject, at: number): NormalisedAuthor {
  const pointer = `/authors/${at}`
  const given = reading.plain(entry.full_name, `${pointer}/full_name`) ?? ''
  const parts = invertedName(unescaped(given))
  const otherForms = reading
    .list(entry.alternative_names, `${pointer}/alternative_names`)
    .flatMap((name, nth) => reading.plain(name, `${pointer}/alternative_names/${nth}`) ?? [])
  const ids = reading.objects(entry.ids, `${pointer}/ids`)
  const orcid = ids.find(({ schema }) => schema === 'ORCID')?.value
  const [email] = reading.list(entry.emails, `${pointer}/emails`)
  const [role = 'author'] = reading.list(entry.inspire_roles, `${pointer}/inspire_roles`).map(String)
  return {
    ...blankAuthor(at + 1),
    ...parts,
    nameForms: [...new Set([...parts.nameForms, ...otherForms])],
    orcid: reading.orcid(reading.text(orcid, `${pointer}/ids`), `${pointer}/ids`),
    sourceIds: sourceIds(reading, entry, ids, pointer),
    email: reading.text(email, `${pointer}/emails/0`)?.trim().toLowerCase() ?? null,
    role: role === 'supervisor' ? 'thesis_advisor' : role,
    affiliations: affiliations(reading, entry, pointer),
  }
}

/** What was escaped twice on its way: `M\\u00fcller`. */
function unescaped(name: string): string {
  return name.replace(/\\u([0-9a-f]{4})/gi, (given: string, code: string) => {
    const letter = String.fromCharCode(Number.parseInt(code, 16))
    return /\p{L}|\p{M}/u.test(letter) ? letter : given
  })
}

function sourceIds(reading: Reading, entry: JsonObject, ids: readonly JsonObject[], pointer: string) {
  const record = recidIn(entry.record)
  const known = ids.flatMap(({ schema, value }) => {
    const scheme = ourWord(AUTHOR_IDS, String(schema))
    const text = reading.text(value, `${pointer}/ids`)?.trim()
    return scheme === undefined || text === undefined ? [] : { scheme, value: text }
  })
  return [...(record === undefined ? [] : [{ scheme: 'inspire_author', value: record }]), ...known]
}

/**
 * Institutions as INSPIRE calls them, beside the lines of the paper. The two lists and that of ROR ids stand apart and
 * belong together by their order, where they are as long as each other; else every line is kept with every institution.
 */
function affiliations(reading: Reading, entry: JsonObject, pointer: string): RecordAffiliation[] {
  const named = reading.objects(entry.affiliations, `${pointer}/affiliations`)
  const lines = reading
    .objects(entry.raw_affiliations, `${pointer}/raw_affiliations`)
    .flatMap((raw, at) => reading.plain(raw.value, `${pointer}/raw_affiliations/${at}/value`) ?? [])
  const ids = organisationIds(reading, entry, pointer)
  if (named.length === 0)
    return withIds(
      lines.map((line) => affiliationNamed(line)),
      ids,
    )
  const whole = lines.length === 0 ? null : [...new Set(lines)].join('; ')
  const known = named.flatMap((one, at) => {
    const name = reading.plain(one.value, `${pointer}/affiliations/${at}/value`)
    if (name === undefined) return []
    const record = recidIn(one.record)
    return affiliationNamed(name, {
      raw: lines.length === named.length ? (lines[at] ?? null) : whole,
      identifiers: record === undefined ? [] : [{ scheme: 'inspire_institution', value: record }],
    })
  })
  return withIds(known, ids)
}

interface OrganisationId {
  readonly ror: string | null
  readonly grid: string | null
}

function organisationIds(reading: Reading, entry: JsonObject, pointer: string): OrganisationId[] {
  return reading.objects(entry.affiliations_identifiers, `${pointer}/affiliations_identifiers`).flatMap((id, at) => {
    const place = `${pointer}/affiliations_identifiers/${at}/value`
    const value = reading.text(id.value, place)
    if (id.schema === 'GRID')
      return { ror: null, grid: reading.parsed(value, parseGridId, 'grid_unusable', place) ?? null }
    return { ror: reading.parsed(value, parseRor, 'ror_unusable', place) ?? null, grid: null }
  })
}

function withIds(known: readonly RecordAffiliation[], ids: readonly OrganisationId[]): RecordAffiliation[] {
  if (ids.length === known.length) return known.map((one, at) => withId(one, ids[at]))
  const [only] = known
  if (known.length === 1 && only !== undefined) return [ids.reduce(withId, only)]
  const alone = ids.flatMap((id) => (id.ror === null ? [] : affiliationNamed(id.ror, { ror: id.ror })))
  return [...known, ...alone]
}

function withId(affiliation: RecordAffiliation, id: OrganisationId | undefined): RecordAffiliation {
  if (id === undefined) return affiliation
  return {
    ...affiliation,
    ror: affiliation.ror ?? id.ror,
    identifiers:
      id.grid === null ? affiliation.identifiers : [...affiliation.identifiers, { scheme: 'grid', value: id.grid }],
  }
}
