import { FieldError, textOf } from '../neutral/fields.ts'
import { BadFileError, readLines } from '../neutral/lines.ts'
import type { WorkSet } from '../neutral/read-work-set.ts'
import { workPairOf } from '../neutral/work-record.ts'
import type { WorkPairMatch } from './works.ts'

const STATUSES = ['exact', 'strong', 'weak', 'ambiguous', 'different'] as const

interface WorkLines {
  readonly clusters: readonly (readonly string[])[]
  readonly pairs: readonly WorkPairMatch[]
}

/** Lines as `matchWorks` makes them, whoever wrote them: every record once, or every pair in the order of the set. */
export async function readWorkMatches(file: string, { records, pairs }: WorkSet): Promise<WorkLines> {
  if (pairs !== null) return { clusters: [], pairs: await readPairLines(file, pairs) }
  const clusterOf = new Map<string, string>()
  const ids = new Set(records.map(({ id }) => id))
  await readLines(file, (fields) => {
    const record = textOf(fields, 'record')
    if (!ids.has(record)) throw new FieldError(`the set has no record "${record}"`)
    if (clusterOf.has(record)) throw new FieldError(`record "${record}" is there twice`)
    clusterOf.set(record, textOf(fields, 'cluster'))
  })
  const absent = records.find(({ id }) => !clusterOf.has(id))
  if (absent !== undefined) throw new BadFileError(`"${file}" has no line for record "${absent.id}"`)
  const groups = Map.groupBy(clusterOf, ([, cluster]) => cluster)
  return { clusters: [...groups.values()].map((group) => group.map(([record]) => record)), pairs: [] }
}

async function readPairLines(file: string, pairs: NonNullable<WorkSet['pairs']>): Promise<readonly WorkPairMatch[]> {
  let at = 0
  const lines = await readLines(file, (fields): WorkPairMatch => {
    const { left, right } = workPairOf(fields)
    const wanted = pairs[at++]
    if (wanted?.left !== left || wanted.right !== right)
      throw new FieldError(`is about "${left}" and "${right}", which the set does not have there`)
    const said = textOf(fields, 'status')
    const status = STATUSES.find((known) => known === said)
    if (status === undefined) throw new FieldError(`"status" is "${said}", which is none of ${STATUSES.join(', ')}`)
    return { left, right, status, reason: textOf(fields, 'reason') }
  })
  if (lines.length !== pairs.length)
    throw new BadFileError(`there are ${lines.length} lines in "${file}", and ${pairs.length} pairs in the set`)
  return lines
}
