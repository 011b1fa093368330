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
import { recountLinks } from './recount-links.ts'
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
  return (await runRound(parts)).taken > 0
}

interface Round {
  readonly taken: number
  /** Nothing but works was compared, and all that waited: what comes of a stream meanwhile may share the next step. */
  readonly isPaced: boolean
}

async function runRound(parts: CompareParts): Promise<Round> {
  const { scorer, limits, blockCap } = parts
  const steps: Readonly<Record<SubjectKind, Step>> = {
    evidence: learn,
    profile: (tx) => compareProfiles(tx, scorer, limits, blockCap),
    work: (tx) => compareWorks(tx, scorer, limits),
    block: compareBlock,
    links: recountLinks,
  }
  const waiting = await listWaitingKinds(parts.database)
  let [taken, isPaced] = [0, true]
  for (const kind of waiting) {
    const done = await runStep(parts, kind, steps[kind])
    taken += done.taken
    isPaced &&= kind === 'work' && done.isAll === true
  }
  return { taken, isPaced }
}

async function runStep(parts: CompareParts, kind: SubjectKind, step: Step): Promise<Compared> {
  const { database, outbox, failpoints, clock, metrics, logger, scorer } = parts
  scorer.trim()
  const started = clock.monotonic()
  const compared = await database.transaction(async (tx) => {
    const compared = await step(tx)
    await outbox.append(tx, compared.outbox)
    if (compared.taken > 0) failpoints.hit('compare.before_commit')
    return compared
  })
  const { taken, cutSlots, changedBlocks } = compared
  if (taken > 0) {
    failpoints.hit('compare.after_commit')
    compareStepDone(metrics, kind, taken, (clock.monotonic() - started) / 1000)
    if (cutSlots) slotsCut(metrics, cutSlots)
    if (changedBlocks) blockWidthChanged(logger, metrics, changedBlocks)
  }
  return compared
}

export interface CompareWorker extends Worker {
  wake(): void
}

export interface CompareTimes {
  /** The safety net under NOTIFY. */
  readonly idleMs: number
  /**
   * The least time from one step for works to the next while they come in a stream: a step costs the same for three works
   * as for thirty. What comes after a rest is compared at once, and so is what is left over.
   */
  readonly paceMs: number
}

/** Runs rounds until stopped. */
export function startCompareWorker(
  parts: CompareParts & CompareTimes & { readonly crash: (error: unknown) => void },
): CompareWorker {
  const { clock, idleMs, paceMs } = parts
  let next = Number.NEGATIVE_INFINITY
  return startWorker({
    name: 'compare',
    clock,
    idleMs,
    step: async (signal) => {
      const waitMs = next - clock.monotonic()
      if (waitMs > 0) await clock.sleep(waitMs, signal)
      const began = clock.monotonic()
      const { taken, isPaced } = await runRound(parts)
      next = taken > 0 && isPaced ? began + paceMs : began
      return taken > 0
    },
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
