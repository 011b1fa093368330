import { childOf, childrenOf, lineOf, type XmlElement } from '../formats/xml-tree.ts'

// An article has several types; the first row of which it has one decides.
const TYPES: readonly (readonly [string, readonly string[]])[] = [
  ['erratum', ['Published Erratum', 'Retraction of Publication', 'Retraction Notice', 'Expression of Concern']],
  ['preprint', ['Preprint']],
  ['review', ['Review', 'Systematic Review', 'Scientific Integrity Review', 'Meta-Analysis']],
  ['editorial', ['Editorial']],
  ['letter', ['Letter', 'Comment']],
  ['dataset', ['Dataset']],
  ['report', ['Technical Report']],
  ['conference-paper', ['Congress']],
  [
    'article',
    [
      'Journal Article',
      'Case Reports',
      'Clinical Trial',
      'Randomized Controlled Trial',
      'Historical Article',
      'Lecture',
    ],
  ],
]

export const PUBMED_TYPES = Object.fromEntries(TYPES.flatMap(([type, words]) => words.map((word) => [word, type])))

/** The type, and all of PubMed's words for it. */
export function pubmedType(article: XmlElement | undefined): { type: string; typeAsGiven: string | null } {
  const given = typesOf(article)
  const type = TYPES.find(([, words]) => words.some((word) => given.includes(word)))?.[0]
  return { type: type ?? 'other', typeAsGiven: given.length === 0 ? null : given.join('; ') }
}

const RETRACTIONS = new Set(['RetractionIn', 'RetractedandRepublishedIn'])

/** Whether PubMed says so: by the article's type, or by naming the retraction. */
export function isRetracted(citation: XmlElement | undefined, article: XmlElement | undefined): boolean {
  const notes = childrenOf(childOf(citation, 'CommentsCorrectionsList'), 'CommentsCorrections')
  return (
    typesOf(article).includes('Retracted Publication') ||
    notes.some(({ attributes }) => RETRACTIONS.has(attributes.RefType ?? ''))
  )
}

function typesOf(article: XmlElement | undefined): string[] {
  return childrenOf(childOf(article, 'PublicationTypeList'), 'PublicationType').flatMap((type) => lineOf(type) ?? [])
}
