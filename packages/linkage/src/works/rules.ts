import type { VerdictStatus } from '../types.ts'
import type { Pair } from './pair.ts'
import type { Kind } from './prepare.ts'

export interface Rule {
  readonly reason: string
  readonly status: VerdictStatus
  /** The two stay apart even where a third record would link both. */
  readonly apart?: true
  /** A link under this rule joins two versions of a work. */
  readonly version?: true
  readonly holds: (pair: Pair) => boolean
}

const sameTitle = (pair: Pair): boolean =>
  pair.title === 'equal' || pair.title === 'contained' || pair.title === 'near' || pair.title === 'longer'
const sameAuthors = (pair: Pair): boolean => pair.authors === 'equal' || pair.authors === 'compatible'
const disjoint = (pair: Pair): boolean => pair.authors === 'disjoint'
const within = (pair: Pair, years: number): boolean => pair.years !== null && pair.years <= years
const notFar = (pair: Pair, years: number): boolean => pair.years === null || pair.years <= years
const hasId = (pair: Pair): boolean => pair.shared.length > 0
/** Not only the title tells them apart: page or issue is known on both sides and equal. */
const samePlace = (pair: Pair): boolean =>
  pair.pages === 'equal' || (pair.pages !== 'differ' && pair.issue === 'equal' && pair.volume === 'equal')
/** One venue, also where one side abbreviates it. */
const sameVenue = (pair: Pair): boolean => pair.venue === 'equal' || pair.venue === 'like'
/** The same for titles that come again in each volume, on the same page. */
const sameIssue = (pair: Pair): boolean => samePlace(pair) && pair.volume !== 'differ' && pair.issue !== 'differ'
/** Both say where they appeared, and it is not there: an abstract and its article, two journals. */
const elsewhere = (pair: Pair): boolean =>
  pair.venue === 'differ' && (pair.volume === 'differ' || pair.pages === 'differ') && pair.pages !== 'equal'
const kinds = (pair: Pair): readonly [Kind, Kind] => [pair.a.kind, pair.b.kind]
const oneIs = (pair: Pair, kind: Kind): boolean => (pair.a.kind === kind) !== (pair.b.kind === kind)
const bookAndPart = (pair: Pair): boolean => {
  const [a, b] = kinds(pair)
  return (a === 'container' && b === 'text') || (a === 'text' && b === 'container')
}
/** Of one of them is known where it stood, of the other not yet: it came out online first. */
const onePlaced = ({ a, b }: Pair): boolean => isPlaced(a) !== isPlaced(b)
const isPlaced = ({ volume, issue, firstPage }: Pair['a']): boolean => `${volume}${issue}${firstPage}` !== ''
const YEARLY: ReadonlySet<string> = new Set(['report', 'book', 'other'])
const bothYearly = (pair: Pair): boolean => YEARLY.has(pair.a.record.type) && YEARLY.has(pair.b.record.type)
/** One of them names only the person whose list it stands in; of the others it says nothing. */
const onePersonal = (pair: Pair): boolean => pair.a.personal !== pair.b.personal
const bothPersonal = (pair: Pair): boolean => pair.a.personal && pair.b.personal
const oneDeposited = (pair: Pair): boolean => pair.a.deposited !== pair.b.deposited

/**
 * What two records are to each other: the first rule that holds. Nothing is linked by a title alone. How to add one: a
 * row here at its place, rows in `pairs.csv` that need it and that it must not touch.
 */
