import type { Clock, Queryable } from '@atlas/runtime'
import { forgetSpool, listNeeded, listSpent } from '../store/import-queue.ts'
import { deleteStaleUploads, listUploads } from '../store/uploads.ts'
import { partOf, type Spool } from './spool.ts'

export interface SweepParts {
  readonly database: Queryable
  readonly clock: Clock
  readonly spool: Spool
}

/** An upload that nobody goes on with is gone within the hour: looked for every five minutes. */
const IDLE_MS = 50 * 60_000
/** A job that ended early may be resumed for a week. */
const KEEP_SECONDS = 7 * 86_400

/** Removes what nobody will read any more from the spool folder. */
export async function sweepSpool({ database, clock, spool }: SweepParts): Promise<void> {
  for (const uploadId of await deleteStaleUploads(database, IDLE_MS / 1_000)) await spool.remove(partOf(uploadId))
  const spent = await listSpent(database, KEEP_SECONDS)
  await forgetSpool(
    database,
    spent.map(({ importId }) => importId),
  )
  for (const { spool: name } of spent) await spool.remove(name)
  await removeOrphans({ database, clock, spool })
}

/** What a process that died has left. */
async function removeOrphans({ database, clock, spool }: SweepParts): Promise<void> {
  const older = await spool.listOlder(IDLE_MS, clock.now())
  const needed = new Set(
    await listNeeded(
      database,
      older.map(({ name }) => name),
    ),
  )
  const expected = new Set(
    await listUploads(
      database,
      older.map(({ uploadId }) => uploadId),
    ),
  )
  for (const { name, uploadId } of older) if (!needed.has(name) && !expected.has(uploadId)) await spool.remove(name)
}
