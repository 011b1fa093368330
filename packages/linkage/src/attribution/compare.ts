import { compareAffiliations } from '../authors/affiliations.ts'
import { nameBits, priorOf } from '../authors/name-frequency.ts'
import { compareNames, NAME_LEVELS, type NameLevel } from '../names/compare-names.ts'
import type { PreparedName } from '../names/prepare-name.ts'
import { identityLevels } from './identity.ts'
import { COMPARISONS, type Levels, RARITIES, type Rarity } from './model.ts'
import { type AttributedProfile, type AttributedSlot, cosine } from './prepare.ts'

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

export function fitOf(slot: readonly PreparedName[], profile: readonly PreparedName[]): NameFit {
  let best: NameFit = { level: 'other', forms: null, bits: -12 }
  for (const a of slot)
    for (const b of profile) {
      const level = compareNames(a, b)
      const order = NAME_LEVELS.indexOf(level) - NAME_LEVELS.indexOf(best.level)
      if (best.forms !== null && order > 0) continue
      const bits = bitsOf(level, a)
      if (best.forms === null || order < 0 || bits > best.bits) best = { level, forms: [a, b], bits }
    }
  return best
}

function bitsOf(level: NameLevel, name: PreparedName): number {
  const whole = level === 'exact' || level === 'compatible'
  return whole ? nameBits(name) : priorOf(name.family)
}

const NAME_EDGES: readonly number[] = [-9, -7, -5, -3, -1.5, 0, 1.5]
const FAMILY_EDGES: readonly number[] = [-9, -7, -5]

/** How rare what agrees is: the whole name, or the family name where no more agrees. */
export function rarityOf(slot: readonly PreparedName[], fit: NameFit): Rarity {
  const fitting = fittingOf(fit)
  const bits =
    fitting === FITTING.not
      ? slot.reduce((most, { family }) => Math.max(most, priorOf(family)), Number.NEGATIVE_INFINITY)
      : fit.bits
  const of = fitting === FITTING.whole ? 'name' : 'family'
  const edges = of === 'name' ? NAME_EDGES : FAMILY_EDGES
  return { of, level: RARITIES[of][edges.filter((edge) => bits >= edge).length] ?? RARITIES[of][0] }
}

/** The level of every comparison. */
export function levelsOf(slot: AttributedSlot, profile: AttributedProfile, fit: NameFit): Levels {
  return {
    ...identityLevels(slot, profile, fit.level),
    name: fit.level,
    ...coauthorLevels(slot, profile),
    ...topicLevels(slot, profile),
    ...venueLevel(slot, profile),
    ...affiliationLevel(slot, profile),
    ...yearLevel(slot, profile),
  }
}

// One co-author of an ordinary name weighs 4, one of a common name less, one met again and again more.
const NAME_WEIGHT = 4
const A_BIT = 0.6
const AGAIN = 0.3

function coauthorLevels({ slotId, work }: AttributedSlot, profile: AttributedProfile): Levels {
  const others = work.byline.length - (work.byline.some((one) => one.slotId === slotId) ? 1 : 0)
  if (others === 0 || profile.initials.size === 0) return {}
  let weight = 0
  let byInitials = 0
  for (const one of work.byline) {
    if (one.slotId === slotId || !profile.initials.has(one.initials)) continue
    const times = one.full === '' ? undefined : profile.coauthors.get(one.full)
    if (times !== undefined) weight += weightOf(one.name) * (1 + AGAIN * Math.min(3, times - 1))
    else if (one.full === '' || profile.abbreviated.has(one.initials)) byInitials++
  }
  if (weight > 0) return { coauthors: step('coauthors', weight, [2.5, 4, 5, 7, 9, 12], 3) }
  if (byInitials > 0) return { coauthors: COMPARISONS.coauthors[Math.min(byInitials, 3)] as string }
  return {
    coauthors: 'none',
    known_coauthors: step('known_coauthors', -profile.initials.size, [-25, -12, -6, -3, -1.5]),
    byline: step('byline', -others, [-4.5, -2.5, -1.5]),
  }
}

function weightOf(name: PreparedName): number {
  return Math.max(1, NAME_WEIGHT - A_BIT * Math.max(0, -nameBits(name)))
}

// Titles have 5 to 15 words that say something, texts with an abstract 30 and more.
const TITLE_TERMS = 20
const TITLE_EDGES: readonly number[] = [0.001, 0.06, 0.1, 0.15, 0.22, 0.32]

function topicLevels({ work }: AttributedSlot, profile: AttributedProfile): Levels {
  if (work.terms.size === 0 || profile.field.size === 0) return {}
  const nearest = profile.works.reduce((best, { terms }) => Math.max(best, cosine(work.terms, terms)), 0)
  const longest = profile.works.reduce((most, { terms }) => Math.max(most, terms.size), 0)
  if (Math.min(work.terms.size, longest) < TITLE_TERMS)
    return {
      nearest_title: step('nearest_title', nearest, TITLE_EDGES),
      title_field: step('title_field', cosine(work.terms, profile.field), TITLE_EDGES),
    }
  return {
    nearest_topic: step('nearest_topic', nearest, [0.02, 0.04, 0.06, 0.09, 0.12, 0.16, 0.21, 0.28]),
    field: step('field', cosine(work.terms, profile.field), [0.02, 0.05, 0.08, 0.12, 0.16, 0.2, 0.26, 0.33]),
  }
}

function venueLevel({ work }: AttributedSlot, { venues }: AttributedProfile): Levels {
  if (work.venue === '' || venues.size === 0) return {}
  return { venue: venues.has(work.venue) ? step('venue', work.venueBits, [5, 8], 1) : 'other' }
}

function affiliationLevel(slot: AttributedSlot, profile: AttributedProfile): Levels {
  const found = compareAffiliations(slot.affiliations, profile.affiliations)
  return found ? { affiliation: found.level } : {}
}

function yearLevel({ work: { year } }: AttributedSlot, { works }: AttributedProfile): Levels {
  const known = works.flatMap((work) => work.year ?? [])
  if (year === null || known.length === 0) return {}
  const away = known.reduce((least, one) => Math.min(least, Math.abs(one - year)), Number.POSITIVE_INFINITY)
  return { years: step('years', -away, [-11.5, -6.5, -3.5, -1.5, -0.5]) }
}

/** The level whose lower edge is the last that the value reaches; `from` levels come before the first edge. */
function step(comparison: keyof typeof COMPARISONS, value: number, edges: readonly number[], from = 0): string {
  let at = 0
  while (at < edges.length && value >= (edges[at] ?? 0)) at++
  const level = COMPARISONS[comparison][from + at]
  if (level === undefined) throw new Error(`"${comparison}" has no level ${from + at}`)
  return level
}
