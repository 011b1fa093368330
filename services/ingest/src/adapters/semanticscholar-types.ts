import type { JsonObject } from './adapter.ts'
import type { OpenAccessRule } from './mapping.ts'

// A paper has several types; in this order the first of which it has one decides.
const BY_RANK: readonly (readonly [string, string])[] = [
  ['Editorial', 'editorial'],
  ['LettersAndComments', 'letter'],
  ['Review', 'review'],
  ['MetaAnalysis', 'review'],
  ['Conference', 'conference-paper'],
  ['BookSection', 'book-chapter'],
  ['Book', 'book'],
  ['Dataset', 'dataset'],
  ['JournalArticle', 'article'],
  ['CaseReport', 'article'],
  ['ClinicalTrial', 'article'],
  ['Study', 'article'],
  ['Repository', 'preprint'],
  ['Patent', 'other'],
  ['News', 'other'],
]

/** The words of `publicationTypes`; of several the first in this order decides. */
export const S2_TYPES: Readonly<Record<string, string>> = Object.fromEntries(BY_RANK)

/** Our type of a paper. Without a word for it, what lies in arXiv only is a preprint. */
export function s2Type(words: readonly string[], inArxivOnly: boolean): string {
  const known = BY_RANK.find(([word]) => words.includes(word))?.[1]
  return known ?? (inArxivOnly ? 'preprint' : 'other')
}

/** What `openAccessPdf.status` says; open in a colour that is not told is none of ours. */
export const S2_OPEN_ACCESS: readonly OpenAccessRule<{ readonly status: string; readonly paper: JsonObject }>[] = [
  ...['gold', 'green', 'hybrid', 'bronze', 'diamond'].map((status) => ({
    when: `openAccessPdf.status is ${status.toUpperCase()}`,
    status,
    holds: ({ status: given }: { readonly status: string }) => given === status,
  })),
  {
    when: 'openAccessPdf.status is CLOSED, or isOpenAccess is false',
    status: 'closed',
    holds: ({ status, paper }) => status === 'closed' || paper.isOpenAccess === false,
  },
]

/** The kinds of `publicationVenue.type`. */
export const S2_VENUES: Readonly<Record<string, string>> = {
  journal: 'journal',
  conference: 'conference',
  workshop: 'conference',
  symposium: 'conference',
  'book series': 'book-series',
  repository: 'repository',
}
