import type { Field } from './precedence.ts'

type Grade = 'registered' | 'curated' | 'deposited' | 'collected' | 'told'

// How often what a source of that kind says of a publication is what the publication says. These are judgements: they order
// sources, and keep what one alone says below what several say. Of the eleven works that Crossref and OpenAlex both describe
// in the samples they agree on all titles, 10 types, 8 dates, 7 venues of 10 and 4 states of open access: too few to measure by.
const WORTH: Readonly<Record<Grade, number>> = {
  /** The publisher or repository registers its own identifier with it. */
  registered: 0.95,
  /** A library or an index reads it. */
  curated: 0.9,
  /** The author typed it, and somebody looked at it. */
  deposited: 0.85,
  /** Made from what others say. */
  collected: 0.75,
  /** Somebody's own list, or a source of which nothing is known. */
  told: 0.6,
}

const GRADES: Readonly<Record<string, Grade>> = {
  crossref: 'registered',
  datacite: 'registered',
  pubmed: 'curated',
  europepmc: 'curated',
  hal: 'curated',
  dblp: 'curated',
  doaj: 'curated',
  arxiv: 'deposited',
  zenodo: 'deposited',
  biorxiv: 'deposited',
  medrxiv: 'deposited',
  openalex: 'collected',
  semanticscholar: 'collected',
  core: 'collected',
  unpaywall: 'collected',
  opencitations: 'collected',
  orcid: 'told',
}

/** Where a source is better or worse on a field than in general. */
const EXCEPTIONS: Readonly<Partial<Record<Field, Readonly<Record<string, number>>>>> = {
  // Of deposits the day of the deposit stands where the day of publication is asked for.
  published: { hal: 0.8, arxiv: 0.75, zenodo: 0.75, datacite: 0.8 },
  // Publishers leave the default of their software; OpenAlex guesses from title and abstract.
  language: { crossref: 0.75, openalex: 0.7 },
  // Kinds differ in grain: proceedings are chapters at one and articles at the other.
  type: { crossref: 0.9, datacite: 0.85 },
  // Crossref's is guessed from a licence, the repositories' own says only that they hold a copy.
  openAccess: { crossref: 0.5, openalex: 0.9, unpaywall: 0.9, hal: 0.85 },
  // Strings for a journal are as many as its indexes.
  venue: { openalex: 0.8, datacite: 0.8 },
}

/** How far a source is to be believed on a field, above 0 and below 1. */
export function reliabilityOf(field: Field, source: string): number {
  return EXCEPTIONS[field]?.[source] ?? WORTH[GRADES[source] ?? 'told']
}

// Who copies from whom: two of one family that say the same are one witness.
const FAMILIES: Readonly<Record<string, string>> = {
  openalex: 'crossref',
  unpaywall: 'crossref',
  opencitations: 'crossref',
  semanticscholar: 'crossref',
  biorxiv: 'crossref',
  medrxiv: 'crossref',
  europepmc: 'pubmed',
  arxiv: 'datacite',
  zenodo: 'datacite',
}

/** One source's statement on a field, and whether it is what was chosen. */
export interface Witness {
  readonly source: string
  readonly agrees: boolean
}

export interface Confidence {
  readonly confidence: number
  readonly agreeing: number
}

// However many agree: they may all have it from one who was wrong.
const MOST = 0.99

/**
 * Agreeing sources × reliability × consistency: how likely it is that not all who agree are wrong, times the share of those
 * who agree among all who say something. Another source that agrees never lowers it, one that says something else never
 * raises it; a source that says both agrees, and of one family only the most reliable counts. Pure, whatever the order.
 */
export function confidenceOf(field: Field, witnesses: readonly Witness[]): Confidence {
  const [only] = witnesses
  if (only?.agrees && witnesses.length === 1) {
    const confidence = Math.min(MOST, Math.round(supportOf([reliabilityOf(field, only.source)]) * 100) / 100)
    return { confidence, agreeing: 1 }
  }
  const agreeing = new Set(witnesses.filter(({ agrees }) => agrees).map(({ source }) => source))
  const dissenting = new Set(witnesses.map(({ source }) => source).filter((source) => !agreeing.has(source)))
  const [pro, contra] = [independent(field, agreeing), independent(field, dissenting)]
  const support = supportOf(pro)
  const consistency = sum(pro) / (sum(pro) + sum(contra) || 1)
  return { confidence: Math.min(MOST, Math.round(support * consistency * 100) / 100), agreeing: agreeing.size }
}

/** How likely it is that not all of these are wrong. */
function supportOf(worths: readonly number[]): number {
  return 1 - worths.reduce((doubt, worth) => doubt * (1 - worth), 1)
}

/** The best of each family, from the most reliable down: sums and products come out the same in any order of arrival. */
function independent(field: Field, sources: ReadonlySet<string>): readonly number[] {
  const best = new Map<string, number>()
  for (const source of sources) {
    const family = FAMILIES[source] ?? source
    best.set(family, Math.max(best.get(family) ?? 0, reliabilityOf(field, source)))
  }
  return [...best.values()].sort((a, b) => b - a)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
