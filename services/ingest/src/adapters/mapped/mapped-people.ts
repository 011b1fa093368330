import type { JsonValue, NormalisedAuthor } from '../adapter.ts'
import { affiliationNamed, blankAuthor, displayName, isGroupName } from '../blank.ts'
import { plainText } from '../plain-text.ts'
import { isObject, type Reading } from '../reading.ts'
import type { PeopleRule } from './mapping-file.ts'
import { partsOf, textBy, textIn, textsBy, valuesAt } from './values.ts'

/** What describes a person each, or the list of them as text: of the first path that leads to any. */
export function peopleIn({ from }: Pick<PeopleRule, 'from'>, record: JsonValue): JsonValue[] {
  const found = from.map((path) =>
    valuesAt(record, path).filter((value) => isObject(value) || textIn(value) !== undefined),
  )
  return found.find((some) => some.length > 0) ?? []
}

/** The people that a rule finds in a record, in order. */
export function peopleBy(reading: Reading, rule: PeopleRule, record: JsonValue, before: number): NormalisedAuthor[] {
  const people = peopleIn(rule, record).flatMap((value) => {
    const asText = isObject(value) && describes(rule) ? undefined : textIn(value)
    if (asText === undefined) return isObject(value) ? [ofObject(reading, rule, value)] : []
    const names = rule.split === undefined ? [asText] : partsOf(asText, rule.split)
    return names.map((name) => ({ ...blankAuthor(1), ...nameIn(name) }))
  })
  return people
    .filter(({ name }) => name !== '')
    .map((person, at) => ({
      ...person,
      position: before + at + 1,
      role: rule.role,
      collective: isGroupName(person.name),
    }))
}

function describes({ name, given, family }: PeopleRule): boolean {
  return name !== undefined || given !== undefined || family !== undefined
}

function ofObject(reading: Reading, rule: PeopleRule, value: JsonValue): NormalisedAuthor {
  const plain = (one: PeopleRule['name']) => {
    const text = textBy(one, value)
    return text === undefined ? undefined : plainText(text)
  }
  const [given, family, suffix] = [plain(rule.given), plain(rule.family), plain(rule.suffix)]
  const written = plain(rule.name)
  const split = family === undefined && written !== undefined ? nameIn(written) : undefined
  const rors = textsBy(rule.ror, value).map((ror) => reading.ror(ror, '/people'))
  const affiliations = textsBy(rule.affiliations, value).map(plainText)
  return {
    ...blankAuthor(1),
    name: split?.name ?? written ?? displayName(given, family, suffix),
    given: split?.given ?? given ?? null,
    family: split?.family ?? family ?? null,
    suffix: split?.suffix ?? suffix ?? null,
    orcid: reading.orcid(textBy(rule.orcid, value), '/people'),
    email: textBy(rule.email, value)?.toLowerCase() ?? null,
    sourceIds: rule.ids.flatMap(({ scheme, from }) => textsBy({ from }, value).map((id) => ({ scheme, value: id }))),
    // A ROR id belongs to the affiliation at its place in the list.
    affiliations: affiliations
      .filter((name) => name !== '')
      .map((name, at) => affiliationNamed(name, { ror: rors[at] ?? null })),
  }
}

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i

/** `Ar, Ann`, `van Ar, Jr., Ann` and `Ar, Ann, Jr.` are split; `Ann Ar` stands as it is. */
function nameIn(text: string): Pick<NormalisedAuthor, 'name' | 'given' | 'family' | 'suffix'> {
  const [family = '', ...rest] = partsOf(plainText(text), ',')
  const suffix = rest.find((part) => SUFFIX.test(part)) ?? null
  const given = rest.filter((part) => part !== suffix).join(', ')
  if (given === '') return { name: [family, suffix ?? ''].join(' ').trim(), given: null, family: null, suffix }
  return { name: displayName(given, family, suffix ?? undefined), given, family, suffix }
}
