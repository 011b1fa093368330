import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import { reduceNames } from '../names/reduce-names.ts'
import { remembered } from '../names/remembered.ts'
import { soundOf } from '../names/transcriptions.ts'
import type { BlockKey, BlockKind, KeyChoice, NameForm, ProfileFeatures, SlotFeatures, WorkFeatures } from '../types.ts'
import { FAMILY, FREQUENT_CLASSES } from './name-table.ts'
import { commonInitials, commonReadings, type Reading, readingsOf, swappedReadings, variantsOf } from './readings.ts'
import { besideSlot, institutionsOf, mostTelling, type Surroundings } from './surroundings.ts'

// A name's keys are paths: what begins with another key and goes on behind "/" is a part of that block.
//
//   n:wang|x                        family name and initial
//   n:wang|x/xiao                   … those whose given name begins like this
//   n:wang|x/xiao/xiaoming          … those of this given name
//   n:wang|x/.                      … those of whom no given name is known
//   n:wang|x/+zhao|l  /@…  /~…      … those with this co-author, institution, venue, subject or word
//   o:wang|x/xiao                   other ways to read a name, see `variantsOf`
//   w:vang xiaoming                 all its words as they sound, in whatever order they are written
//   w:xiaomingvang                  the same wherever it is cut

const ORDER: readonly BlockKind[] = [
  'orcid',
  'author_id',
  'email',
  'name_full',
  'name_words',
  'name_given',
  'name_variant',
  'name_abbreviated',
  'name_coauthor',
  'name_affiliation',
  'name_field',
  'name_initial',
  'name_family',
]
const RANKS: ReadonlyMap<BlockKind, number> = new Map(ORDER.map((kind, rank) => [kind, rank]))

/** Every key a slot is looked up under, each with those to look up instead where its block is too wide. */
export function slotKeys(slot: SlotFeatures, work: WorkFeatures): readonly KeyChoice[] {
  if (slot.collective) return []
  const around = once(() =>
    mostTelling({
      ...besideSlot(slot.slotId, work),
      institutions: slot.affiliations.flatMap(institutionsOf),
    }),
  )
  const names = preparedNames(slot.names)
  return merged([
    ...slot.orcids.map((orcid) => exact(`orcid:${orcid}`, 'orcid')),
    ...slot.sourceIds.map(({ scheme, value }) => exact(`id:${scheme}:${value}`, 'author_id')),
    ...slot.emails.map((email) => exact(`email:${email.toLowerCase()}`, 'email')),
    ...names.flatMap((name) => {
      const { readings, others } = nameKeysOf(name)
      return [...readings.map(([reading, root]) => lookedUp(root, reading, name, around)), ...others]
    }),
  ])
}

/** What a slot of this name is looked up under, whatever is around it. */
interface NameKeys {
  readonly readings: readonly (readonly [reading: Reading, root: KeyChoice])[]
  readonly others: readonly KeyChoice[]
}

// Names come again and again, and a name is prepared once.
const KEYS_OF_NAMES = new WeakMap<PreparedName, NameKeys>()

function nameKeysOf(name: PreparedName): NameKeys {
  const known = KEYS_OF_NAMES.get(name)
  if (known !== undefined) return known
  const readings = readingsOf(name)
  const keys: NameKeys = {
    readings: readings.map((reading) => [reading, rootOf(reading)]),
    others: [
      ...wordsOf(name),
      ...alikeOf(name),
      // The profile stands under its name as it is: to cut one side otherwise is enough.
      ...variantsOf(name).flatMap((reading) => variant('n', reading)),
      ...swappedReadings(name).map((reading) => variantAbbreviated('n', reading)),
      ...readings.flatMap((reading) =>
        name.full ? variant('o', reading).slice(-1) : [variantAbbreviated('o', reading)],
      ),
    ],
  }
  KEYS_OF_NAMES.set(name, keys)
  return keys
}

