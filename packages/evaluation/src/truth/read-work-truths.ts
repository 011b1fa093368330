import { FieldError, type Fields, optionalText, textOf } from '../neutral/fields.ts'
import { BadFileError, fileOf, optionalFileOf, readLines } from '../neutral/lines.ts'
import { pairIn, type WorkSet } from '../neutral/read-work-set.ts'
import { type WorkPair, workPairOf } from '../neutral/work-record.ts'

export interface JudgedPair extends WorkPair {
  readonly same: boolean
}

/**
 * What is true of a set, in one of three forms: all pairs of one publication across sources; of each record whether it
 * repeats another, not which; or a verdict on some pairs.
 */
export type WorkTruths =
  | { readonly form: 'matches'; readonly matches: readonly WorkPair[] }
  | { readonly form: 'labels'; readonly duplicates: ReadonlyMap<string, boolean> }
  | { readonly form: 'pairs'; readonly pairs: readonly JudgedPair[] }

const FORMS = ['pairs', 'matches', 'labels'] as const

/** The truths of a set; only what scores may ask for them. */
export async function readWorkTruths(folder: string, set: WorkSet): Promise<WorkTruths> {
  const found = FORMS.filter((form) => optionalFileOf(folder, form) !== undefined)
  const [form] = found
  if (form === undefined || found.length > 1)
    throw new BadFileError(
      `of "matches", "labels" and "pairs" one file says what is true; "${folder}" has ${found.join(' and ') || 'none'}`,
    )
  const ids = new Set(set.records.map(({ id }) => id))
  if (form === 'matches') return { form, matches: await readMatches(folder, ids) }
  if (form === 'labels') return { form, duplicates: await readLabels(folder, ids) }
  return { form, pairs: await readLines(fileOf(folder, form), (fields) => judgedPairOf(fields, ids)) }
}

function readMatches(folder: string, ids: ReadonlySet<string>): Promise<readonly WorkPair[]> {
  const known = new Set<string>()
  return readLines(fileOf(folder, 'matches'), (fields) => {
    const pair = pairIn(ids, workPairOf(fields))
    const key = [pair.left, pair.right].sort().join('\n')
    if (known.has(key)) throw new FieldError(`"${pair.left}" and "${pair.right}" are there twice`)
    known.add(key)
    return pair
  })
}

async function readLabels(folder: string, ids: ReadonlySet<string>): Promise<ReadonlyMap<string, boolean>> {
  const labels = new Map<string, boolean>()
  const file = fileOf(folder, 'labels')
  await readLines(file, (fields) => {
    const record = textOf(fields, 'record')
    const { duplicate } = fields
    if (!ids.has(record)) throw new FieldError(`no record "${record}"`)
    if (labels.has(record)) throw new FieldError(`record "${record}" is there twice`)
    if (typeof duplicate !== 'boolean')
      throw new FieldError('"duplicate" is neither true nor false: nothing can be scored without it')
    labels.set(record, duplicate)
  })
  const bare = [...ids].find((id) => !labels.has(id))
  if (bare !== undefined) throw new BadFileError(`"${file}" has no line for record "${bare}"`)
  return labels
}

const VERDICTS: Readonly<Record<string, boolean>> = { same: true, different: false }

function judgedPairOf(fields: Fields, ids: ReadonlySet<string>): JudgedPair {
  const verdict = optionalText(fields, 'verdict')
  const same = verdict === null ? fields['same'] : VERDICTS[verdict]
  if (typeof same !== 'boolean')
    throw new FieldError('neither "same" (true, false) nor "verdict" (same, different) says what is true')
  return { ...pairIn(ids, workPairOf(fields)), same }
}
