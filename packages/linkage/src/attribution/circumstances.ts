/** What a work says besides its subject; an empty language where nobody says. */
export interface WorkCircumstances {
  readonly workId: string
  readonly language: string
  readonly funders: readonly string[]
  readonly awards: readonly string[]
  /** Keys of what it cites, and of itself, rising. */
  readonly cites: readonly number[]
  readonly citedAs: readonly number[]
}

/** What somebody's works say of him besides their subject: in which languages he writes, who pays, what he cites. */
export interface Circumstances {
  readonly languages: ReadonlySet<string>
  readonly funders: ReadonlySet<string>
  readonly awards: ReadonlySet<string>
  /** Works that his cite, each with how many of his do. */
  readonly cited: NumberedKeys
  /** His own works by the keys they are cited by, each with its number. */
  readonly own: NumberedKeys
}

/** Keys, rising, each with a number: two lists take a quarter of what a map takes, and thousands of people are kept. */
export interface NumberedKeys {
  readonly keys: readonly number[]
  readonly numbers: readonly number[]
}

export function circumstancesOf(works: readonly WorkCircumstances[]): Circumstances {
  const [cited, own] = [new Map<number, number>(), new Map<number, number>()]
  // Where two works share a key, one of them has it, whatever their order.
  const inOrder = works.toSorted((a, b) => (a.workId < b.workId ? -1 : 1))
  for (const [at, work] of inOrder.entries()) {
    for (const key of work.cites) cited.set(key, (cited.get(key) ?? 0) + 1)
    for (const key of work.citedAs) own.set(key, at)
  }
  return {
    languages: new Set(works.flatMap(({ language }) => (language === '' ? [] : language))),
    funders: new Set(works.flatMap(({ funders }) => funders)),
    awards: new Set(works.flatMap(({ awards }) => awards)),
    cited: numbered(cited),
    own: numbered(own),
  }
}

function numbered(numbers: ReadonlyMap<number, number>): NumberedKeys {
  if (numbers.size === 0) return NO_KEYS
  const keys = [...numbers.keys()].sort((a, b) => a - b)
  return { keys, numbers: keys.map((key) => numbers.get(key) ?? 0) }
}

const NO_KEYS: NumberedKeys = { keys: [], numbers: [] }
