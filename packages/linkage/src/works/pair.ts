import { type AuthorsLevel, compareAuthors } from './author-set.ts'
import { compareTitles, type TitleLevel } from './compare-titles.ts'
import type { PreparedRecord } from './prepare.ts'
import type { PreparedTitle } from './title.ts'
import { compareVenues, type VenueLevel } from './venue.ts'

type Agreement = 'equal' | 'differ' | 'unknown'

/** Two records side by side: what the rules look at. Every field is the same for (a, b) and (b, a). */
export interface Pair {
  readonly a: PreparedRecord
  readonly b: PreparedRecord
  /** Identifiers both call their own, sorted: doi:10.1/x. */
  readonly shared: readonly string[]
  readonly sharedIsbn: boolean
  /** Both have DOIs, and none in common. */
  readonly doisDiffer: boolean
  /** Both have PMIDs, or both arXiv ids, and none in common. */
  readonly idsDiffer: boolean
  /** One names the other as a version of itself. */
  readonly versions: boolean
  /** One names the other as another work: part-of, notice-of … */
  readonly otherWork: string | null
  /** absent: a side has no title. */
  readonly title: TitleLevel | 'absent'
  readonly generic: boolean
  readonly short: boolean
  /** Both titles have five telling words or more: two works seldom share such a one. */
  readonly telling: boolean
  readonly noticesDiffer: boolean
  readonly authors: AuthorsLevel
  /** null: a side has no year. */
  readonly years: number | null
  readonly venue: VenueLevel
  readonly volume: Agreement
  readonly issue: Agreement
  readonly pages: Agreement
}

const TITLE_ORDER: readonly TitleLevel[] = ['equal', 'contained', 'near', 'longer', 'parts', 'similar', 'differ']

export function pairOf(a: PreparedRecord, b: PreparedRecord): Pair {
  const best = bestTitles(a.titles, b.titles)
  return {
    a,
    b,
    shared: [...a.identifiers.self].filter((key) => b.identifiers.self.has(key)).sort(),
    sharedIsbn: meets(a.identifiers.isbns, b.identifiers.isbns),
    doisDiffer: a.identifiers.dois.size > 0 && b.identifiers.dois.size > 0 && !sharesDoi(a, b),
    idsDiffer: oneScheme(a, b, 'pmid:') || oneScheme(a, b, 'arxiv:'),
    versions:
      meets(a.identifiers.versions, b.identifiers.self) ||
      meets(b.identifiers.versions, a.identifiers.self) ||
      meets(a.identifiers.versions, b.identifiers.versions),
    otherWork: otherWork(a, b) ?? otherWork(b, a) ?? null,
    title: best?.level ?? 'absent',
    generic: best?.generic ?? false,
    short: best?.short ?? false,
    telling: best?.telling ?? false,
    noticesDiffer: a.notice !== b.notice,
    authors: compareAuthors(a.authors, b.authors),
    years: a.year === null || b.year === null ? null : Math.abs(a.year - b.year),
    venue: venues(a, b),
    volume: agreement(a.volume, b.volume),
    issue: agreement(a.issue, b.issue),
    pages: agreement(a.firstPage, b.firstPage),
  }
}

interface BestTitles {
  readonly level: TitleLevel
  readonly generic: boolean
  readonly short: boolean
  readonly telling: boolean
}

function bestTitles(a: readonly PreparedTitle[], b: readonly PreparedTitle[]): BestTitles | undefined {
  let best: BestTitles | undefined
  for (const x of a) {
    for (const y of b) {
      const level = compareTitles(x, y)
      const one = {
        level,
        generic: x.generic || y.generic,
        short: x.short || y.short,
        telling: isTelling(x) && isTelling(y),
      }
      if (best === undefined || saysMore(one, best)) best = one
    }
  }
  return best
}

/** Of titles that agree equally well the one that tells more counts, whatever their order. */
function saysMore(a: BestTitles, b: BestTitles): boolean {
  const rank = ({ level, generic, short, telling }: BestTitles): number =>
    TITLE_ORDER.indexOf(level) * 4 + (telling ? 0 : short ? (generic ? 3 : 2) : 1)
  return rank(a) < rank(b)
}

/** Both have identifiers of the scheme, and none in common. */
function oneScheme(a: PreparedRecord, b: PreparedRecord, scheme: string): boolean {
  const of = ({ identifiers }: PreparedRecord) => [...identifiers.self].filter((key) => key.startsWith(scheme))
  const [x, y] = [of(a), of(b)]
  return x.length > 0 && y.length > 0 && !x.some((key) => y.includes(key))
}

const isTelling = ({ specific }: PreparedTitle): boolean => new Set(specific).size >= 5

function meets(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  for (const key of a) if (b.has(key)) return true
  return false
}

function sharesDoi(a: PreparedRecord, b: PreparedRecord): boolean {
  for (const key of a.identifiers.self) if (key.startsWith('doi:') && b.identifiers.self.has(key)) return true
  return false
}

function otherWork(a: PreparedRecord, b: PreparedRecord): string | undefined {
  for (const [key, relation] of a.identifiers.others) if (b.identifiers.self.has(key)) return relation
  return undefined
}

function venues(a: PreparedRecord, b: PreparedRecord): VenueLevel {
  const issns = new Set(a.record.venue?.issns ?? [])
  if (b.record.venue?.issns.some((issn) => issns.has(issn))) return 'equal'
  return compareVenues(a.venue, b.venue)
}

function agreement(a: string, b: string): Agreement {
  if (a === '' || b === '') return 'unknown'
  return a === b ? 'equal' : 'differ'
}