/** Every key a profile stands under, narrower ones included: whatever block is split, the profile is in its parts. */
export function profileKeys(profile: ProfileFeatures): readonly KeyChoice[] {
  const { confirmed } = profile
  const identities = profile.identities.filter(
    ({ policy, ownership }) => policy !== 'ignore' && ownership !== 'not_mine',
  )
  const around = once(() => {
    const beside = confirmed.map(({ slot, work }) => besideSlot(slot.slotId, work))
    return mostTelling({
      coauthors: beside.flatMap(({ coauthors }) => coauthors),
      institutions: [...profile.affiliations, ...confirmed.flatMap(({ slot }) => slot.affiliations)].flatMap(
        institutionsOf,
      ),
      fields: beside.flatMap(({ fields }) => fields),
    })
  })
  const names = preparedNames(profile.names)
  return merged([
    ...identities.map(({ type, value }) => {
      if (type === 'orcid') return exact(`orcid:${value}`, 'orcid')
      if (type === 'email') return exact(`email:${value.toLowerCase()}`, 'email')
      return exact(`id:${type}:${value}`, 'author_id')
    }),
    ...names.flatMap((name) => [
      ...readingsOf(name).map((reading) => stoodUnder(reading, name, around)),
      ...wordsOf(name),
      ...alikeOf(name),
      ...variantsOf(name).flatMap((reading) => variant('o', reading)),
      ...swappedReadings(name).map((reading) => variantAbbreviated('o', reading)),
    ]),
  ])
}

