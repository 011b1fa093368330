const TYPES: Readonly<Record<string, string>> = {
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
  return TYPES[code?.toUpperCase() ?? ''] ?? 'other'
}

/** The role of an entry of the byline, and whether it is the corresponding author. */
export function halRole(code: string | undefined): { role: string; corresponding: boolean | null } {
  const role = code?.toLowerCase() ?? 'aut'
  return { role: ROLES[role] ?? role, corresponding: role === 'crp' ? true : null }
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
