import { randomUUID } from 'node:crypto'
import { RetryableError } from '../bus/errors.ts'
import type { Bus, Subscription } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Database } from '../postgres/database.ts'
import { alarm } from './alarms.ts'
import { createBackPressure } from './back-pressure.ts'
import type { ConsumerContext } from './context.ts'
import { type ConsumerDefinition, groupOf } from './definition.ts'
import { describeError } from './error-policy.ts'
import { inOrder } from './facts-in-order.ts'
import type { Halt } from './halt.ts'
import { createHaltBoard, type HaltBoard } from './halt-board.ts'
import { watchHeldFacts } from './held-facts.ts'
import { positionsFor } from './on-assigned.ts'
import { createOnBatch } from './on-batch.ts'
import { repeat } from './repeat.ts'
import { listProgress } from './store-progress.ts'
import { type ConsumerTimers, PRODUCTION_CONSUMER_TIMERS } from './timers.ts'
import { checkTopic } from './topic-check.ts'
import { DeploymentError } from './work-through.ts'

export interface ConsumerOptions<T> extends ConsumerDefinition<T> {
  readonly topicPrefix: string
  readonly bus: Bus
  readonly database: Database
  readonly outbox: Outbox
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly failpoints: Failpoints
  readonly timers?: ConsumerTimers
  /** No chunk is taken while our own outbox holds more unsent rows. Default 200,000. */
  readonly maxUnsent?: number
  /** Transactions at once, where each partition has one of its own. Default 3. */
  readonly concurrency?: number
}

export interface ConsumerPosition {
  readonly partition: number
  readonly nextOffset: bigint
  readonly halted: Halt | undefined
}

/** One topic through one handler: at least once, in order within a partition, effects once. */
export interface Consumer extends AsyncDisposable {
  readonly group: string
  readonly topic: string
  /** Aborts, with the reason, when consuming has ended for good: the process must exit with 1. */
  readonly crashed: AbortSignal
  /** Joined, and no partition of ours is halted. */
  ready(): boolean
  /** What to tell an operator who asks why not. */
  state(): {
    readonly joined: boolean
    readonly assigned: readonly number[]
    readonly halted: readonly { readonly partition: number; readonly halt: Halt }[]
  }
  /** The group's rows as stored, all partitions. */
  positions(): Promise<readonly ConsumerPosition[]>
  /** Leaves the group after the chunks under way. */
  stop(): Promise<void>
}

/**
 * Runs one topic through one handler.
 *
 * Position, effects, outbox rows and quarantine rows are one transaction, so that a crash anywhere repeats work and
 * never loses or doubles it. The offset committed to the log is a hint.
 */
export async function startConsumer<T>(options: ConsumerOptions<T>): Promise<Consumer> {
  const context = contextOf(options)
  const { definition, group, logger, clock, timers } = context
  await checkTopic(context)
  const crash = new AbortController()
  const stopping = new AbortController()
  const halts = createHaltBoard(context.metrics, definition.topic)
  const onBatch = createOnBatch(context, halts, createBackPressure(context))
  const subscription = await context.bus.subscribe({
    group,
    topic: context.fullTopic,
    onAssigned: (partitions) => positionsFor(context, halts, partitions),
    onBatch: (batch) => onBatch(batch).catch(onlyWhatTheClientMaySee),
  })
  subscription.crashed.addEventListener('abort', () => crash.abort(subscription.crashed.reason), { once: true })

  // A failed look at the surroundings is not a reason to stop consuming: the loop meets the same fault by itself.
  const watch = (name: string, everyMs: number, look: () => Promise<void>) =>
    repeat(clock, everyMs, stopping.signal, look, (error) =>
      logger.warn({ event: 'watch-failed', watch: name, topic: definition.topic, error: describeError(error) }),
    )
  const watches = [
    watch('topic', timers.topicCheckMs, () => checkTopic(context)),
    watch('halted', timers.haltedPollMs, () => resumeAccepted(context, halts, subscription)),
    ...(definition.kind === 'fact' ? [watch('gaps', timers.gapAlarmMs / 4, () => watchHeldFacts(context))] : []),
  ]
  const stop = async () => {
    stopping.abort()
    await subscription.stop()
    await Promise.all(watches)
  }
  return {
    group,
    topic: definition.topic,
    crashed: crash.signal,
    ready: () => subscription.joined() && halts.list().length === 0 && !crash.signal.aborted,
    state: () => ({
      joined: subscription.joined(),
      assigned: subscription.assigned(),
      halted: halts.list().map(([partition, halt]) => ({ partition, halt })),
    }),
    positions: async () =>
      [...(await listProgress(context.database, group, definition.topic))].map(
        ([partition, { nextOffset, halted }]) => ({ partition, nextOffset, halted }),
      ),
    stop,
    [Symbol.asyncDispose]: stop,
  }

  /** The client treats a TypeError as fatal and calls a handler again for others: it gets neither of ours. */
  function onlyWhatTheClientMaySee(error: unknown): void {
    if (error instanceof DeploymentError) {
      alarm(context, 'deployment_fault', { topic: definition.topic, error: describeError(error) })
      crash.abort(error)
      throw new RetryableError(error.message, { cause: error })
    }
    const fromClient = error instanceof Error && error.name.startsWith('KafkaJS')
    if (fromClient || error instanceof RetryableError) throw error
    logger.error({ event: 'chunk-failed', topic: definition.topic, error: describeError(error) })
    throw new RetryableError(describeError(error), { cause: error })
  }
}

/** Partitions an operator has accepted, in whatever process, go on from where he said. */
async function resumeAccepted<T>(
  context: ConsumerContext<T>,
  halts: HaltBoard,
  subscription: Subscription,
): Promise<void> {
  if (halts.list().length === 0) return
  const stored = await listProgress(context.database, context.group, context.definition.topic)
  for (const [partition] of halts.list()) {
    const progress = stored.get(partition)
    if (!progress || progress.halted) continue
    halts.clear(partition)
    if (subscription.assigned().includes(partition)) subscription.seek(partition, progress.nextOffset)
  }
}

function contextOf<T>(options: ConsumerOptions<T>): ConsumerContext<T> {
  const {
    topicPrefix,
    timers = PRODUCTION_CONSUMER_TIMERS,
    maxUnsent = 200_000,
    maxChunk = 1_000,
    concurrency = 3,
    ...rest
  } = options
  const group = groupOf(options)
  return {
    ...rest,
    definition: options.kind === 'fact' ? inOrder(options) : options,
    group,
    fullTopic: topicPrefix + options.topic,
    instance: randomUUID(),
    timers,
    maxUnsent,
    maxChunk,
    concurrency,
  }
}
