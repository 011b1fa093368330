import { COAUTHORS, type Sketch } from '@atlas/linkage/kernel'
import { type Random, randomOf } from '@atlas/testing/world'
import type { MadeName } from './names.ts'
import { anyInstitution, type MadePerson, newcomer, type Population } from './people.ts'
import { plainName } from './plain-name.ts'

const BYLINE = 5
const ABBREVIATED = 0.25
const MOVED = 0.2
const NEWCOMER = 0.4

/** What is known of a person. */
export function knownSketch(population: Population, index: number): Sketch {
  const person = population.person(index)
  const others = randomOf(population.seed, 'known', index).sample(aroundOf(person), COAUTHORS)
  return sketched(person.name, others, person.group.institution)
}

/** A slot of a later work of the person: some of his co-authors, some new ones. */
export function laterSketch(population: Population, index: number): Sketch {
  const person = population.person(index)
  const random = randomOf(population.seed, 'later sketch', index)
  const others = random
    .sample(aroundOf(person), BYLINE)
    .map((one) => (random.chance(NEWCOMER) ? newcomer(random, person.group) : one))
  const institution = random.chance(MOVED) ? anyInstitution(random) : person.group.institution
  return sketched(writtenBy(person, random), others, institution)
}

function aroundOf({ name, group, partners }: MadePerson): readonly MadeName[] {
  return [...group.members.filter((one) => one !== name), ...partners]
}

function writtenBy({ name: { family, given } }: MadePerson, random: Random): MadeName {
  return random.chance(ABBREVIATED) ? { family, given: given.map((one) => one.slice(0, 1)) } : { family, given }
}

function sketched(name: MadeName, others: readonly MadeName[], institution: string): Sketch {
  return {
    name: plainName(name),
    block: `${name.family} ${name.given[0]?.[0] ?? ''}`,
    coauthors: others.map((one) => numberOf(plainName(one))),
    institutions: [numberOf(institution)],
  }
}

/** A number of 31 bits for a text: FNV-1a. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash >>> 1
}
