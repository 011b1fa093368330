import { type Random, randomOf } from '@atlas/testing/world'
import { type MadeName, NAMINGS, type Naming } from './names.ts'
import { skewOf } from './skew.ts'

/** People who publish in groups: with whom, where and on what is mostly decided by the group. */
export interface MadePerson {
  readonly index: number
  readonly name: MadeName
  readonly group: MadeGroup
  /** Partners in other groups. */
  readonly partners: readonly MadeName[]
}

export interface MadeGroup {
  readonly home: Naming
  readonly members: readonly MadeName[]
  readonly institution: string
  readonly field: number
}

/** A population without an end: person `index` is the same however many there are. */
export interface Population {
  readonly seed: string
  person(index: number): MadePerson
}

const GROUP = 12
const PARTNERS = 6
// As many as the Research Organization Registry and OpenAlex's topics have.
const institutions = skewOf(110_000, 0.8, 20)
const fields = skewOf(4_500, 0.5, 10)

export function createPopulation(seed: string): Population {
  let last: { readonly at: number; readonly group: MadeGroup } | undefined
  return {
    seed,
    person(index) {
      const at = Math.floor(index / GROUP)
      if (last?.at !== at) last = { at, group: makeGroup(seed, at) }
      const { group } = last
      const name = group.members[index % GROUP]
      if (name === undefined) throw new Error(`no person ${index}`)
      const random = randomOf(seed, 'partners', index)
      return { index, name, group, partners: Array.from({ length: PARTNERS }, () => newcomer(random, group)) }
    },
  }
}

/** Somebody who might write with this group. */
export function newcomer(random: Random, { home }: MadeGroup): MadeName {
  return namingAt(random, home, 0.6).draw(random)
}

export function anyField(random: Random): number {
  return fields(random)
}

export function anyInstitution(random: Random): string {
  return rorOf(institutions(random))
}

function makeGroup(seed: string, at: number): MadeGroup {
  const random = randomOf(seed, 'group', at)
  const home = anyNaming(random)
  return {
    home,
    // Three of four bear names of the country they work in.
    members: Array.from({ length: GROUP }, () => namingAt(random, home, 0.75).draw(random)),
    institution: anyInstitution(random),
    field: fields(random),
  }
}

function namingAt(random: Random, home: Naming, share: number): Naming {
  return random.chance(share) ? home : anyNaming(random)
}

/** A part of the world, by how many publish there. */
export function anyNaming(random: Random): Naming {
  let point = random.next()
  for (const naming of NAMINGS) {
    point -= naming.share
    if (point < 0) return naming
  }
  throw new Error('shares of namings do not add up to 1')
}

function rorOf(rank: number): string {
  return `0${rank.toString(36).padStart(6, '0')}00`
}
