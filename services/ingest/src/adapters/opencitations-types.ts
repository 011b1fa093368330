/** The words of OpenCitations Meta (https://doi.org/10.1162/qss_a_00292), in which COCI has none. */
export const TYPES: Readonly<Record<string, string>> = {
  'journal article': 'article',
  'newspaper article': 'article',
  'proceedings article': 'conference-paper',
  presentation: 'conference-paper',
  preprint: 'preprint',
  book: 'book',
  'edited book': 'book',
  monograph: 'book',
  'reference book': 'book',
  proceedings: 'book',
  'book chapter': 'book-chapter',
  'book part': 'book-chapter',
  'book section': 'book-chapter',
  'book track': 'book-chapter',
  dissertation: 'thesis',
  report: 'report',
  dataset: 'dataset',
  'data file': 'dataset',
  'computer program': 'software',
  'peer review': 'review',
  editorial: 'editorial',
  'retraction notice': 'erratum',
}

export const VENUES: Readonly<Record<string, string>> = {
  'journal article': 'journal',
  editorial: 'journal',
  'retraction notice': 'journal',
  'proceedings article': 'conference',
  preprint: 'repository',
}
