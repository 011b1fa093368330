import { createPushKey, type Deployment } from '@atlas/testing/deployment'
import type { Bench } from '../bench.ts'
import { importWorks, published } from '../import/import-works.ts'
import { madeFile } from '../import/made-files.ts'
import { pushFile } from '../import/push-file.ts'
import { measured } from '../measure.ts'
import { forgetHighest, highestOf } from '../memory.ts'
import { ingestOnly } from './p26-import.ts'

const MB = 2 ** 20
const SMALL = 10_000
// Of 8.2 kB each: a gigabyte.
const GIGABYTE = 125_000
const RATE = {
  id: 'P3',
  title: `records a second, one push of ${SMALL} / an import of as many`,
  bar: 0.8,
  sense: 'least',
  unit: '×',
} as const
const FLAT = { bar: 1.2, sense: 'most', unit: '×' } as const

/** P3: one request with all records beside an import of a file of the same size. */
export const pushBesideImport: Bench = {
  id: 'P3',
  title: 'push of NDJSON against an import',
  long: true,
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'p3')
    const key = await createPushKey(deployment, ['openalex'])
    const ratios: number[] = []
    const notes: string[] = []
    for (let run = 0; run <= parts.runs; run++) {
      parts.progress(`P3: repetition ${run} of ${parts.runs}`)
      const imported = await importSeconds(deployment)
      await using file = await madeFile(SMALL)
      const pushed = await pushFile(deployment, key, file)
      await published(deployment)
      // The first warms the service up.
      if (run === 0) continue
      ratios.push(imported / pushed)
      notes.push(`${Math.round(SMALL / pushed)} and ${Math.round(SMALL / imported)} records/s`)
    }
    return [measured(RATE, ratios, notes.join(', '))]
  },
}

/** Of many less of few: to start a process is no part of an import's rate. */
async function importSeconds(deployment: Deployment): Promise<number> {
  await using few = await madeFile(SMALL / 10)
  await using many = await madeFile(SMALL)
  const start = await importWorks(deployment, few.path)
  const whole = await importWorks(deployment, many.path)
  await published(deployment)
  return ((whole.wall - start.wall) * SMALL) / (SMALL - SMALL / 10)
}

/** A gigabyte pushed in one request, and one imported: memory against that of a tenth. */
export const gigabyte: Bench = {
  id: '1G',
  title: 'a gigabyte pushed, a gigabyte imported: memory against a tenth of it',
  long: true,
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'gigabyte')
    const key = await createPushKey(deployment, ['openalex'])
    const service = [...deployment.members.values()][0]
    if (!service) throw new Error('ingest does not run')
    const pushed: number[] = []
    const imported: number[] = []
    for (const records of [GIGABYTE / 10, GIGABYTE]) {
      await using toPush = await madeFile(records)
      parts.progress(`1G: pushing ${Math.round(toPush.bytes / MB)} MB`)
      forgetHighest(service.pid)
      await pushFile(deployment, key, toPush)
      await published(deployment)
      pushed.push(highestOf(service.pid))
      await using toImport = await madeFile(records)
      parts.progress(`1G: importing ${Math.round(toImport.bytes / MB)} MB`)
      const { highest, counts } = await importWorks(deployment, toImport.path)
      if (counts['stored'] !== records) throw new Error(`not all were stored: ${JSON.stringify(counts)}`)
      imported.push(highest)
    }
    await published(deployment)
    return [
      growth('1G-push', 'highest RSS of the service, 1 GB pushed / .1 GB', pushed),
      growth('1G-import', 'highest RSS of the import, 1 GB / .1 GB', imported),
    ]
  },
}

function growth(id: string, title: string, [few = 1, many = Number.NaN]: readonly number[]) {
  return measured({ ...FLAT, id, title }, [many / few], `${Math.round(few / MB)} and ${Math.round(many / MB)} MB`)
}