/** The keys and all that is narrower, distinct and sorted: what a store indexes. */
export function allKeys(choices: readonly KeyChoice[]): readonly BlockKey[] {
  const distinct = new Map<string, BlockKind>()
  const visit = (choice: KeyChoice): void => {
    if (!distinct.has(choice.key)) distinct.set(choice.key, choice.kind)
    choice.narrower().forEach(visit)
  }
  choices.forEach(visit)
  return [...distinct].map(([key, kind]) => ({ key, kind })).sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Identifiers first, names alone last; equal kinds by key. */
export function keysBySpecificity<K extends BlockKey>(keys: readonly K[]): readonly K[] {
  return keys.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
}

function rankOf({ kind }: BlockKey): number {
  return RANKS.get(kind) ?? -1
}

/**
 * The key under which every slot stands that meets profiles through this one: itself for a frequent name, whose slots
 * stand under all their keys, and else the block it is a part of.
 */
export function standsUnder(key: string): string {
  const part = key.indexOf('/')
  return part < 0 || !key.startsWith('n:') || isOfFrequentName(key) ? key : key.slice(0, part)
}

/** Whether slots with this key also stand under every key that is narrower: see `slotStandsUnder`. */
export function isOfFrequentName(key: string): boolean {
  return key.startsWith('n:') && isFrequent(key.slice(2, key.indexOf('|')))
}

type Around = () => Surroundings

function exact(key: string, kind: BlockKind): KeyChoice {
  return { key, kind, frequent: false, narrower: none }
}

/** A name's block with the ways from it for a slot: by its given name where one is written, else by what is around it. */
function lookedUp(root: KeyChoice, reading: Reading, name: PreparedName, around: Around): KeyChoice {
  const others = byAround(root, around)
  const abbreviated: KeyChoice = { ...root, key: `${root.key}/.`, kind: 'name_abbreviated', narrower: others }
  return { ...root, narrower: name.full ? () => [...byGiven(root, reading, others), abbreviated] : others }
}

/** A name's block with every part of it that a profile is in. */
function stoodUnder(reading: Reading, name: PreparedName, around: Around): KeyChoice {
  const root = rootOf(reading)
  const others = byAround(root, around)
  const abbreviated: KeyChoice = { ...root, key: `${root.key}/.`, kind: 'name_abbreviated', narrower: none }
  const own = () => (name.full ? byGiven(root, reading, none) : [abbreviated])
  return { ...root, narrower: () => [...own(), ...others()] }
}

function rootOf({ family, given }: Reading): KeyChoice {
  const initial = given[0]?.[0] ?? ''
  const kind = initial === '' ? 'name_family' : 'name_initial'
  return { key: `n:${family}|${initial}`, kind, frequent: isFrequent(family), narrower: none }
}

function byGiven(root: KeyChoice, { given }: Reading, others: () => readonly KeyChoice[]): readonly KeyChoice[] {
  return wholesOf(given).map((whole): KeyChoice => {
    const key = `${root.key}/${headOf(whole)}`
    const full: KeyChoice = { ...root, key: `${key}/${whole}`, kind: 'name_full', narrower: others }
    return { ...root, key, kind: 'name_given', narrower: () => [full] }
  })
}

/** A reading that only a whole given name is enough to believe; `n` looks for profiles of that name. */
function variant(space: 'n' | 'o', reading: Reading): readonly KeyChoice[] {
  const root = rootOf(reading)
  return wholesOf(reading.given).map((whole) => ({
    ...root,
    key: `${space}${root.key.slice(1)}/${headOf(whole)}`,
    kind: 'name_variant',
  }))
}

const hear = remembered((word: string) => ({ sound: soundOf(word) }))

/** Names of equal words or letters meet, whichever are the family name; all as they sound, which is how they are compared. */
function wordsOf({ given, familyParts, straight, turned }: PreparedName): readonly KeyChoice[] {
  const words = [...given, ...familyParts].filter((word) => word.length > 1)
  if (words.length < 2) return []
  const sorted = words.map((word) => hear(word).sound).sort()
  return [sorted.join(' '), straight, turned].map((key) => exact(`w:${key}`, 'name_words'))
}

/** Where one reading stands for all that are compared as one name, both sides stand under it. */
function alikeOf(name: PreparedName): readonly KeyChoice[] {
  return [
    ...commonReadings(name).flatMap((reading) => variant('o', reading)),
    ...commonInitials(name).map((reading) => variantAbbreviated('o', reading)),
  ]
}

/** Whoever is known by the initial of such a reading alone: K. Nandhini, who is Nandhini Kumaresh elsewhere. */
function variantAbbreviated(space: 'n' | 'o', reading: Reading): KeyChoice {
  const root = rootOf(reading)
  return { ...root, key: `${space}${root.key.slice(1)}/.`, kind: 'name_variant' }
}

// Four letters: Jean and Jean-Pierre, Alex and Alexander meet as long as that block is not too wide.
function headOf(whole: string): string {
  return whole.slice(0, 4)
}

// A short first name also stands alone, and initials say nothing here: Wei, Wei F. and Wei-Feng meet.
function wholesOf(given: readonly string[]): readonly string[] {
  const written = given.filter((token) => token.length > 1)
  const [first = ''] = written
  return first === '' ? [] : [...new Set([written.join(''), first])]
}

function byAround(root: KeyChoice, around: Around): () => readonly KeyChoice[] {
  return once(() => {
    const { coauthors, institutions, fields } = around()
    const part = (sign: string, kind: BlockKind) => (value: string) => ({
      ...root,
      key: `${root.key}/${sign}${value}`,
      kind,
    })
    return [
      ...coauthors.map(part('+', 'name_coauthor')),
      ...institutions.map(part('@', 'name_affiliation')),
      ...fields.map(part('~', 'name_field')),
    ]
  })
}

function none(): readonly KeyChoice[] {
  return []
}

function preparedNames(names: readonly NameForm[]): readonly PreparedName[] {
  return reduceNames(names.map(prepareName).filter(({ family }) => family !== ''))
}

function isFrequent(family: string): boolean {
  return (FAMILY.classOf[family] ?? FREQUENT_CLASSES) < FREQUENT_CLASSES
}

/** One choice a key, with all that is narrower in any of them. */
function merged(choices: readonly KeyChoice[]): readonly KeyChoice[] {
  const byKey = new Map<string, KeyChoice>()
  for (const choice of choices) {
    const other = byKey.get(choice.key)
    const both = other && { ...other, narrower: () => merged([...other.narrower(), ...choice.narrower()]) }
    byKey.set(choice.key, both ?? choice)
  }
  return keysBySpecificity([...byKey.values()])
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => {
    made ??= make()
    return made
  }
}
