import { basename, resolve } from 'node:path'
import { FieldError } from './fields.ts'
import { fileOf, optionalFileOf, readLines } from './lines.ts'
import { type NeutralWork, type WorkPair, workPairOf, workRecordOf } from './work-record.ts'

/** Records of which some describe one publication, without what is true of them. */
export interface WorkSet {
  readonly name: string
  readonly records: readonly NeutralWork[]
  /** Where two at a time are asked about; null: everything is to be put into works. */
  readonly pairs: readonly WorkPair[] | null
}

/** A set for works: no id is there twice, every pair is of two of its records. */
export async function readWorkSet(folder: string): Promise<WorkSet> {
  const ids = new Set<string>()
  const records = await readLines(fileOf(folder, 'records'), (fields) => {
    const record = workRecordOf(fields)
    if (ids.has(record.id)) throw new FieldError(`record "${record.id}" is there twice`)
    ids.add(record.id)
    return record
  })
  const file = optionalFileOf(folder, 'pairs')
  const pairs = file === undefined ? null : await readLines(file, (fields) => pairIn(ids, workPairOf(fields)))
  return { name: basename(resolve(folder)), records, pairs }
}

/** The pair, once both are known to be there and two. */
export function pairIn(ids: ReadonlySet<string>, pair: WorkPair): WorkPair {
  const unknown = [pair.left, pair.right].find((id) => !ids.has(id))
  if (unknown !== undefined) throw new FieldError(`no record "${unknown}"`)
  if (pair.left === pair.right) throw new FieldError(`"${pair.left}" is on both sides`)
  return pair
}
