/** Which of our words a source's words become: what adapters read by is what docs/sources.md shows. */
export interface SourceMapping {
  /** What is taken, and in which forms: half a sentence. */
  readonly takes: string
  /** What its records describe, where that is not only works. */
  readonly kinds?: readonly string[]
  /** Our type by the source's own word; words that are not here are `other`. */
  readonly types: Readonly<Record<string, string>>
  /** The first rule that holds decides; where none does, the source does not say. */
  readonly openAccess: readonly OpenAccessRow[]
}

export interface OpenAccessRow {
  readonly when: string
  /** gold, green, hybrid, bronze, diamond, closed; `as given`. */
  readonly status: string
}

/** A row that can be asked. */
export interface OpenAccessRule<Of> extends OpenAccessRow {
  readonly holds: (record: Of) => boolean
}

/** The status by the first rule that holds; null when none does. */
export function openAccessBy<Of>(rules: readonly OpenAccessRule<Of>[], record: Of): string | null {
  return rules.find(({ holds }) => holds(record))?.status ?? null
}

/** What a table has for a source's word; never what every object has, for a word may be `constructor`. */
export function ourWord<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined
}
