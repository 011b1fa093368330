import { compareAffiliations } from '../authors/affiliations.ts'
import { compareNames, NAME_LEVELS, type NameLevel } from '../names/compare-names.ts'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { NameForm } from '../types.ts'
import { addCircumstances } from './compare-circumstances.ts'
import { addIdentity } from './identity.ts'
import { COMPARISONS, type Found, type Levels, nothingFound, RARITIES, type Rarity } from './model.ts'
import type { AttributedProfile, AttributedSlot } from './prepare.ts'
import { nearnessOf } from './topics.ts'

/** The best pair of forms of two names. */
export interface NameFit {
  readonly level: NameLevel
  readonly forms: readonly [slot: PreparedName, profile: PreparedName] | null
  /** Log2 of one bearer in how many: of the whole name where all of it agrees, else of the family name. */
  readonly bits: number
}

/** How a profile's name fits that of a slot: as a whole, in part (initials, a form of the name), or not. */
export const FITTING = { not: 0, inPart: 1, whole: 2 } as const
export type Fitting = (typeof FITTING)[keyof typeof FITTING]

export function fittingOf({ level }: NameFit): Fitting {
  if (level === 'exact' || level === 'compatible') return FITTING.whole
  return level === 'similar' || level === 'initials' ? FITTING.inPart : FITTING.not
}

/** How many fit best: whoever fits in part is not counted beside one who fits as a whole. */
export function countFitting(pairs: readonly { readonly fitting: Fitting }[]): number {
  const whole = pairs.filter(({ fitting }) => fitting === FITTING.whole).length
  return whole > 0 ? whole : pairs.filter(({ fitting }) => fitting === FITTING.inPart).length
}

const RANKS = Object.fromEntries(NAME_LEVELS.map((level, rank) => [level, rank])) as Readonly<Record<NameLevel, number>>

export function fitOf(slot: readonly PreparedName[], profile: readonly PreparedName[]): NameFit {
  let best: NameFit = { level: 'other', forms: null, bits: -12 }
  for (const a of slot)
    for (const b of profile) {
      const level = compareNames(a, b)
      const order = RANKS[level] - RANKS[best.level]
      if (best.forms !== null && order > 0) continue
      const bits = level === 'exact' || level === 'compatible' ? a.bits : a.familyBits
      if (best.forms === null || order < 0 || bits > best.bits) best = { level, forms: [a, b], bits }
    }
  return best
}

const NAME_EDGES: readonly number[] = [-9, -7, -5, -3, -1.5, 0, 1.5]
const FAMILY_EDGES: readonly number[] = [-9, -7, -5]

const RARITY_OF = {
  name: RARITIES.name.map((level): Rarity => ({ of: 'name', level })),
  family: RARITIES.family.map((level): Rarity => ({ of: 'family', level })),
} as const

/** How rare what agrees is: the whole name, or the family name where no more agrees. */
export function rarityOf(slot: readonly PreparedName[], fit: NameFit): Rarity {
  const fitting = fittingOf(fit)
  if (fitting === FITTING.whole) return rarityFrom(RARITY_OF.name, fit.bits, NAME_EDGES)
  if (fitting === FITTING.inPart) return rarityFrom(RARITY_OF.family, fit.bits, FAMILY_EDGES)
  let rarest = Number.NEGATIVE_INFINITY
  for (const { familyBits } of slot) rarest = Math.max(rarest, familyBits)
  return rarityFrom(RARITY_OF.family, rarest, FAMILY_EDGES)
}

function rarityFrom(rarities: readonly Rarity[], bits: number, edges: readonly number[]): Rarity {
  const rarity = rarities[reached(bits, edges)]
  if (rarity === undefined) throw new Error(`no rarity of ${bits} bits`)
  return rarity
}

/** The level of every comparison. */
export function levelsOf(slot: AttributedSlot, profile: AttributedProfile, fit: NameFit): Levels {
  const found = nothingFound()
  addIdentity(found, slot, profile, fit.level)
  found.name = fit.level
  addCoauthors(found, slot, profile)
  addTopics(found, slot, profile)
  addVenue(found, slot, profile)
  addAffiliation(found, slot, profile)
  addYears(found, slot, profile)
  addCircumstances(found, slot, profile)
  return found
}

// One co-author of an ordinary name weighs 4, one of a common name less, one met again and again more.
const NAME_WEIGHT = 4
const A_BIT = 0.6
const AGAIN = 0.3

