import { capped } from './capped.ts'
import type { ConsumerContext } from './context.ts'
import { identityOf } from './frame-rules.ts'
import type { Prepared } from './prepare.ts'
import { keepOutbox, type Settled, settle } from './run-chunk.ts'
import { type Move, moveProgresses, type Place } from './store-progress.ts'

/** The chunk of one partition, oldest first. */
export interface PlacedChunk<T> {
  readonly place: Place
  readonly chunk: readonly Prepared<T>[]
}

class ApartError extends Error {
  override readonly name = 'ApartError'
}

/**
 * One transaction for chunks of several partitions of one topic. Returns an outcome for each message, or undefined, and
 * has then changed nothing: a position has moved, or a message is refused.
 */
export async function runChunks<T>(
  context: ConsumerContext<T>,
  chunks: readonly PlacedChunk<T>[],
): Promise<readonly Settled[] | undefined> {
  const { database, definition, failpoints, timers, clock } = context
  const all = chunks.flatMap(({ chunk }) => chunk)
  const messages = all.flatMap((prepared) => ('message' in prepared ? [prepared.message] : []))
  if (messages.length < all.length) return undefined
  try {
    return await database.transaction(
      async (tx) => {
        const moves = chunks.flatMap(({ place, chunk }) => moveOf(place, chunk) ?? [])
        if ((await moveProgresses(tx, moves)) !== chunks.length) throw new ApartError('a partition is elsewhere')
        const outcomes = await capped(clock, timers.handlerCapMs, tx, (handlerTx) =>
          definition.handle(handlerTx, messages),
        )
        failpoints.hit('consume.mid_tx')
        const settled = settle(all, outcomes)
        if (settled.some(({ outcome }) => outcome.type === 'rejected')) throw new ApartError('a message is refused')
        await keepOutbox(context.outbox, tx, settled)
        return settled
      },
      { statementTimeoutMs: timers.statementMs },
    )
  } catch (error) {
    if (error instanceof ApartError) return undefined
    throw error
  }
}

function moveOf<T>(place: Place, chunk: readonly Prepared<T>[]): Move | undefined {
  const [first, last] = [chunk[0]?.raw, chunk.at(-1)?.raw]
  return first && last && { place, first: first.offset, nextOffset: last.offset + 1n, lastEventId: identityOf(last) }
}
