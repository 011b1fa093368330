import { uuidv5 } from '@atlas/identifiers'
import { type Random, randomOf } from './random.ts'
import { CULTURES, type Culture, FIELDS, INSTITUTIONS } from './vocabulary.ts'

/** A made-up researcher; everything follows from the seed and the number. */
export interface Person {
  readonly index: number
  readonly given: string
  readonly family: string
  readonly marriedName: string | undefined
  readonly culture: Culture
  readonly middleInitial: string | undefined
  readonly orcid: string
  readonly hasOrcid: boolean
  readonly field: number
  readonly firstYear: number
  readonly lastYear: number
  /** Jobs in order; the first starts with the career. */
  readonly jobs: readonly { readonly institution: number; readonly from: number }[]
  /** The team it mostly publishes with. */
  readonly group: number
}

const PROFILE_NAMESPACE = '7c9e6679-7425-5f4d-9c3b-0b1f3e5a9d01'
const GROUP_SIZE = 7

export function personOf(seed: string, index: number): Person {
  const random = randomOf(seed, 'person', index)
  // One in twelve bears the whole name of somebody else: the case the product exists for.
  const named =
    index > 0 && random.chance(1 / 12) ? randomOf(seed, 'name', random.int(index)) : randomOf(seed, 'name', index)
  const culture = cultureAt(named.next())
  const given = named.zipf(culture.given, 0.7)
  const family = familyOf(named, culture)
  const firstYear = 1990 + random.int(30)
  const lastYear = Math.min(2026, firstYear + 4 + random.int(30))
  const group = Math.floor(index / GROUP_SIZE)
  const groupRandom = randomOf(seed, 'group', group)
  const field = groupRandom.int(FIELDS.length)
  const home = groupRandom.int(INSTITUTIONS.length)
  const moves = random.int(3)
  return {
    index,
    given,
    family,
    marriedName: random.chance(0.06) ? familyOf(random, culture) : undefined,
    culture,
    middleInitial: random.chance(0.25) ? 'ABCDEFGHJLMNPRST'[random.int(16)] : undefined,
    orcid: orcidOf(seed, index),
    hasOrcid: random.chance(0.6),
    field,
    firstYear,
    lastYear,
    jobs: [
      { institution: random.chance(0.8) ? home : random.int(INSTITUTIONS.length), from: firstYear },
      ...Array.from({ length: moves }, (_, i) => ({
        institution: random.int(INSTITUTIONS.length),
        from: firstYear + Math.floor(((i + 1) * (lastYear - firstYear)) / (moves + 1)),
      })),
    ],
    group,
  }
}

/** A frequent name, or one of hundreds to thousands that few bear. */
function familyOf(random: Random, culture: Culture): string {
  return random.chance(culture.frequent) ? random.zipf(culture.family, 0.9) : rareName(random, culture)
}

export function rareName(random: Random, { rare }: Culture): string {
  return rare.map((parts) => random.pick(parts)).join('')
}

export function profileIdOf(seed: string, index: number): string {
  return uuidv5(PROFILE_NAMESPACE, `${seed}\u001f${index}`)
}

export function institutionIn(person: Person, year: number): number {
  return (person.jobs.findLast((job) => job.from <= year) ?? person.jobs[0])?.institution ?? 0
}

/** The family name it published under in that year. */
export function familyIn(person: Person, year: number): string {
  const married = person.firstYear + Math.floor((person.lastYear - person.firstYear) / 2)
  return person.marriedName !== undefined && year >= married ? person.marriedName : person.family
}

function cultureAt(point: number): Culture {
  let sum = 0
  for (const culture of CULTURES) {
    sum += culture.share
    if (point < sum) return culture
  }
  const [first] = CULTURES
  if (!first) throw new Error('no culture')
  return first
}

/** A well-formed iD (check digit by ISO 7064 MOD 11-2) below the range that ORCID assigns from; ten million of them. */
export function orcidOf(seed: string, index: number): string {
  const number = (index * 7_919 + randomOf(seed, 'orcid').int(10 ** 7)) % 10 ** 7
  const digits = `00000000${String(number).padStart(7, '0')}`
  let total = 0
  for (const digit of digits) total = (total + Number(digit)) * 2
  const check = (12 - (total % 11)) % 11
  return `${digits}${check === 10 ? 'X' : check}`.replace(/(.{4})(?=.)/g, '$1-')
}
