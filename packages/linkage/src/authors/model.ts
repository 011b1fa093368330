import type { ComparisonName } from '../types.ts'
import { FAMILY_CLASS, GIVEN_CLASS } from './frequencies.ts'
import { LEVELS_1 } from './levels.ts'

/** A named level of a comparison: its weight in bits, and the reason it is shown as. */
export interface Level {
  readonly weight: number
  readonly type: string
  /** Whether the rarity of what was compared is added, and how much of it at most. */
  readonly rarity?: number
}

/** Comparisons that say the same thing twice: together they add at most `cap` and take at most `floor`. */
export interface Group {
  readonly comparisons: readonly ComparisonName[]
  readonly cap: number
  readonly floor: number
}

/** Everything a score depends on besides the pair: plain data, frozen under its version. */
export interface Model {
  readonly version: string
  readonly thresholds: { readonly publish: number }
  /** Bits against by class of the family name; by length for names in no class: [up to this length, bits]. */
  readonly prior: { readonly byClass: readonly number[]; readonly byLength: readonly (readonly [number, number])[] }
  readonly familyClass: Readonly<Record<string, number>>
  readonly givenClass: Readonly<Record<string, number>>
  /** Bits for an equal given name, as `prior`. */
  readonly given: { readonly byClass: readonly number[]; readonly byLength: readonly (readonly [number, number])[] }
  readonly levels: Readonly<Record<ComparisonName, Readonly<Record<string, Level>>>>
  readonly groups: readonly Group[]
  /** Log2 odds to probability: rising points, straight lines between them, flat outside. */
  readonly calibration: readonly (readonly [number, number])[]
}

/** Classes of frequent family names that a block by family and initial is too big for. */
export const FREQUENT_CLASSES = 4

/**
 * Weights set by hand from what is generally true of author matching, none fitted: a table to be replaced by a learnt one.
 *
 * The prior is log2 of 1 : bearers, for a family name of its class among the people who may turn up; given names then count
 * as log2 of how many of those bearers they leave.
 */
export const MODEL_1: Model = {
  version: 'linkage/1',
  thresholds: { publish: 0.5 },
  prior: {
    byClass: [-12, -11, -10, -8.5, -7.5],
    byLength: [
      [3, -7.5],
      [4, -6.5],
      [5, -6],
      [7, -5],
      [Number.POSITIVE_INFINITY, -4],
    ],
  },
  familyClass: FAMILY_CLASS,
  givenClass: GIVEN_CLASS,
  given: {
    byClass: [5, 6, 7],
    byLength: [
      [2, 6.5],
      [3, 7.5],
      [4, 8.5],
      [Number.POSITIVE_INFINITY, 10],
    ],
  },
  levels: LEVELS_1,
  groups: [{ comparisons: ['affiliation', 'coauthors', 'topics', 'venue'], cap: 10, floor: -5 }],
  calibration: [
    [-40, 0.00001],
    [-12, 0.001],
    [-6, 0.02],
    [-3, 0.12],
    [-1, 0.34],
    [0, 0.5],
    [1, 0.64],
    [3, 0.84],
    [6, 0.955],
    [9, 0.985],
    [14, 0.997],
    [25, 0.9999],
    [60, 0.99999],
  ],
}
