import {
  type Clock,
  classOf,
  type Database,
  type Failpoints,
  type Logger,
  type Metrics,
  type Outbox,
  startWorker,
  type Tx,
  type Worker,
} from '@atlas/runtime'
import { blockWidthChanged, compareFailed, compareStepDone, slotsCut } from '../events.ts'
import { listWaitingKinds, type SubjectKind } from '../store/queue.ts'
import { compareBlock } from './compare-block.ts'
import { compareProfiles } from './compare-profiles.ts'
import { type Compared, compareWorks } from './compare-works.ts'
import { learn } from './learn.ts'
import type { CompareLimits } from './limits.ts'
import type { Scorer } from './scorer.ts'

export interface CompareParts {
  readonly database: Database
  readonly outbox: Outbox
  readonly metrics: Metrics
  readonly logger: Logger
  readonly clock: Clock
  readonly failpoints: Failpoints
  readonly scorer: Scorer
  readonly limits: CompareLimits
  /** A block of more profiles is split by narrower keys. */
  readonly blockCap: number
}

type Step = (tx: Tx) => Promise<Compared>

/** One round: a bounded piece of each kind of work, a transaction each. True when anything was done. */
export async function compareRound(parts: CompareParts): Promise<boolean> {
  const { scorer, limits, blockCap } = parts
  const steps: Readonly<Record<SubjectKind, Step>> = {
    evidence: learn,
    profile: (tx) => compareProfiles(tx, scorer, limits, blockCap),
    work: (tx) => compareWorks(tx, scorer, limits),
    block: compareBlock,
  }
  const waiting = await listWaitingKinds(parts.database)
  let taken = 0
  for (const kind of waiting) taken += await runStep(parts, kind, steps[kind])
  return taken > 0
}

async function runStep(parts: CompareParts, kind: SubjectKind, step: Step): Promise<number> {
  const { database, outbox, failpoints, clock, metrics, logger, scorer } = parts
  scorer.trim()
  const started = clock.monotonic()
  const { taken, cutSlots, changedBlocks } = await database.transaction(async (tx) => {
    const compared = await step(tx)
    await outbox.append(tx, compared.outbox)
    if (compared.taken > 0) failpoints.hit('compare.before_commit')
    return compared
  })
  if (taken > 0) {
    failpoints.hit('compare.after_commit')
    compareStepDone(metrics, kind, taken, (clock.monotonic() - started) / 1000)
    if (cutSlots) slotsCut(metrics, cutSlots)
    if (changedBlocks) blockWidthChanged(logger, metrics, changedBlocks)
  }
  return taken
}

export interface CompareWorker extends Worker {
  wake(): void
}

/** Runs rounds until stopped. `idleMs` is the safety net under NOTIFY. */
export function startCompareWorker(
  parts: CompareParts & { readonly idleMs: number; readonly crash: (error: unknown) => void },
): CompareWorker {
  return startWorker({
    name: 'compare',
    clock: parts.clock,
    idleMs: parts.idleMs,
    step: () => compareRound(parts),
    onError: (error, failures) => {
      compareFailed(parts.logger, error, failures)
      return waitAfter(error, failures)
    },
    crash: parts.crash,
  })
}

const MAX_WAIT_MS = 30_000

/** A lost race is tried again at once, a database that is away with back-off; what nobody expected three times. Pure. */
export function waitAfter(error: unknown, failures: number): number | 'crash' {
  const kind = classOf(error)
  if (kind === 'contention' && failures < 20) return Math.min(10 * failures, 200)
  if (kind === 'unavailable' || kind === 'demoted' || kind === 'contention')
    return Math.min(200 * 2 ** failures, MAX_WAIT_MS)
  return failures < 3 ? 200 * failures : 'crash'
}
