import type { RecordAffiliation } from '@atlas/schemas'
import type { JsonObject, NormalisedAuthor } from './adapter.ts'
import { affiliationNamed, blankAuthor, displayName, isGroupName } from './blank.ts'
import { halAuthorIds, halRole } from './hal-types.ts'
import type { Reading } from './reading.ts'

interface Named {
  readonly name: string
  /** `388007-1288873`: form and person. */
  readonly ids?: string | undefined
  readonly idHal?: string | undefined
}

// Fields that hold the whole byline with ids, by what is between the separators; the first that is there counts.
const WITH_IDS: readonly (readonly [string, (parts: readonly string[]) => Named])[] = [
  ['authFullNameFormIDPersonIDIDHal_fs', ([name = '', ids, idHal]) => ({ name, ids, idHal })],
  ['authFullNameIdFormPerson_fs', ([name = '', ids]) => ({ name, ids })],
  ['authIdFormPersonFullName_fs', ([ids, name = '']) => ({ name, ids })],
]

/**
 * The byline of a document. HAL spreads it over parallel lists; those that are not as long as the byline cannot be told
 * apart any more and are left out, never the entries.
 */
export function halAuthors(reading: Reading, doc: JsonObject): NormalisedAuthor[] {
  const byline = bylineOf(reading, doc)
  const parallel = (key: string): readonly (string | undefined)[] => {
    const values = texts(reading, doc, key)
    return values.length === byline.length ? values : []
  }
  const [given, family, roles] = [parallel('authFirstName_s'), parallel('authLastName_s'), parallel('authQuality_s')]
  const [idHals, forms] = [idHalsOf(reading, doc, byline.length), parallel('authIdForm_i')]
  const structures = structuresOf(reading, doc)
  return byline.map(({ name, ids, idHal }, at) => ({
    ...blankAuthor(at + 1),
    name,
    given: wholeGiven(name, given[at], family[at]) ?? null,
    family: family[at] ?? null,
    collective: isGroupName(name),
    sourceIds: halAuthorIds(ids ?? forms[at], idHal ?? idHals[at]),
    ...halRole(roles[at]),
    affiliations: structures.get(ids ?? '') ?? [],
  }))
}

/** With the middle names, which the search has in a list of those who have any: they stand in the whole name. */
function wholeGiven(name: string, given: string | undefined, family: string | undefined): string | undefined {
  const isWhole = given !== undefined && name.startsWith(`${given} `) && name.endsWith(` ${family}`)
  return isWhole ? name.slice(0, -` ${family}`.length) : given
}

function bylineOf(reading: Reading, doc: JsonObject): Named[] {
  for (const [key, read] of WITH_IDS) {
    const entries = texts(reading, doc, key)
    if (entries.length > 0) return entries.map((entry) => read(separated(entry)))
  }
  const whole = texts(reading, doc, 'authFullName_s')
  if (whole.length > 0) return whole.map((name) => ({ name: name ?? '' }))
  const [given, family] = [texts(reading, doc, 'authFirstName_s'), texts(reading, doc, 'authLastName_s')]
  if (family.length === given.length) return family.map((last, at) => ({ name: displayName(given[at], last) }))
  return texts(reading, doc, family.length > 0 ? 'authLastName_s' : 'authLastNameFirstName_s').map((name) => ({
    name: name ?? '',
  }))
}

/** `alice-martin` of `Alice Martin_FacetSep_alice-martin`; most entries have none. */
function idHalsOf(reading: Reading, doc: JsonObject, length: number): readonly (string | undefined)[] {
  const values = texts(reading, doc, 'authFullNameIdHal_fs').map((entry) => separated(entry)[1])
  return values.length === length ? values : []
}

/** `388007-1288873_FacetSep_Vincent Bichet_JoinSep_57629_FacetSep_Laboratoire …`: who was where. */
function structuresOf(reading: Reading, doc: JsonObject): Map<string, RecordAffiliation[]> {
  const structures = new Map<string, RecordAffiliation[]>()
  for (const entry of texts(reading, doc, 'authIdHasStructure_fs')) {
    const [person = '', structure = ''] = (entry ?? '').split('_JoinSep_')
    const [ids = ''] = separated(person)
    const [id = '', name = ''] = separated(structure)
    if (name === '') continue
    const known = structures.get(ids) ?? []
    known.push(affiliationNamed(name, { identifiers: [{ scheme: 'hal_structure', value: id }] }))
    structures.set(ids, known)
  }
  return structures
}

function separated(entry: string | undefined): string[] {
  return (entry ?? '').split('_FacetSep_')
}

function texts(reading: Reading, doc: JsonObject, key: string): (string | undefined)[] {
  return reading.oneOrMore(doc[key]).map((value, at) => reading.plain(value, `/${key}/${at}`))
}
