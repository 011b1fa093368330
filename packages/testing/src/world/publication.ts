import { familyIn, institutionIn, type Person, personOf, rareName } from './person.ts'
import { type Random, randomOf } from './random.ts'
import { ADJECTIVES, CULTURES, FIELDS, PATTERNS, SITES } from './vocabulary.ts'

/** One author of a made-up publication, as it really was. */
export interface TrueAuthor {
  readonly person: Person
  readonly given: string
  readonly family: string
  readonly institution: number
}

/** A made-up publication as it really was; sources describe it each in its own way. */
export interface Publication {
  readonly index: number
  readonly title: string
  readonly year: number
  readonly month: number
  readonly day: number
  readonly doi: string
  readonly preprintDoi: string | undefined
  readonly venue: string
  readonly issn: string
  readonly volume: number
  readonly page: number
  readonly field: number
  readonly authors: readonly TrueAuthor[]
  readonly retracted: boolean
}

export interface WorldSize {
  readonly seed: string
  /** Researchers who have a profile. */
  readonly researchers: number
  /** Authors without one, after the researchers in number. */
  readonly strangers: number
}

export function publicationOf(size: WorldSize, index: number): Publication {
  const random = randomOf(size.seed, 'publication', index)
  const population = size.researchers + size.strangers
  const lead = personOf(size.seed, random.int(population))
  const year = lead.firstYear + random.int(lead.lastYear - lead.firstYear + 1)
  const team = teamOf(size, random, lead)
  const field = FIELDS[lead.field] ?? FIELDS[0]
  if (!field) throw new Error('no field')
  return {
    index,
    title: titleOf(random, field),
    year,
    month: 1 + random.int(12),
    day: 1 + random.int(28),
    doi: `10.5555/${size.seed.replace(/[^a-z0-9]/gi, '').toLowerCase()}.${index}`,
    preprintDoi: random.chance(0.2)
      ? `10.5072/pre.${size.seed.replace(/[^a-z0-9]/gi, '').toLowerCase()}.${index}`
      : undefined,
    venue: random.zipf(field.venues),
    issn: issnOf(lead.field),
    volume: year - 1985,
    page: 1 + random.int(2_000),
    field: lead.field,
    authors: team.map((person) => ({
      person,
      given: person.given,
      family: familyIn(person, year),
      institution: institutionIn(person, year),
    })),
    retracted: random.chance(0.005),
  }
}

/** Mostly the lead's own group, sometimes guests, and now and then a team of dozens. */
function teamOf({ seed, researchers, strangers }: WorldSize, random: Random, lead: Person): readonly Person[] {
  const population = researchers + strangers
  const size = random.chance(0.01) ? 30 + random.int(40) : 1 + random.zipf([2, 3, 1, 4, 5, 0, 6, 8], 0.8)
  const members = new Map<number, Person>([[lead.index, lead]])
  const first = lead.group * 7
  for (let tries = 0; members.size < size && tries < size * 4; tries++) {
    const index = random.chance(0.75) ? first + random.int(7) : random.int(population)
    if (index < population && !members.has(index)) members.set(index, personOf(seed, index))
  }
  const team = [...members.values()]
  return random.sample(team, team.length)
}

function titleOf(random: Random, field: (typeof FIELDS)[number]): string {
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  const [noun = '', other = ''] = random.sample(field.nouns, 2)
  const [adjective = '', second = ''] = random.sample(ADJECTIVES, 2)
  const parts: Readonly<Record<string, string>> = {
    noun,
    Noun: capital(noun),
    adj: adjective,
    Adj: capital(adjective),
    adj2: second,
    other,
    thing: random.pick(field.things),
    Place: rareName(random, random.pick(CULTURES)),
    site: random.pick(SITES),
    n: String(3 + random.int(40)),
  }
  return capital(random.pick(PATTERNS).replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? ''))
}

/** ISO 3297 check digit over a made-up number. */
function issnOf(field: number): string {
  const digits = `20${String(49_000 + field * 137).padStart(5, '0')}`
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (8 - i), 0)
  const check = (11 - (sum % 11)) % 11
  return `${digits.slice(0, 4)}-${digits.slice(4)}${check === 10 ? 'X' : check}`
}
