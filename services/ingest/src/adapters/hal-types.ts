import { type OpenAccessRule, ourWord } from './mapping.ts'

export const HAL_TYPES: Readonly<Record<string, string>> = {
  ART: 'article',
  COMM: 'conference-paper',
  POSTER: 'conference-paper',
  PRESCONF: 'conference-paper',
  OUV: 'book',
  DOUV: 'book',
  PROCEEDINGS: 'book',
  COUV: 'book-chapter',
  THESE: 'thesis',
  HDR: 'thesis',
  ETABTHESE: 'thesis',
  MEM: 'dissertation',
  REPORT: 'report',
  SOFTWARE: 'software',
  // HAL's name for "Preprints, Working Papers, …".
  UNDEFINED: 'preprint',
  PREPRINT: 'preprint',
}

/** By whether HAL says that its text can be read; a short answer of the search does not say. */
export const HAL_OPEN_ACCESS: readonly OpenAccessRule<boolean | undefined>[] = [
  {
    when: 'openAccess_bool, a file or a link to one in TEI, or info:eu-repo/semantics/OpenAccess in Dublin Core',
    status: 'green',
    holds: (open) => open === true,
  },
  { when: 'openAccess_bool is false, or TEI has neither', status: 'closed', holds: (open) => open === false },
]

const ROLES: Readonly<Record<string, string>> = {
  aut: 'author',
  crp: 'author', // "correspondant": the author to write to
  edt: 'editor',
  scientific_editor: 'editor',
  ed: 'editor',
  trl: 'translator',
  trad: 'translator',
}

/** Our type for HAL's (`ART`, `COMM` …). */
export function halType(code: string | undefined): string {
  return ourWord(HAL_TYPES, code?.toUpperCase()) ?? 'other'
}

/** The role of an entry of the byline, and whether it is the corresponding author. */
export function halRole(code: string | undefined): { role: string; corresponding: boolean | null } {
  const role = code?.toLowerCase() ?? 'aut'
  return { role: ourWord(ROLES, role) ?? role, corresponding: role === 'crp' ? true : null }
}

/** HAL's ids of an author: the form of the name (`388007`), the person behind it when known (`388007-1288873`), idHal. */
export function halAuthorIds(
  formAndPerson: string | undefined,
  idHal: string | undefined,
): { scheme: string; value: string }[] {
  const [form, person] = formAndPerson?.trim().split('-') ?? []
  return [
    ...(isNumber(form) ? [{ scheme: 'hal_form', value: form }] : []),
    ...(isNumber(person) ? [{ scheme: 'hal_author', value: person }] : []),
    ...(idHal !== undefined && idHal.trim() !== '' ? [{ scheme: 'idhal', value: idHal.trim().toLowerCase() }] : []),
  ]
}

function isNumber(text: string | undefined): text is string {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text)
}

/** HAL's number of a journal, among the identifiers of a venue. */
export function venueIds(id: string | undefined): { scheme: string; value: string }[] {
  return id === undefined ? [] : [{ scheme: 'hal_journal', value: id }]
}
