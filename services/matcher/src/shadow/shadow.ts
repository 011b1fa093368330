import { clusterWorks, indexKeysFor, type RuleSet } from '@atlas/linkage'
import { type Database, type Logger, startWorker, type Tx, type Worker } from '@atlas/runtime'
import type { WakeParts } from '../compare/wake.ts'
import { waitAfter } from '../compare/worker.ts'
import { compareFailed, shadowMoved } from '../events.ts'
import { decideWorks, NO_CAUSES } from '../place/decide-works.ts'
import { findRematch, MAX_WAITING } from '../rematch.ts'
import { rulesOf } from '../rules.ts'
import { countWaiting } from '../store/queue.ts'
import {
  addShadowKeys,
  countCandidates,
  countDecided,
  dropShadowKeys,
  findShadow,
  listLiveWorkIds,
  listRecordsWithKeys,
  moveShadow,
  type ShadowRun,
  takeShadow,
} from '../store/shadow.ts'
import { saveChanges } from '../store/shadow-changes.ts'
import { forecastOf } from './forecast.ts'
import { readClosed } from './read-closed.ts'

export interface ShadowPages {
  readonly works: number
  readonly records: number
}

// A page of works is read with all that they touch: 64, as of records that arrive.
export const SHADOW_PAGES: ShadowPages = { works: 64, records: 256 }

/**
 * One page of the run under way, in one snapshot of what is stored; resumes after any crash. Writes nothing but what it finds.
 * False when there is nothing to do now: what arrives goes first, and works that are being gone through again are waited for.
 */
export async function shadowStep(
  database: Database,
  logger: Logger,
  pages: ShadowPages = SHADOW_PAGES,
): Promise<boolean> {
  const under = await findShadow(database)
  if (!under || !isUnderWay(under) || !rulesOf(under)) return false
  if ((await countWaiting(database)).rows > MAX_WAITING) return false
  const rematch = await findRematch(database)
  if (rematch && rematch.phase !== 'done') return false
  return database.transaction(
    async (tx) => {
      const run = await takeShadow(tx)
      const rules = run && rulesOf(run)
      if (!run || !rules) return false
      const moved = run.phase === 'keys' ? await keysPage(tx, run, pages) : await worksPage(tx, run, rules, pages)
      await moveShadow(tx, moved)
      if (moved.phase !== run.phase) shadowMoved(logger, moved)
      return true
    },
    { isolation: 'repeatable read' },
  )
}

export function isUnderWay({ phase }: Pick<ShadowRun, 'phase'>): boolean {
  return phase === 'keys' || phase === 'works'
}

/** Where another build made the index, what this one would store besides is needed to find who is linked. */
async function keysPage(tx: Tx, run: ShadowRun, pages: ShadowPages): Promise<ShadowRun> {
  const page = await listRecordsWithKeys(tx, run.position, pages.records)
  const missing = page.flatMap(({ record, keys }) => {
    const standing = new Set(keys)
    const { stored } = indexKeysFor(record)
    return stored.filter((key) => !standing.has(key)).map((key) => ({ key, id: record.recordId }))
  })
  await addShadowKeys(tx, missing)
  const isLast = page.length < pages.records
  return isLast
    ? { ...run, phase: 'works', position: null }
    : { ...run, position: page.at(-1)?.record.recordId ?? null }
}

async function worksPage(tx: Tx, run: ShadowRun, rules: RuleSet, pages: ShadowPages): Promise<ShadowRun> {
  const workIds = await listLiveWorkIds(tx, run.position, pages.works)
  await lookAt(tx, run, workIds, rules)
  const goneThrough = run.goneThrough + workIds.length
  if (workIds.length === pages.works) return { ...run, position: workIds.at(-1) ?? null, goneThrough }
  await dropShadowKeys(tx)
  return { ...run, phase: 'done', position: null, goneThrough }
}

/** A work that other pages touched is written in place of what they found: each is counted once. */
async function lookAt(tx: Tx, { runId }: ShadowRun, workIds: readonly string[], rules: RuleSet): Promise<void> {
  const { before, live, records, constraints } = await readClosed(tx, workIds, rules)
  const after = clusterWorks({ records: live, constraints, rules })
  const changes = decideWorks(before, after, records, NO_CAUSES, null)
  const changed = new Set(changes.map(({ workId }) => workId))
  const slots = before.slots.filter(({ workId }) => changed.has(workId))
  const counted = {
    candidates: await countCandidates(
      tx,
      slots.map(({ slotId }) => slotId),
    ),
    decided: await countDecided(tx, [...changed]),
  }
  const lookedAt = new Set([...before.works, ...after].map(({ workId }) => workId))
  await saveChanges(tx, runId, [...lookedAt], forecastOf({ ...before, after, changes, records }, counted))
}

const IDLE_MS = 5_000

export function startShadowWorker(parts: WakeParts & { readonly crash: (error: unknown) => void }): Worker {
  const { database, logger, clock, crash } = parts
  return startWorker({
    name: 'shadow',
    clock,
    idleMs: IDLE_MS,
    step: () => shadowStep(database, logger),
    onError: (error, failures) => {
      compareFailed(logger, error, failures)
      return waitAfter(error, failures)
    },
    crash,
  })
}
