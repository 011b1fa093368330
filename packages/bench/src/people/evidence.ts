import type { DecidedSlot, NameForm, PersonIdentifier, ProfileFeatures, ProfileIdentityFeatures } from '@atlas/linkage'
import { type Random, randomOf } from '@atlas/testing/world'
import type { Population } from './people.ts'
import { toldAtLength } from './told.ts'
import { varied } from './varied.ts'
import { laterSlot, profileOf } from './works.ts'

/**
 * Shares of what settles a question, by hand: a publisher's byline in five carries an iD, one of thirty of these on the
 * wrong co-author; sources know most authors by an id of their own, one in twenty mixed up with a namesake's.
 */
const LIFE = {
  orcid: 0.2,
  wrongOrcid: 0.03,
  twoOrcids: 0.02,
  authorId: 0.6,
  mixedUp: 0.05,
  email: 0.05,
  claims: { orcid: 0.4, proved: 0.7, authorId: 0.25, partly: 0.05, notMine: 0.05, email: 0.1 },
  rejected: 0.15,
  // A name as somebody slipped, cut or added to it.
  otherName: 0.06,
  // A slot that was decided on before, a second one on the byline of a confirmed work, another of somebody who was rejected.
  again: 0.01,
  secondSlot: 0.005,
  sameOther: 0.05,
}
const MOST_REJECTED = 3
const ID_SCHEME = 'openalex_author'

/** What is known of person `index`, told at length: works, rejected slots and identities. */
export function provenProfile(population: Population, index: number): ProfileFeatures {
  const profile = profileOf(population, index)
  const confirmed = profile.confirmed.map((decided) => withIds(decided, index))
  const rejected = rejectedOf(population, index, profile.names[0])
  return { ...profile, confirmed: confirmed.map(told), rejected, identities: identitiesOf(index) }
}

/** A slot to come of person `index`, told at length, with what bylines carry beside names. */
export function provenSlot(population: Population, index: number): DecidedSlot {
  const random = randomOf('proven slot', index)
  if (random.chance(LIFE.again)) return decidedAgain(population, index, random)
  if (random.chance(LIFE.secondSlot)) return secondSlot(population, index)
  const later = withIds(laterSlot(population, index), index)
  if (random.chance(LIFE.sameOther)) return ofRejected(population, index) ?? told(later)
  return told(random.chance(LIFE.otherName) ? renamed(later, random) : later)
}

function told(decided: DecidedSlot): DecidedSlot {
  return varied(toldAtLength(decided))
}

function withIds({ slot, work }: DecidedSlot, index: number): DecidedSlot {
  const random = randomOf('ids', slot.slotId)
  const bearer = random.chance(LIFE.wrongOrcid) ? index + 1 : index
  const second = random.chance(LIFE.twoOrcids) ? [orcidOf(index + 2)] : []
  return {
    work,
    slot: {
      ...slot,
      orcids: random.chance(LIFE.orcid) ? [orcidOf(bearer), ...second] : [],
      sourceIds: random.chance(LIFE.authorId) ? [authorIdOf(random.chance(LIFE.mixedUp) ? index + 1 : index)] : [],
      emails: random.chance(LIFE.email) ? [emailOf(index)] : [],
      mentionKeys: [slot.slotId],
    },
  }
}

/** Slots of others that were proposed to the person under his own name. */
function rejectedOf(population: Population, index: number, name: NameForm | undefined): readonly DecidedSlot[] {
  const random = randomOf('rejected', index)
  if (name === undefined || !random.chance(LIFE.rejected)) return []
  return Array.from({ length: 1 + random.int(MOST_REJECTED) }, () => {
    const other = index + 1 + random.int(1_000_000)
    return named(withIds(laterSlot(population, other), other), name)
  })
}

function decidedAgain(population: Population, index: number, random: Random): DecidedSlot {
  const { confirmed, rejected } = provenProfile(population, index)
  return random.pick([...confirmed, ...rejected])
}

function secondSlot(population: Population, index: number): DecidedSlot {
  const [decided] = provenProfile(population, index).confirmed
  if (decided === undefined) throw new Error(`person ${index} has no work`)
  const { slot, work } = decided
  const slotId = `${work.workId}#again`
  const name = slot.names[0] ?? { name: '', given: null, family: null }
  return {
    slot: { ...slot, slotId, mentionKeys: [slotId] },
    work: { ...work, byline: [...work.byline, { slotId, name }] },
  }
}

/** Another work of the one whose slot the person rejected. */
function ofRejected(population: Population, index: number): DecidedSlot | undefined {
  const [decided] = provenProfile(population, index).rejected
  if (decided === undefined) return undefined
  const { slot, work } = decided
  const [slotId, workId] = [`${slot.slotId} later`, `${work.workId} later`]
  const byline = work.byline.map((one) => (one.slotId === slot.slotId ? { ...one, slotId } : one))
  return told({
    slot: { ...slot, slotId, workId, mentionKeys: [slotId] },
    work: { ...work, workId, byline },
  })
}

function named({ slot, work }: DecidedSlot, name: NameForm): DecidedSlot {
  const byline = work.byline.map((one) => (one.slotId === slot.slotId ? { ...one, name } : one))
  return { slot: { ...slot, names: [name] }, work: { ...work, byline } }
}

/** The name with a slip, a nickname's beginning, a generation, a second family name, or another one after a marriage. */
function renamed(decided: DecidedSlot, random: Random): DecidedSlot {
  const [form] = decided.slot.names
  const [given, family] = [form?.given ?? '', form?.family ?? '']
  const others: readonly NameForm[] = [
    nameOf(given, `${family.slice(0, 2)}${family.slice(3)}`),
    nameOf(given.slice(0, 4), family),
    nameOf(`${given.slice(0, 3)}${given.slice(4)}`, family),
    nameOf(given, `${family} Jr.`),
    nameOf(given, `${family} Moreno`),
    nameOf(given, `Moreno-${family}`),
    nameOf(`Ana ${given}`, family),
    nameOf(family, given),
    nameOf('', family),
  ]
  return named(decided, random.pick(others))
}

function nameOf(given: string, family: string): NameForm {
  return { name: `${given} ${family}`, given, family }
}

function identitiesOf(index: number): readonly ProfileIdentityFeatures[] {
  const random = randomOf('identities', index)
  const { claims } = LIFE
  const identity = (type: string, value: string, ownership = 'mine', proved = true): ProfileIdentityFeatures => ({
    type,
    value,
    verifiedAt: proved ? 1 : null,
    policy: ownership === 'not_mine' ? 'auto_reject' : 'auto_suggest',
    ownership,
  })
  const authorId = (at: number, ownership: string) => identity(ID_SCHEME, authorIdOf(at).value, ownership)
  return [
    ...(random.chance(claims.orcid) ? [identity('orcid', orcidOf(index), 'mine', random.chance(claims.proved))] : []),
    ...(random.chance(claims.authorId) ? [authorId(index, random.chance(claims.partly) ? 'partly_mine' : 'mine')] : []),
    ...(random.chance(claims.notMine) ? [authorId(index - 1, 'not_mine')] : []),
    ...(random.chance(claims.email) ? [identity('email', emailOf(index))] : []),
  ]
}

function orcidOf(index: number): string {
  return `0000-${`${index}`.padStart(12, '0').replace(/(.{4})(?=.)/g, '$1-')}`
}

function authorIdOf(index: number): PersonIdentifier {
  return { scheme: ID_SCHEME, value: `A${index}` }
}

function emailOf(index: number): string {
  return `person${index}@example.org`
}
