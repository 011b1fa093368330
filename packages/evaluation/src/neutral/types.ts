// A set in the neutral form, without what is true of it: `src/truth` reads that.

export interface Affiliation {
  readonly name: string
  readonly ror: string | null
  readonly country: string | null
}

export interface Identifier {
  readonly scheme: string
  readonly value: string
}

export interface NeutralAuthor {
  readonly name: string
  readonly given: string | null
  readonly family: string | null
  readonly affiliations: readonly Affiliation[]
  readonly emails: readonly string[]
  readonly ids: readonly Identifier[]
  readonly orcid: string | null
}

export interface Funder {
  readonly name: string | null
  readonly ids: readonly Identifier[]
  /** Numbers of grants. */
  readonly awards: readonly string[]
}

export interface NeutralRecord {
  readonly id: string
  readonly title: string | null
  readonly abstract: string | null
  readonly year: number | null
  readonly venue: string | null
  readonly doi: string | null
  readonly language: string | null
  readonly keywords: readonly string[]
  readonly issns: readonly string[]
  /** DOIs, or ids of records. */
  readonly references: readonly string[]
  readonly funders: readonly Funder[]
  readonly authors: readonly NeutralAuthor[]
}

/** One author of one record; `slot` is an index into its `authors`. */
export interface SlotRef {
  readonly record: string
  readonly slot: number
}

export interface NeutralProfile {
  readonly id: string
  readonly names: readonly string[]
  /** What its owner has confirmed so far. */
  readonly seeds: readonly SlotRef[]
  readonly emails: readonly string[]
  readonly ids: readonly Identifier[]
  readonly orcid: string | null
  readonly affiliations: readonly Affiliation[]
}

export interface NeutralPair {
  readonly left: SlotRef
  readonly right: SlotRef
}

/**
 * What an engine may know of a set for author matching. Records are asked for one by one, so that nothing can be learnt
 * from those of items to come.
 */
export interface AuthorSet {
  readonly name: string
  readonly profiles: readonly NeutralProfile[]
  /** Throws for an id that is not in the set. */
  record(id: string): NeutralRecord
}

export interface PairSet {
  readonly name: string
  readonly pairs: readonly NeutralPair[]
  record(id: string): NeutralRecord
}

/** A set for author matching and its items in the order of time. */
export interface AuthorData {
  readonly set: AuthorSet
  readonly items: readonly SlotRef[]
}
