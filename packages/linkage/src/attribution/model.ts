import type { FrequencyTable } from './frequencies.ts'

/** What a pair is compared in. Each comparison reaches one of its levels, or `null` where a side says nothing. */
export const COMPARISONS = {
  /** An iD on the byline against those the person says are his; in full only under a name he may bear. */
  orcid: [
    'different',
    'different_claimed',
    'name_conflict',
    'exact_disputed',
    'exact_name_changed',
    'claimed',
    'exact',
  ],
  /** A source's id of an author. */
  author_id: ['not_mine', 'other_id', 'partly_mine', 'confirmed', 'mine'],
  email: ['equal'],
  /** What the person has said of this slot, of another on the same byline, or of slots that resemble it. */
  decision: ['rejected_same', 'elsewhere', 'rejected_similar', 'confirmed_similar', 'confirmed_same'],
  /** The best pair of forms, from what cannot be one person to equal and written out. */
  name: [
    'other',
    'conflict',
    'family_changed',
    'middle_conflict',
    'family_only',
    'initials',
    'family_typo',
    'similar',
    'swapped',
    'compound',
    'compatible',
    'exact',
  ],
  /** Whom both wrote with: by initials, or by whole names, each by its rarity and how often. */
  coauthors: [
    'none',
    'initials_one',
    'initials_two',
    'initials_more',
    'slight',
    'one',
    'one_rare',
    'several',
    'many',
    'most',
  ],
  /** Where nobody is shared: the fewer the person is known to have written with, the less that says. */
  known_coauthors: ['hundreds', 'dozens', 'some', 'few', 'hardly_any', 'nobody'],
  /** Where nobody is shared: the fewer stand on this byline, the less that says. */
  byline: ['long', 'middle', 'short', 'two'],
  /** The nearest of the person's works in what it is about: cosine of the words' weights, by steps. */
  nearest_topic: ['apart', 'distant', 'weak', 'some', 'related', 'near', 'close', 'closer', 'same'],
  /** All of the person's works together. */
  field: ['apart', 'distant', 'weak', 'some', 'related', 'near', 'close', 'closer', 'same'],
  /** The same two where a side has little but a title: two works on one thing then share a word, or none. */
  nearest_title: ['apart', 'weak', 'some', 'related', 'near', 'close', 'same'],
  title_field: ['apart', 'weak', 'some', 'related', 'near', 'close', 'same'],
  venue: ['other', 'usual', 'uncommon', 'rare'],
  affiliation: ['different', 'similar', 'name_equal', 'ror_equal'],
  /** Years between this work and the person's nearest one. */
  years: ['decades', 'decade', 'years', 'some', 'next', 'same'],
  /** How many of the person's works it cites, or is cited by. */
  citation: ['none', 'one', 'several'],
  /** How many works both this one and the person's cite. */
  references: ['none', 'one', 'few', 'many'],
  /** Whether the person is known to write in its language; that both are in English is usual everywhere. */
  language: ['other', 'usual', 'same'],
  /** Who paid for both, or even by one grant. */
  funding: ['other', 'funder', 'award'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ComparisonName = keyof typeof COMPARISONS
/**
 * How few bear the name on a byline, by the tables of frequencies: the whole name where it is written out, else the family
 * name. It says how likely nobody at hand is meant, as long as the people at hand say nothing of that themselves.
 */
export const RARITIES = {
  name: ['everyday', 'common', 'usual', 'uncommon', 'rare', 'rarer', 'very_rare', 'singular'],
  family: ['everyday', 'common', 'usual', 'uncommon'],
} as const

export type RarityOf = keyof typeof RARITIES
export const RARITY_NAMES = Object.keys(RARITIES) as readonly RarityOf[]

export interface Rarity {
  readonly of: RarityOf
  readonly level: string
}

/**
 * For nobody where the only profile that fits is unproven, natural log odds set by hand: a name with nothing beside it is a
 * middling claim. In labelled sets two in five of those asked about have a profile, and all of these have works; of all who
 * publish, few have.
 */
export const UNPROVEN = 2.3

/**
 * Weights of what settles a question rather than hints at its answer, and what labelled sets therefore leave out: natural
 * log odds set by hand. An iD can be on the wrong co-author, an answer of the person cannot. What resembles a rejected slot
 * weighs little: with answers, 0, −1, −2 and −4 give acl-collided F1 of .8861, .8865, .8857 and .8833 and a log loss of .529, .532,
 * .537 and .550; the people called Jun Zhang .9782 each, and .3255, .3239, .3233 and .3230.
 */
export const SETTLING = {
  orcid: {
    different: -14,
    different_claimed: -7,
    name_conflict: 2,
    exact_disputed: 4,
    exact_name_changed: 12,
    claimed: 13,
    exact: 15,
  },
  author_id: { not_mine: -7, other_id: -0.4, partly_mine: 2, confirmed: 3.5, mine: 7 },
  email: { equal: 8 },
  decision: { rejected_same: -20, elsewhere: -20, rejected_similar: -1, confirmed_similar: 1, confirmed_same: 25 },
} as const satisfies Partial<Record<ComparisonName, Readonly<Record<string, number>>>>

/**
 * Weights of what hints at the answer, and what no labelled set at hand has: natural log odds set by hand, below what was
 * counted, because works that share it share words and co-authors, too. Counted in some 2,100 works whose authors carry
 * ORCIDs (52 people with two works or more), of one person against namesakes or strangers: a citation stands between 10 % of
 * the pairs of works against .006 %; works cited by both 43 % against 2 % (five or more 20 % against .07 %); a funder 34 %
 * against 10 %, a grant 20 % against .2 %. Languages could not be counted: all but 66 pairs of strangers were in English.
 */
export const HINTS = {
  citation: { none: -0.1, one: 2.5, several: 3.5 },
  references: { none: -0.3, one: 0.7, few: 1.2, many: 2 },
  language: { other: -0.7, usual: 0, same: 0.7 },
  funding: { other: -0.2, funder: 0.6, award: 2.5 },
} as const satisfies Partial<Record<ComparisonName, Readonly<Record<string, number>>>>

/**
 * Levels that no other evidence may outweigh, as colleagues of one family name share all of it: they weigh this at most,
 * whatever is learnt. Labelled sets hold too few of them to learn it.
 */
export const AT_MOST: Readonly<Partial<Record<ComparisonName, Readonly<Record<string, number>>>>> = {
  name: { other: -9, conflict: -7 },
}

export const COMPARISON_NAMES = Object.keys(COMPARISONS) as readonly ComparisonName[]

/** Levels by comparison; what is not there, or undefined, is `null`: a side says nothing. */
export type Levels = { readonly [C in ComparisonName]?: string | undefined }
/** Levels while a pair is being compared: one object is filled, as pairs are compared by the hundred thousand. */
export type Found = { -readonly [C in ComparisonName]: string | undefined }

/** Every comparison has its place from the start: objects that get theirs one by one are each of another shape, and slow. */
export function nothingFound(): Found {
  return {
    orcid: undefined,
    author_id: undefined,
    email: undefined,
    decision: undefined,
    name: undefined,
    coauthors: undefined,
    known_coauthors: undefined,
    byline: undefined,
    nearest_topic: undefined,
    field: undefined,
    nearest_title: undefined,
    title_field: undefined,
    venue: undefined,
    affiliation: undefined,
    years: undefined,
    citation: undefined,
    references: undefined,
    language: undefined,
    funding: undefined,
  }
}

/**
 * Everything an attribution depends on besides the pair: plain data, frozen under its version.
 *
 * Weights are natural log odds; where a side says nothing the weight is 0. Within a comparison they never fall from one
 * level to the next better one, so better evidence never lowers a score.
 */
export interface AttributionModel {
  readonly version: string
  /** Of any pair, before anything is compared. */
  readonly prior: number
  /** The same where somebody has chosen pairs to be looked at, as labelled sets of pairs are made. */
  readonly pairPrior: number
  readonly weights: Readonly<Record<ComparisonName, Readonly<Record<string, number>>>>
  /** Against "nobody of these" where no two profiles bear a name that fits: the rarer it is, the more. */
  readonly rarity: Readonly<Record<RarityOf, Readonly<Record<string, number>>>>
  /** For it again, where that profile is unproven. */
  readonly unproven: number
  /**
   * For "nobody of these" where several do, by how many: that several people here bear a name shows that others do, too,
   * and tells more than any table. The first, of one or none, is 0.
   */
  readonly nobody: readonly number[]
  /** Proposed to a person from this probability on. */
  readonly publish: number
  /** Accepted from this probability on. */
  readonly threshold: number
  /** Two slots are one person's from this probability on, where somebody has chosen pairs. */
  readonly pairThreshold: number
  /** How often words and venues are met, for what must not depend on the data at hand. */
  readonly frequencies: FrequencyTable
  /** What it was trained on and what it scored there, for people. */
  readonly about: Readonly<Record<string, unknown>>
}

/** From how many fitting profiles each step of `nobody` counts. */
export const NOBODY_FROM: readonly number[] = [1, 2, 3, 5, 8]

export function nobodyStep(fitting: number): number {
  let step = 0
  while (step + 1 < NOBODY_FROM.length && fitting >= (NOBODY_FROM[step + 1] ?? 0)) step++
  return step
}
