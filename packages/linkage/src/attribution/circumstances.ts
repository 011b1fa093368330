/** What a work says besides its subject; an empty language where nobody says. */
export interface WorkCircumstances {
  readonly language: string
  readonly funders: readonly string[]
  readonly awards: readonly string[]
  /** Keys of what it cites, and of itself. */
  readonly cites: readonly string[]
  readonly citedAs: readonly string[]
}

/** What somebody's works say of him besides their subject: in which languages he writes, who pays, what he cites. */
export interface Circumstances {
  readonly languages: ReadonlySet<string>
  readonly funders: ReadonlySet<string>
  readonly awards: ReadonlySet<string>
  /** By key of a work: how many of his works cite it, and which of his works it names. */
  readonly cited: ReadonlyMap<string, number>
  readonly own: ReadonlyMap<string, number>
}

export function circumstancesOf(works: readonly WorkCircumstances[]): Circumstances {
  const [languages, funders, awards] = [new Set<string>(), new Set<string>(), new Set<string>()]
  const [cited, own] = [new Map<string, number>(), new Map<string, number>()]
  for (const [at, work] of works.entries()) {
    if (work.language !== '') languages.add(work.language)
    for (const one of work.funders) funders.add(one)
    for (const one of work.awards) awards.add(one)
    for (const key of work.cites) cited.set(key, (cited.get(key) ?? 0) + 1)
    for (const key of work.citedAs) own.set(key, at)
  }
  return { languages, funders, awards, cited, own }
}
