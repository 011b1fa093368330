import type { Outbox } from '../outbox/outbox.ts'
import type { Tx } from '../postgres/database.ts'
import { storeQuarantine, type ToQuarantine } from '../quarantine/store-quarantine.ts'
import { BRAKE, brakeAt } from './brake.ts'
import { capped } from './capped.ts'
import type { ConsumerContext } from './context.ts'
import type { Outcome, RawMessage } from './contract.ts'
import { identityOf } from './frame-rules.ts'
import type { Prepared } from './prepare.ts'
import { advanceProgresses, lockProgresses, type Place, recentRejections } from './store-progress.ts'

/** Somebody else has moved the position (we were frozen), or halted the partition: look again. */
export class PositionMovedError extends Error {
  override readonly name = 'PositionMovedError'
}

/** Rejecting the message at `offset` would be one too many. */
export class BrakeError extends Error {
  override readonly name = 'BrakeError'
  readonly offset: bigint
  constructor(offset: bigint) {
    super(`too many rejected messages up to offset ${offset}`)
    this.offset = offset
  }
}

export interface Settled {
  readonly raw: RawMessage
  readonly outcome: Outcome
  readonly alarm: boolean
}

/**
 * One transaction: position, effects, outbox and quarantine together. Returns one outcome for each message, or has
 * changed nothing.
 */
export function runChunk<T>(
  context: ConsumerContext<T>,
  place: Place,
  chunk: readonly Prepared<T>[],
): Promise<readonly Settled[]> {
  const { database, definition, failpoints, timers, clock } = context
  const first = chunk[0]?.raw
  const last = chunk.at(-1)?.raw
  if (!first || !last) return Promise.resolve([])
  return database.transaction(
    async (tx) => {
      const stored = (await lockProgresses(tx, [place])).get(place.partition)
      if (!stored) throw new Error(`no progress row for "${place.topic}" partition ${place.partition}`)
      if (stored.nextOffset !== first.offset || stored.halted)
        throw new PositionMovedError(`offset ${first.offset} is not next any more`)
      const messages = chunk.flatMap((prepared) => ('message' in prepared ? [prepared.message] : []))
      const outcomes =
        messages.length === 0
          ? []
          : await capped(clock, timers.handlerCapMs, tx, (handlerTx) => definition.handle(handlerTx, messages))
      failpoints.hit('consume.mid_tx')
      const settled = settle(chunk, outcomes)
      await keep(context, tx, place, settled)
      await advanceProgresses(tx, [{ place, nextOffset: last.offset + 1n, lastEventId: identityOf(last) }])
      return settled
    },
    { statementTimeoutMs: timers.statementMs },
  )
}

/** Pairs the handler's outcomes with the messages it was given; a handler that answers for more or fewer is defective. */
export function settle<T>(chunk: readonly Prepared<T>[], outcomes: readonly Outcome[]): readonly Settled[] {
  const given = chunk.filter((prepared) => 'message' in prepared).length
  if (!Array.isArray(outcomes) || outcomes.length !== given)
    throw new Error(`the handler gave ${outcomes?.length} outcomes for ${given} messages`)
  let at = 0
  return chunk.map((prepared) => {
    if ('outcome' in prepared) return prepared
    const outcome = outcomes[at++]
    if (!outcome) throw new Error('the handler left an outcome out')
    return { raw: prepared.raw, outcome, alarm: false }
  })
}

async function keep<T>(
  { outbox, definition }: ConsumerContext<T>,
  tx: Tx,
  place: Place,
  settled: readonly Settled[],
): Promise<void> {
  await keepOutbox(outbox, tx, settled)
  const rejected = settled.flatMap(({ raw, outcome }): ToQuarantine[] =>
    outcome.type === 'rejected' ? [{ raw, code: outcome.code, detail: outcome.detail }] : [],
  )
  if (rejected.length === 0) return
  const oldest = (rejected[0]?.raw.offset ?? 0n) - BigInt(BRAKE.window)
  const tripped = brakeAt(
    await recentRejections(tx, place, oldest),
    rejected.map(({ raw }) => raw.offset),
  )
  if (tripped !== undefined) throw new BrakeError(tripped)
  await storeQuarantine(tx, place.group, definition.topic, rejected)
}

/** Leaves what the messages cause in the outbox, each entry with the trace of its cause. */
export async function keepOutbox(outbox: Outbox, tx: Tx, settled: readonly Settled[]): Promise<void> {
  const entries = settled.flatMap(({ raw, outcome }) =>
    outcome.type === 'done' ? outcome.outbox.map((entry) => ({ entry, context: contextOf(raw) })) : [],
  )
  await outbox.appendEach(tx, entries)
}

/** The trace goes on in everything a message causes. */
export function contextOf(raw: RawMessage): { readonly traceparent?: string; readonly causedBy?: string } {
  const traceparent = raw.headers.get('traceparent')
  const causedBy = raw.headers.get('trace')
  return { ...(traceparent ? { traceparent } : {}), ...(causedBy ? { causedBy } : {}) }
}
