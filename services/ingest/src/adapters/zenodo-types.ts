import { ourWord } from './mapping.ts'

/** Our type by Zenodo's, `type` or `type/subtype`: https://developers.zenodo.org/#representation */
export const ZENODO_TYPES: Readonly<Record<string, string>> = {
  'publication/annotationcollection': 'other',
  'publication/article': 'article',
  'publication/book': 'book',
  'publication/conferencepaper': 'conference-paper',
  'publication/conferenceproceeding': 'book',
  'publication/datamanagementplan': 'report',
  'publication/datapaper': 'article',
  'publication/deliverable': 'report',
  'publication/dissertation': 'thesis',
  'publication/journal': 'other',
  'publication/milestone': 'report',
  'publication/patent': 'other',
  'publication/peerreview': 'review',
  'publication/preprint': 'preprint',
  'publication/proposal': 'report',
  'publication/report': 'report',
  'publication/section': 'book-chapter',
  'publication/softwaredocumentation': 'report',
  'publication/standard': 'other',
  'publication/taxonomictreatment': 'other',
  'publication/technicalnote': 'report',
  'publication/thesis': 'thesis',
  'publication/workingpaper': 'preprint',
  poster: 'conference-paper',
  presentation: 'conference-paper',
  dataset: 'dataset',
  software: 'software',
}

const ROLES: Readonly<Record<string, string>> = {
  Editor: 'editor',
  Supervisor: 'thesis_advisor',
  Researcher: 'researcher',
  ContactPerson: 'contact_person',
}

/** The role of a contributor; the words of DataCite that have none of ours are kept in small letters (`data_collector`). */
export function zenodoRole(word: string | undefined): string {
  if (word === undefined) return 'contributor'
  return ourWord(ROLES, word) ?? word.replace(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
}
