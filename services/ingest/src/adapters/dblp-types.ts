import { ourWord } from './mapping.ts'

/** By the element, or the entry's type in BibTeX, and what `publtype` says besides. */
export const TYPES: Readonly<Record<string, string>> = {
  article: 'article',
  'article informal': 'preprint',
  'article encyclopedia': 'book-chapter',
  'article survey': 'review',
  'article data': 'dataset',
  'article software': 'software',
  'article withdrawn': 'article',
  inproceedings: 'conference-paper',
  proceedings: 'book',
  book: 'book',
  incollection: 'book-chapter',
  phdthesis: 'thesis',
  mastersthesis: 'dissertation',
  data: 'dataset',
  'data software': 'software',
  misc: 'other',
  www: 'other',
}

/** Our type of an element with all that its `publtype` says; the first of its words that the table knows decides. */
export function dblpType(element: string, publtype: string): string {
  const words = publtype.split(/\s+/).filter((word) => word !== '')
  const known = words.map((word) => ourWord(TYPES, `${element} ${word}`)).find((type) => type !== undefined)
  return known ?? ourWord(TYPES, element) ?? 'other'
}