export const RULES: readonly Rule[] = [
  // What is another work however much the two share.
  { reason: 'notice-of', status: 'different', apart: true, holds: (pair) => pair.otherWork === 'notice-of' },
  { reason: 'part-of', status: 'different', apart: true, holds: (pair) => pair.otherWork === 'part-of' },
  { reason: 'other-work', status: 'different', apart: true, holds: (pair) => pair.otherWork !== null },
  { reason: 'same-id-notice-differs', status: 'ambiguous', holds: (pair) => pair.noticesDiffer && hasId(pair) },
  { reason: 'notice-differs', status: 'different', apart: true, holds: (pair) => pair.noticesDiffer },

  // One identifier: enough unless it is that of a container, a supplement or a proceedings volume.
  {
    reason: 'container-doi',
    status: 'different',
    apart: true,
    holds: (pair) => hasId(pair) && bookAndPart(pair) && !sameTitle(pair),
  },
  {
    reason: 'parts-share-id',
    status: 'different',
    apart: true,
    holds: (pair) => hasId(pair) && pair.title === 'parts',
  },
  {
    reason: 'pages-share-id',
    status: 'different',
    apart: true,
    holds: (pair) =>
      hasId(pair) &&
      pair.pages === 'differ' &&
      (disjoint(pair) ||
        (pair.generic && !sameAuthors(pair)) ||
        (pair.title !== 'equal' && pair.authors !== 'equal' && pair.authors !== 'absent')),
  },
  { reason: 'same-id', status: 'exact', holds: (pair) => hasId(pair) && (sameTitle(pair) || pair.title === 'absent') },
  {
    reason: 'same-id-authors',
    status: 'strong',
    holds: (pair) =>
      hasId(pair) && pair.pages !== 'differ' && notFar(pair, 1) && pair.authors === 'equal' && !pair.generic,
  },
  {
    reason: 'id-of-several',
    status: 'different',
    apart: true,
    holds: (pair) => hasId(pair) && (disjoint(pair) || pair.pages === 'differ'),
  },
  { reason: 'same-id-other-title', status: 'ambiguous', holds: hasId },

  // A source says that one is a version of the other.
  {
    reason: 'related-version',
    status: 'strong',
    version: true,
    holds: (pair) =>
      pair.versions &&
      pair.title !== 'parts' &&
      (disjoint(pair)
        ? pair.title === 'equal' && pair.telling && notFar(pair, 3)
        : sameTitle(pair) || (sameAuthors(pair) && !oneIs(pair, 'data') && !oneIs(pair, 'software'))),
  },
  { reason: 'related-version-doubtful', status: 'ambiguous', holds: (pair) => pair.versions },

  // No identifier in common: what tells two works with like titles apart.
  { reason: 'parts-differ', status: 'different', apart: true, holds: (pair) => pair.title === 'parts' },
  {
    reason: 'similar-title',
    status: 'ambiguous',
    holds: (pair) => pair.title === 'similar' && !pair.generic && sameAuthors(pair) && within(pair, 1),
  },
  { reason: 'other-title', status: 'different', holds: (pair) => pair.title === 'differ' || pair.title === 'similar' },
  { reason: 'no-title', status: 'different', holds: (pair) => pair.title === 'absent' },
  // Two co-authors' own lists name different people.
  { reason: 'lists-of-two', status: 'ambiguous', holds: (pair) => disjoint(pair) && bothPersonal(pair) },
  { reason: 'other-authors', status: 'different', apart: true, holds: disjoint },
  {
    reason: 'other-kind',
    status: 'different',
    apart: true,
    holds: (pair) => oneIs(pair, 'data') || oneIs(pair, 'software') || (oneIs(pair, 'review') && !sameAuthors(pair)),
  },
  { reason: 'book-and-part', status: 'different', apart: true, holds: bookAndPart },
  // Downloads and releases come again and again under one title: what names them is their identifier.
  {
    reason: 'data-without-id',
    status: 'ambiguous',
    holds: (pair) =>
      pair.a.kind === pair.b.kind &&
      (pair.a.kind === 'data' || pair.a.kind === 'software') &&
      !(
        pair.telling &&
        pair.title === 'equal' &&
        pair.years === 0 &&
        pair.authors === 'equal' &&
        pair.a.authors.size > 1
      ),
  },
  { reason: 'thesis-and-paper', status: 'ambiguous', holds: (pair) => oneIs(pair, 'thesis') && !samePlace(pair) },
  { reason: 'years-far-apart', status: 'different', holds: (pair) => pair.years !== null && pair.years > 3 },
  {
    reason: 'generic-title-elsewhere',
    status: 'different',
    apart: true,
    holds: (pair) => pair.generic && (pair.pages === 'differ' || pair.venue === 'differ' || (pair.years ?? 0) > 1),
  },
  {
    reason: 'generic-title-same-place',
    status: 'strong',
    holds: (pair) =>
      pair.generic &&
      pair.title === 'equal' &&
      pair.authors === 'equal' &&
      sameIssue(pair) &&
      (!pair.doisDiffer || pair.pages === 'equal') &&
      sameVenue(pair) &&
      within(pair, 1),
  },
  { reason: 'generic-title', status: 'weak', holds: (pair) => pair.generic },
  {
    reason: 'preprint-article',
    status: 'strong',
    version: true,
    holds: (pair) =>
      oneDeposited(pair) &&
      !pair.short &&
      pair.title !== 'contained' &&
      pair.title !== 'longer' &&
      sameAuthors(pair) &&
      notFar(pair, 3),
  },
  {
    reason: 'preprint-article-short',
    status: 'ambiguous',
    holds: (pair) => oneDeposited(pair) && pair.authors !== 'absent',
  },
  // Two deposits of one article are both linked to it, so they must not hold each other off.
  {
    reason: 'other-deposit',
    status: 'ambiguous',
    holds: (pair) => pair.doisDiffer && pair.a.deposited && pair.b.deposited,
  },
  // One article under the DOIs of two platforms, or with the DOI of another by mistake.
  {
    reason: 'same-place-other-doi',
    status: 'strong',
    holds: (pair) =>
      pair.doisDiffer &&
      !pair.short &&
      pair.title === 'equal' &&
      pair.authors === 'equal' &&
      pair.pages === 'equal' &&
      pair.issue !== 'differ' &&
      sameVenue(pair) &&
      pair.years === 0,
  },
  { reason: 'other-doi', status: 'ambiguous', apart: true, holds: (pair) => pair.doisDiffer },
  { reason: 'other-id', status: 'ambiguous', apart: true, holds: (pair) => pair.idsDiffer },
  {
    reason: 'same-isbn-title',
    status: 'strong',
    holds: (pair) =>
      pair.sharedIsbn && (pair.authors !== 'absent' ? pair.authors !== 'slight' : pair.title === 'equal'),
  },
  {
    reason: 'short-title-same-place',
    status: 'strong',
    holds: (pair) =>
      pair.short &&
      pair.title === 'equal' &&
      sameAuthors(pair) &&
      sameIssue(pair) &&
      (pair.venue !== 'differ' || pair.volume === 'equal') &&
      notFar(pair, 1),
  },
  {
    reason: 'short-title-same-venue',
    status: 'strong',
    holds: (pair) =>
      pair.short &&
      pair.title === 'equal' &&
      pair.authors === 'equal' &&
      sameVenue(pair) &&
      pair.pages !== 'differ' &&
      pair.issue !== 'differ' &&
      pair.years === 0,
  },
  {
    reason: 'short-title-same-team',
    status: 'strong',
    holds: (pair) =>
      pair.short &&
      pair.title === 'equal' &&
      pair.authors === 'equal' &&
      pair.a.authors.size >= 2 &&
      pair.a.kind === pair.b.kind &&
      pair.pages !== 'differ' &&
      pair.issue !== 'differ' &&
      !elsewhere(pair) &&
      pair.years === 0,
  },
  { reason: 'short-title', status: 'weak', holds: (pair) => pair.short },
  {
    reason: 'recurring-title',
    status: 'different',
    apart: true,
    holds: (pair) =>
      sameVenue(pair) &&
      !onePlaced(pair) &&
      !sameIssue(pair) &&
      ((pair.years ?? 0) > 1 || (pair.years === 1 && pair.volume === 'differ')),
  },
  {
    reason: 'other-pages',
    status: 'ambiguous',
    holds: (pair) => pair.pages === 'differ' && sameVenue(pair),
  },
  // Surveys, proceedings and editions come again from year to year.
  {
    reason: 'yearly',
    status: 'weak',
    holds: (pair) => bothYearly(pair) && pair.years !== 0 && !samePlace(pair) && !onePersonal(pair),
  },
  {
    reason: 'same-title-authors',
    status: 'strong',
    holds: (pair) =>
      pair.title === 'equal' &&
      sameAuthors(pair) &&
      pair.years === 0 &&
      !(elsewhere(pair) && pair.a.kind === 'review' && pair.b.kind === 'review'),
  },
  {
    reason: 'like-title-authors',
    status: 'strong',
    holds: (pair) => sameAuthors(pair) && within(pair, 1) && (pair.venue !== 'differ' || samePlace(pair)),
  },
  {
    reason: 'like-title-year',
    status: 'strong',
    holds: (pair) => pair.authors === 'equal' && pair.years === 0 && !elsewhere(pair),
  },
  {
    reason: 'same-title-place',
    status: 'strong',
    holds: (pair) =>
      pair.title === 'equal' &&
      pair.pages === 'equal' &&
      (pair.volume === 'equal' || sameVenue(pair)) &&
      within(pair, 1),
  },
  {
    reason: 'same-title-some-authors',
    status: 'strong',
    holds: (pair) => pair.title === 'equal' && pair.authors === 'overlap' && pair.years === 0 && !elsewhere(pair),
  },
  {
    reason: 'own-list',
    status: 'strong',
    holds: (pair) =>
      onePersonal(pair) &&
      pair.telling &&
      pair.title === 'equal' &&
      notFar(pair, 1) &&
      pair.pages !== 'differ' &&
      !elsewhere(pair),
  },
  {
    reason: 'same-telling-title',
    status: 'strong',
    holds: (pair) =>
      pair.telling && pair.title === 'equal' && sameAuthors(pair) && pair.years === null && pair.venue !== 'differ',
  },
  { reason: 'years-apart', status: 'weak', holds: (pair) => (pair.years ?? 0) > 0 && sameAuthors(pair) },
  { reason: 'authors-unknown', status: 'weak', holds: (pair) => pair.authors === 'absent' },
  { reason: 'year-unknown', status: 'weak', holds: (pair) => pair.years === null },
  { reason: 'few-authors-in-common', status: 'ambiguous', holds: () => true },
]
