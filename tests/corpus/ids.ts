/** A row of the corpus that another test executes, which names the number. */
export interface Elsewhere {
  readonly id: string
  /** From the root. */
  readonly in: readonly string[]
}

/** A row whose subject is not built yet. */
export interface Later {
  readonly id: string
  readonly why: string
}

/** `H01`, `H02` …: every number of the corpus of inputs. */
export function idsOf(letter: string, last: number): readonly string[] {
  return Array.from({ length: last }, (_, at) => `${letter}${String(at + 1).padStart(2, '0')}`)
}
