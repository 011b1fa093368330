import { MessageTooLargeError } from '../bus/errors.ts'
import type { Bus } from '../bus/port.ts'
import type { Clock } from '../clock.ts'
import { alarm } from '../consumer/alarms.ts'
import type { SnapshotSource } from '../consumer/contract.ts'
import { describeError } from '../consumer/error-policy.ts'
import type { Failpoints } from '../failpoints.ts'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { Database } from '../postgres/database.ts'
import { type Envelope, messageOf } from './envelope.ts'
import type { RelayTimers } from './relay-timers.ts'
import { type Send, sendsOf } from './sends.ts'
import type { OutboxTopics } from './topics.ts'

/** What the parts of a running relay share. */
export interface RelayContext {
  readonly env: string
  readonly database: Database
  readonly bus: Bus
  readonly topicPrefix: string
  readonly topics: OutboxTopics
  readonly sources: Readonly<Record<string, SnapshotSource>>
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  readonly failpoints: Failpoints
  readonly timers: RelayTimers
  /** `topic#key` of what waits because the broker refuses a message of that key for its size. */
  readonly parkedKeys: Set<string>
  /** Told of each failure and each success, for health. */
  readonly note: (error: unknown) => void
}

/** The relay was told to stop, or has lost its right, before everything was acknowledged: nothing is marked as sent. */
export class InterruptedError extends Error {
  override readonly name = 'InterruptedError'
}

/** A message the broker does not take for its size, or that must wait because one before it under its key is such. */
export interface Refused {
  readonly envelope: Envelope
  readonly reason: 'message_too_large' | 'same_key'
}

/**
 * Sends until every message is acknowledged, and returns those that cannot be. Partitions go beside each other; within
 * one a send follows the acknowledgement of the one before.
 */
export async function sendAll(
  context: RelayContext,
  envelopes: readonly Envelope[],
  interrupted: AbortSignal,
): Promise<readonly Refused[]> {
  if (envelopes.length === 0) return []
  context.failpoints.hit('relay.before_send')
  const refused = await Promise.all(sendsOf(envelopes).map((lane) => sendLane(context, lane, interrupted)))
  context.failpoints.hit('relay.after_ack')
  return refused.flat()
}

async function sendLane(
  context: RelayContext,
  lane: readonly Send[],
  interrupted: AbortSignal,
): Promise<readonly Refused[]> {
  const refused: Refused[] = []
  const stuck = new Set<string>()
  for (const send of lane) refused.push(...(await sendOne(context, send, interrupted, stuck)))
  return refused
}

async function sendOne(
  context: RelayContext,
  send: Send,
  interrupted: AbortSignal,
  stuck: Set<string>,
): Promise<readonly Refused[]> {
  const behind = send.filter(({ key }) => stuck.has(key)).map((envelope): Refused => ({ envelope, reason: 'same_key' }))
  const [first, ...others] = send.filter(({ key }) => !stuck.has(key))
  if (!first || (await untilAnswered(context, [first, ...others], interrupted))) return behind
  if (others.length === 0) {
    stuck.add(first.key)
    alarm(context, 'message_too_large', {
      topic: first.topic,
      partition: first.partition,
      eventId: first.eventId,
      sizeBytes: first.value.length,
    })
    return [...behind, { envelope: first, reason: 'message_too_large' }]
  }
  // One of them is to blame: one by one.
  const refused = [...behind]
  for (const envelope of [first, ...others]) refused.push(...(await sendOne(context, [envelope], interrupted, stuck)))
  return refused
}

/** True when the broker has it, false when it refuses it for its size; any doubt sends it again. */
async function untilAnswered(context: RelayContext, send: Send, interrupted: AbortSignal): Promise<boolean> {
  const { bus, clock, env, metrics, timers, topicPrefix } = context
  const [{ topic, partition }] = send
  let pauseMs = timers.backOffStartMs
  for (;;) {
    if (interrupted.aborted) throw new InterruptedError('the relay was interrupted')
    const began = clock.monotonic()
    try {
      await bus.publish(
        topicPrefix + topic,
        partition,
        send.map((envelope) => messageOf(envelope, env, clock.now())),
      )
      metrics.sendSeconds.observe({ topic }, (clock.monotonic() - began) / 1000)
      metrics.relayed.inc({ topic }, send.length)
      context.note(undefined)
      return true
    } catch (error) {
      if (error instanceof MessageTooLargeError) return false
      context.note(error)
      metrics.relayErrors.inc({ topic })
      context.logger.warn({
        event: 'send-failed',
        topic,
        partition,
        messages: send.length,
        error: describeError(error),
      })
    }
    await clock.sleep(pauseMs, interrupted).catch(() => undefined)
    pauseMs = Math.min(pauseMs * 2, timers.backOffMaxMs)
  }
}
