import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { BLOCK_CAP, roomUnder } from '@atlas/linkage'
import { copyRows, type Database } from '@atlas/runtime'
import { withoutIndexes } from '../works/without-indexes.ts'
import type { Loaded, Loading, Range } from './load-worker.ts'

const TABLES = ['profiles', 'profile_keys']
const BATCH = 1_000
const WORKERS = 2
const TOLD = 50_000
// What is made lives until its batch is copied: a small young generation would copy it again and again.
const YOUNG = { maxYoungGenerationSizeMb: 128 }

export interface LoadOptions extends Loading {
  /** The same database, as its superuser sees it. */
  readonly admin: Database
  readonly from: number
  readonly to: number
  readonly progress: (line: string) => void
}

/**
 * Stores people by COPY as `placeProfiles` would have left them once they were compared: with all their keys, the blocks
 * that are too wide among them, and nothing that waits. Two threads make and copy them, a thousand at a time.
 */
export async function loadProfiles({ admin, from, to, progress, ...loading }: LoadOptions): Promise<Loaded> {
  const sum = { keys: 0, featureBytes: 0 }
  await withoutIndexes(admin, TABLES, async () => {
    let [next, done, told] = [from, 0, TOLD]
    const work = async (worker: Worker): Promise<void> => {
      while (next < to) {
        const range: Range = [next, Math.min(to, next + BATCH)]
        next = range[1]
        worker.postMessage(range)
        const [{ keys, featureBytes }] = (await once(worker, 'message')) as [Loaded]
        sum.keys += keys
        sum.featureBytes += featureBytes
        done += range[1] - range[0]
        if (done < told) continue
        progress(`${done} of ${to - from} profiles stored`)
        told += TOLD
      }
    }
    await using team = startTeam(loading)
    await Promise.all(team.workers.map(work))
    progress('making the indexes')
  })
  await admin.query(`select setval('revisions', greatest($1, last_value)) from revisions`, [to + 1])
  progress('looking for wide blocks')
  await admin.query('vacuum analyze profiles, profile_keys')
  await widen(admin)
  return sum
}

function startTeam(workerData: Loading) {
  const file = new URL('./load-worker.ts', import.meta.url)
  const workers = Array.from(
    { length: WORKERS },
    () => new Worker(file, { workerData, execArgv: process.execArgv, resourceLimits: YOUNG }),
  )
  return {
    workers,
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}

/** Marks the blocks that hold more than their room, as comparing the profiles would have. */
async function widen(admin: Database): Promise<void> {
  const least = Math.min(...['n:a|b/+c', 'w:a'].map((key) => roomUnder(key, BLOCK_CAP)))
  const { rows } = await admin.query<{ key: string; n: number }>(
    'select key, count(*) as n from profile_keys group by key having count(*) > $1',
    [least],
  )
  const wide = rows.filter(({ key, n }) => n > roomUnder(key, BLOCK_CAP))
  await admin.transaction(async (tx) => {
    await tx.query('delete from wide_blocks')
    await copyRows(
      tx,
      'wide_blocks (key)',
      wide.map(({ key }) => [key]),
    )
  })
  await admin.query('vacuum analyze wide_blocks')
}
