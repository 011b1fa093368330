import { ATTRIBUTION_2, type AttributionModel } from '@atlas/linkage'
import { type Database, type Logger, type Outbox, startWorker, type Tx, type Worker } from '@atlas/runtime'
import { workChanged } from './changes.ts'
import type { WakeParts } from './compare/wake.ts'
import { waitAfter } from './compare/worker.ts'
import { compareFailed, rematchMoved } from './events.ts'
import { placeAgain } from './place/arrive.ts'
import { placeProfiles } from './place/place-profiles.ts'
import { canPlace } from './rules.ts'
import { saveModel } from './store/models.ts'
import { lockProfiles } from './store/profiles.ts'
import { listProfileIds, listWorkIds } from './store/published.ts'
import { addWorksAgain, countWaiting, wakeWorkers } from './store/queue.ts'
import { listRecordIds } from './store/records.ts'
import {
  addRematch,
  findRun,
  moveRun,
  type RematchPhase,
  type RematchRun,
  restartRematch,
  takeRun,
} from './store/rematch.ts'

/** Remembers the model of this build; where it was not the last one's, everything is scored again in the background. */
export async function adoptModel(database: Database, model: AttributionModel, runId: string): Promise<void> {
  await database.transaction(async (tx) => {
    if (await saveModel(tx, model)) await restartRematch(tx, runId, model.version)
  })
}

/** Begins to score everything again in the background, or tells of the run that is under way. */
export async function startRematch(database: Database, runId: string, logger: Logger): Promise<RematchRun | undefined> {
  const run = await addRematch(database, runId, ATTRIBUTION_2.version)
  await wakeWorkers(database)
  if (run) rematchMoved(logger, run)
  return run
}

export function findRematch(database: Database): Promise<RematchRun | undefined> {
  return findRun(database)
}

interface Phase {
  readonly next: RematchPhase
  readonly list: (tx: Tx, after: string | null, limit: number) => Promise<readonly string[]>
  readonly limit: number
  /** Returns ids of works that changed. */
  readonly apply: (tx: Tx, ids: readonly string[]) => Promise<readonly string[]>
}

const PHASES: Readonly<Record<Exclude<RematchPhase, 'done'>, Phase>> = {
  records: { next: 'profiles', list: listRecordIds, limit: 64, apply: placeAgain },
  profiles: { next: 'works', list: listProfileIds, limit: 200, apply: refreshProfiles },
  works: { next: 'done', list: listWorkIds, limit: 500, apply: compareAgain },
}

async function refreshProfiles(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  const stored = [...(await lockProfiles(tx, ids)).values()]
  await placeProfiles(
    tx,
    stored.map((row) => ({ profile: row.snapshot, stored: row, rekey: true })),
  )
  return []
}

async function compareAgain(tx: Tx, ids: readonly string[]): Promise<readonly string[]> {
  await addWorksAgain(tx, ids)
  return []
}

// The queue stays short, so that what arrives meanwhile does not wait behind a whole rematch.
export const MAX_WAITING = 2_000

/** One page of the run under way; resumes after any crash. False when there is nothing to do now. */
export async function rematchStep(database: Database, outbox: Outbox, logger: Logger): Promise<boolean> {
  if ((await findRun(database))?.phase === 'done') return false
  if ((await countWaiting(database)).rows > MAX_WAITING) return false
  // Another build will go on with it.
  if (!(await canPlace(database))) return false
  return database.transaction(async (tx) => {
    const run = await takeRun(tx)
    if (!run || run.phase === 'done') return false
    const { next, list, limit, apply } = PHASES[run.phase]
    const ids = await list(tx, run.position, limit)
    await outbox.append(tx, (await apply(tx, ids)).map(workChanged))
    const isLast = ids.length < limit
    const moved: RematchRun = {
      ...run,
      phase: isLast ? next : run.phase,
      position: isLast ? null : (ids.at(-1) ?? null),
      queued: run.queued + ids.length,
    }
    await moveRun(tx, moved)
    if (isLast) rematchMoved(logger, moved)
    return true
  })
}

const IDLE_MS = 5_000

export function startRematchWorker(
  parts: WakeParts & { readonly outbox: Outbox; readonly crash: (error: unknown) => void },
): Worker {
  const { database, outbox, logger, clock, crash } = parts
  return startWorker({
    name: 'rematch',
    clock,
    idleMs: IDLE_MS,
    step: () => rematchStep(database, outbox, logger),
    onError: (error, failures) => {
      compareFailed(logger, error, failures)
      return waitAfter(error, failures)
    },
    crash,
  })
}
