import type { Deployment } from '@atlas/testing/deployment'
import type { Bench } from '../bench.ts'
import { importWorks, published } from '../import/import-works.ts'
import { madeFile } from '../import/made-files.ts'
import { measured } from '../measure.ts'
import { ingestOnly } from './p26-import.ts'

const RECORDS = 10_000
const BARS = {
  time: { id: 'P4', title: 'time of a second import of the same file / first', bar: 0.35, sense: 'most', unit: '×' },
  rows: { id: 'P4-rows', title: 'raw, head and outbox rows that it writes', bar: 0, sense: 'most', unit: 'rows' },
  wal: { id: 'P4-wal', title: 'bytes of WAL of the second / of the first', bar: 0.02, sense: 'most', unit: '×' },
} as const

/** P4: a file that was imported before, read again from its beginning. */
export const importAgain: Bench = {
  id: 'P4',
  title: 'second import of the same file',
  long: true,
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'p4')
    const times: number[] = []
    const rows: number[] = []
    const wal: number[] = []
    for (let run = 0; run < parts.runs; run++) {
      parts.progress(`P4: repetition ${run + 1} of ${parts.runs}`)
      await using file = await madeFile(RECORDS)
      const first = await timed(deployment, file.path)
      const second = await timed(deployment, file.path)
      if (second.counts['duplicate'] !== RECORDS)
        throw new Error(`not all were known: ${JSON.stringify(second.counts)}`)
      times.push(second.wall / first.wall)
      rows.push(second.rows)
      wal.push(second.wal / first.wal)
    }
    return [measured(BARS.time, times), measured(BARS.rows, rows), measured(BARS.wal, wal)]
  },
}

/** Until all is published, so that what the relay writes is told apart. */
async function timed(deployment: Deployment, path: string) {
  const before = await written(deployment)
  const { wall, counts } = await importWorks(deployment, path)
  const imported = await written(deployment)
  await published(deployment)
  return { wall, counts, rows: imported.rows - before.rows, wal: imported.wal - before.wal }
}

async function written({ open }: Deployment): Promise<{ readonly rows: number; readonly wal: number }> {
  const { rows } = await open.ingest.query<{ rows: number; wal: number }>(
    `select (select count(*) from raw_records) + (select count(*) from raw_blocks) + (select count(*) from heads)
              + coalesce((select max(id) from outbox_references), 0) as rows,
            (pg_current_wal_lsn() - '0/0')::float8 as wal`,
  )
  return rows[0] ?? { rows: 0, wal: 0 }
}
