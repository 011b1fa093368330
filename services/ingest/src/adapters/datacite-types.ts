import type { JsonObject } from './adapter.ts'
import { ourWord } from './mapping.ts'
import type { Reading } from './reading.ts'

const GENERAL: Readonly<Record<string, string>> = {
  JournalArticle: 'article',
  DataPaper: 'article',
  Preprint: 'preprint',
  ConferencePaper: 'conference-paper',
  ConferenceProceeding: 'book',
  Book: 'book',
  BookChapter: 'book-chapter',
  Dissertation: 'thesis',
  Report: 'report',
  Dataset: 'dataset',
  Software: 'software',
  ComputationalNotebook: 'software',
  PeerReview: 'review',
}

// What depositors write beside "Text", in the order in which it decides.
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/thesis|dissertation|habilitation/i, 'thesis'],
  [/preprint|working ?paper/i, 'preprint'],
  [/conference|proceeding|poster|presentation/i, 'conference-paper'],
  [/chapter|book ?section/i, 'book-chapter'],
  [/report/i, 'report'],
  [/editorial/i, 'editorial'],
  [/review/i, 'review'],
  [/article/i, 'article'],
  [/book|monograph/i, 'book'],
]

const CITEPROC: Readonly<Record<string, string>> = {
  'article-journal': 'article',
  thesis: 'thesis',
  report: 'report',
  book: 'book',
  chapter: 'book-chapter',
  'paper-conference': 'conference-paper',
  dataset: 'dataset',
}

/** All of it as one table: the depositor's words count only beside "Text". */
export const DATACITE_TYPES: Readonly<Record<string, string>> = {
  ...GENERAL,
  ...Object.fromEntries(WORDS.map(([pattern, type]) => [`Text, with ${pattern.source.replaceAll('|', ', ')}`, type])),
  ...Object.fromEntries(Object.entries(CITEPROC).map(([word, type]) => [`Text, citeproc ${word}`, type])),
}

/** The type by the general word, then by the depositor's; what arXiv calls an article is a preprint. */
export function typeOf(
  reading: Reading,
  attributes: JsonObject,
  doi: string | undefined,
): { type: string; typeAsGiven: string | null } {
  const types = reading.object(attributes.types, '/attributes/types')
  const text = (key: string) => reading.text(types[key], `/attributes/types/${key}`)
  const [general, own] = [text('resourceTypeGeneral'), text('resourceType')]
  const typeAsGiven = [general, own].filter((word) => word !== undefined).join('/') || null
  if (doi?.startsWith('10.48550/arxiv.')) return { type: 'preprint', typeAsGiven }
  const byGeneral = ourWord(GENERAL, general)
  const isText = general === 'Text' || general === undefined
  const byWord = isText ? WORDS.find(([pattern]) => pattern.test(own ?? ''))?.[1] : undefined
  const byCiteproc = isText ? ourWord(CITEPROC, text('citeproc')) : undefined
  return { type: byGeneral ?? byWord ?? byCiteproc ?? 'other', typeAsGiven }
}
