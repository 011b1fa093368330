import type {
  DecidedSlot,
  LinkageAffiliation,
  NameForm,
  ProfileFeatures,
  SlotFeatures,
  WorkFeatures,
} from '@atlas/linkage'
import { type Random, randomOf } from '@atlas/testing/world'
import type { MadeName } from './names.ts'
import { anyField, anyInstitution, type MadePerson, newcomer, type Population } from './people.ts'
import { skewOf } from './skew.ts'

// Bylines of 1 to 12, five in the mean; a field's first of twelve journals prints a third of it, and journals of all
// fields a seventh.
const bylines = skewOf(12, 0.4, 2)
const journals = skewOf(12, 1, 0)
const MEGA_JOURNALS = 6
// A work is told by words of its field, and for a third by words of all fields.
const TERMS = 6
const special = skewOf(200, 0.9, 3)
const general = skewOf(20_000, 0.9, 10)
const SUBFIELDS = 8
const MOST_CONFIRMED = 5

/** How often what a work says of somebody differs from what was known, as measured on real truths where there are any. */
const LIFE = {
  // Of the slots of the ACL Anthology that belong to a known profile 37 in 100 share no co-author with it.
  onlyNewcomers: 0.37,
  moved: 0.2,
  noAffiliation: 0.25,
  otherField: 0.3,
  noSubjects: 0.4,
  // Between computing (1 in 100) and medicine until 2010 (72).
  abbreviated: 0.25,
  swapped: 0.01,
  otherHyphen: 0.05,
  noMiddle: 0.3,
}

/** What is known of a person: names and some confirmed works. */
export function profileOf(population: Population, index: number): ProfileFeatures {
  const person = population.person(index)
  const random = randomOf(population.seed, 'profile', index)
  const confirmed = Array.from({ length: 1 + random.int(MOST_CONFIRMED) }, (_, at) =>
    workWith(person, randomOf(population.seed, 'work', index, at), at, true),
  )
  return {
    profileId: String(index),
    names: [formOf(person.name, false), ...confirmed.flatMap(({ slot }) => slot.names)],
    identities: [],
    affiliations: [],
    confirmed,
    rejected: [],
  }
}

/** A later work of the person, not known yet; `more` tells further ones apart. */
export function laterSlot(population: Population, index: number, ...more: readonly number[]): DecidedSlot {
  return workWith(population.person(index), randomOf(population.seed, 'later', index, ...more), 99, false)
}

function workWith(person: MadePerson, random: Random, no: number, isOwn: boolean): DecidedSlot {
  const workId = `${person.index}.${no}`
  const abbreviated = random.chance(LIFE.abbreviated)
  const others = coauthors(person, random)
  const slotId = `${workId}#0`
  const names = [isOwn ? formOf(person.name, abbreviated) : writtenName(person.name, random, abbreviated)]
  const slot: SlotFeatures = {
    slotId,
    workId,
    position: 1,
    collective: false,
    names,
    orcids: [],
    sourceIds: [],
    emails: [],
    affiliations: affiliations(person, random),
    mentionKeys: [],
  }
  const byline = [names[0] ?? formOf(person.name, abbreviated), ...others.map((name) => formOf(name, abbreviated))]
  return { slot, work: aboutField(person, random, workId, byline) }
}

function aboutField({ group }: MadePerson, random: Random, workId: string, byline: readonly NameForm[]): WorkFeatures {
  const mega = random.chance(1 / 7)
  const field = random.chance(LIFE.otherField) ? anyField(random) : group.field
  return {
    workId,
    title: null,
    year: null,
    type: 'article',
    venue: mega ? `journal ${random.int(MEGA_JOURNALS)} of all` : `journal ${journals(random)} of field ${field}`,
    issns: [],
    terms: Array.from({ length: TERMS }, () => anyWord(random, field)),
    subjects: random.chance(LIFE.noSubjects) ? [] : [`field ${field}`, `field ${field} part ${random.int(SUBFIELDS)}`],
    byline: byline.map((name, at) => ({ slotId: `${workId}#${at}`, name })),
  }
}

/** A word of a work in this field. */
export function anyWord(random: Random, field: number): string {
  return `term${random.chance(1 / 3) ? general(random) : `${field}x${special(random)}`}`
}

function coauthors({ name, group, partners }: MadePerson, random: Random): readonly MadeName[] {
  const count = bylines(random)
  const isNew = random.chance(LIFE.onlyNewcomers)
  const known = random.sample([...group.members.filter((one) => one !== name), ...partners], count)
  return known.map((one) => (isNew || random.chance(0.2) ? newcomer(random, group) : one))
}

function affiliations({ group }: MadePerson, random: Random): readonly LinkageAffiliation[] {
  if (random.chance(LIFE.noAffiliation)) return []
  const ror = random.chance(LIFE.moved) ? anyInstitution(random) : group.institution
  return [{ name: '', ror, country: null }]
}

function writtenName(name: MadeName, random: Random, abbreviated: boolean): NameForm {
  const [first = '', ...middle] = name.given
  const spelt = random.chance(LIFE.otherHyphen) ? first.replace('-', '') : first
  const given = random.chance(LIFE.noMiddle) ? [spelt] : [spelt, ...middle]
  if (!abbreviated && random.chance(LIFE.swapped)) return { name: '', given: name.family, family: spelt }
  return formOf({ family: name.family, given }, abbreviated)
}

function formOf({ family, given }: MadeName, abbreviated: boolean): NameForm {
  const written = abbreviated ? given.map((one) => `${one.slice(0, 1).toUpperCase()}.`) : given
  return { name: `${written.join(' ')} ${family}`, given: written.join(' '), family }
}
