import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs'
import type { Clock } from '../clock.ts'
import { repeat } from '../consumer/repeat.ts'
import { createPulse, MembershipLostError } from '../consumer/waiting.ts'
import type { Logger } from '../log.ts'
import { createCommitter } from './kafka-committer.ts'
import type { KafkaConfig } from './kafka-config.ts'
import { rawOf } from './kafka-message.ts'
import type { SubscribeOptions, Subscription } from './port.ts'
import { withCap } from './with-cap.ts'

// Two MiB a fetch of one broker, half of one a partition: decoded, a member holds a few times that.
const MAX_BYTES = 2 * 2 ** 20
const MAX_BYTES_PER_PARTITION = 512 * 1024
// All partitions of a fetch at once: how many are worked on beside each other is the business of whoever is handed them. Of
// a topic with more, the rest follow; the library makes a promise of each place, used or not.
const AT_ONCE = 24

/** Joins a group on one topic; the library's freedoms (auto commit, auto resolve, restart, pause) are all off. */
export async function subscribeKafka(
  kafka: Kafka,
  config: KafkaConfig,
  options: SubscribeOptions,
  logger: Logger,
  clock: Clock,
): Promise<Subscription> {
  const { timers } = config
  const consumer = kafka.consumer({
    groupId: options.group,
    allowAutoTopicCreation: false,
    sessionTimeout: timers.sessionMs,
    rebalanceTimeout: timers.rebalanceMs,
    heartbeatInterval: timers.heartbeatMs,
    maxWaitTimeInMs: timers.maxWaitMs,
    minBytes: 1,
    maxBytesPerPartition: MAX_BYTES_PER_PARTITION,
    maxBytes: MAX_BYTES,
    readUncommitted: false,
  })
  const member = createMember(consumer, options, logger, clock, config)
  await consumer.connect()
  await consumer.subscribe({ topics: [options.topic], fromBeginning: true })
  member.run()
  return member
}

function createMember(
  consumer: Consumer,
  options: SubscribeOptions,
  logger: Logger,
  clock: Clock,
  { timers }: KafkaConfig,
): Subscription & { run(): void } {
  const { topic } = options
  const crash = new AbortController()
  const stopping = new AbortController()
  const committer = createCommitter(consumer, topic, { logger, clock, everyMs: timers.heartbeatMs })
  let generation = 0
  let joined = false
  let assigned: readonly number[] = []
  let positions: Promise<unknown> | undefined
  let lastSign = clock.monotonic()
  let running: Promise<void> = Promise.resolve()

  const fail = (error: unknown) => {
    if (!crash.signal.aborted) crash.abort(error)
  }
  const seek = (partition: number, offset: bigint) => consumer.seek({ topic, partition, offset: offset.toString() })
  const sign = () => {
    lastSign = clock.monotonic()
  }
  const leaveGeneration = () => {
    generation++
    joined = false
    committer.forget()
  }

  consumer.on(consumer.events.REBALANCING, leaveGeneration)
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    leaveGeneration()
    joined = true
    sign()
    const own = generation
    assigned = payload.memberAssignment[topic] ?? []
    const finding = options.onAssigned(assigned).then((found) => {
      // At once, not with the next batch: there may be none where the group's own offset is.
      if (generation === own) for (const [partition, offset] of found) seek(partition, offset)
      if (positions === finding) positions = undefined
    })
    positions = finding
    finding.catch(fail)
  })
  for (const event of [consumer.events.FETCH, consumer.events.HEARTBEAT, consumer.events.END_BATCH_PROCESS])
    consumer.on(event, sign)
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) fail(explain(payload.error))
  })

  const waitFor = async (work: Promise<unknown>, heartbeat: () => Promise<void>) => {
    const pulse = createPulse(clock, timers.heartbeatMs, heartbeat)
    try {
      await pulse.during(work)
      await pulse.check()
    } catch (error) {
      throw error instanceof MembershipLostError ? error.cause : error
    }
  }
  const eachBatch = async ({ batch, isRunning, isStale, resolveOffset, ...payload }: EachBatchPayload) => {
    const own = generation
    const heartbeat = async () => {
      try {
        await payload.heartbeat()
      } catch (error) {
        // The first batch to hear of it tells the others: each ends after its chunk, or the rejoin waits for the slowest.
        if (generation === own) generation++
        throw error
      }
    }
    if (positions) await waitFor(positions, heartbeat)
    const ours = () => generation === own && isRunning()
    if (!ours() || isStale()) return
    await options.onBatch({
      partition: batch.partition,
      messages: batch.messages.map((message) => rawOf(topic, batch.partition, message)),
      live: () => ours() && !isStale() && !stopping.signal.aborted,
      heartbeat,
      async processed(offset) {
        // A later generation has other books: there the position is read anew.
        if (!ours() || isStale()) return
        resolveOffset(offset.toString())
        committer.note(batch.partition, offset + 1n)
      },
    })
  }

  const stop = async () => {
    stopping.abort()
    joined = false
    // Stopping before the first join has ended, or waiting for a broker that is gone, would wait for ever.
    await withCap(
      running.then(() => committer.settled()).then(() => consumer.stop()),
      timers.stopCapMs,
    )
    await withCap(consumer.disconnect(), timers.disconnectCapMs)
  }
  return {
    joined: () => joined && !crash.signal.aborted,
    assigned: () => assigned,
    seek,
    crashed: crash.signal,
    stop,
    [Symbol.asyncDispose]: stop,
    run() {
      running = consumer
        .run({ autoCommit: false, eachBatchAutoResolve: false, partitionsConsumedConcurrently: AT_ONCE, eachBatch })
        .catch(fail)
      const watch = async () => {
        if (clock.monotonic() - lastSign > timers.watchdogMs)
          fail(new Error(`no fetch, heartbeat or finished batch for ${timers.watchdogMs} ms`))
      }
      void repeat(clock, timers.watchdogMs / 5, AbortSignal.any([stopping.signal, crash.signal]), watch, fail)
    },
  }
}

/** A batch in a codec we do not have is the one crash with a cause that can be told in a sentence. */
function explain(error: Error): Error {
  for (let current: unknown = error; current instanceof Error; current = current.cause)
    if (current.name === 'KafkaJSNotImplemented')
      return new Error(`codec_unsupported: the log holds a batch this consumer cannot read: ${current.message}`, {
        cause: error,
      })
  return error
}