const COAUTHOR_EDGES: readonly number[] = [2.5, 4, 5, 7, 9, 12]
const KNOWN_EDGES: readonly number[] = [-25, -12, -6, -3, -1.5]
const BYLINE_EDGES: readonly number[] = [-4.5, -2.5, -1.5]

function addCoauthors(found: Found, { place, work: { byline } }: AttributedSlot, profile: AttributedProfile): void {
  const others = byline.length - (place < 0 ? 0 : 1)
  if (others === 0 || profile.initials.size === 0) return
  let weight = 0
  let byInitials = 0
  for (let at = 0; at < byline.length; at++) {
    const one = byline[at]
    if (one === undefined || at === place || !profile.initials.has(one.initials)) continue
    const times = one.full === '' ? undefined : profile.coauthors.get(one.full)
    if (times !== undefined) weight += weightOf(one.name) * (1 + AGAIN * Math.min(3, times - 1))
    else if (one.full === '' || profile.abbreviated.has(one.initials)) byInitials++
  }
  if (weight > 0) found.coauthors = step('coauthors', weight, COAUTHOR_EDGES, 3)
  else if (byInitials > 0) found.coauthors = COMPARISONS.coauthors[Math.min(byInitials, 3)] as string
  else {
    found.coauthors = 'none'
    found.known_coauthors = step('known_coauthors', -profile.initials.size, KNOWN_EDGES)
    found.byline = step('byline', -others, BYLINE_EDGES)
  }
}

function weightOf(name: NameForm): number {
  const { bits } = prepareName(name)
  return Math.max(1, NAME_WEIGHT - A_BIT * Math.max(0, -bits))
}

// Titles have 5 to 15 words that say something, texts with an abstract 30 and more.
const TITLE_TERMS = 20
const TITLE_EDGES: readonly number[] = [0.001, 0.06, 0.1, 0.15, 0.22, 0.32]
const NEAREST_EDGES: readonly number[] = [0.02, 0.04, 0.06, 0.09, 0.12, 0.16, 0.21, 0.28]
const FIELD_EDGES: readonly number[] = [0.02, 0.05, 0.08, 0.12, 0.16, 0.2, 0.26, 0.33]

function addTopics(found: Found, { work: { terms } }: AttributedSlot, { topics }: AttributedProfile): void {
  if (terms.terms.length === 0 || topics.longest === 0) return
  const { nearest, field } = nearnessOf(terms, topics)
  if (Math.min(terms.terms.length, topics.longest) < TITLE_TERMS) {
    found.nearest_title = step('nearest_title', nearest, TITLE_EDGES)
    found.title_field = step('title_field', field, TITLE_EDGES)
  } else {
    found.nearest_topic = step('nearest_topic', nearest, NEAREST_EDGES)
    found.field = step('field', field, FIELD_EDGES)
  }
}

const VENUE_EDGES: readonly number[] = [5, 8]

function addVenue(found: Found, { work }: AttributedSlot, { venues }: AttributedProfile): void {
  if (work.venue === '' || venues.size === 0) return
  found.venue = venues.has(work.venue) ? step('venue', work.venueBits, VENUE_EDGES, 1) : 'other'
}

function addAffiliation(found: Found, slot: AttributedSlot, profile: AttributedProfile): void {
  const compared = compareAffiliations(slot.affiliations, profile.affiliations)
  if (compared !== undefined) found.affiliation = compared.level
}

const YEAR_EDGES: readonly number[] = [-11.5, -6.5, -3.5, -1.5, -0.5]

function addYears(found: Found, { work: { year } }: AttributedSlot, { years }: AttributedProfile): void {
  if (year === null || years.length === 0) return
  let away = Number.POSITIVE_INFINITY
  for (const one of years) away = Math.min(away, Math.abs(one - year))
  found.years = step('years', -away, YEAR_EDGES)
}

/** The level whose lower edge is the last that the value reaches; `from` levels come before the first edge. */
function step(comparison: keyof typeof COMPARISONS, value: number, edges: readonly number[], from = 0): string {
  const at = from + reached(value, edges)
  const level = COMPARISONS[comparison][at]
  if (level === undefined) throw new Error(`"${comparison}" has no level ${at}`)
  return level
}

/** How many of these rising edges the value reaches. */
function reached(value: number, edges: readonly number[]): number {
  let at = 0
  while (at < edges.length && value >= (edges[at] ?? 0)) at++
  return at
}
