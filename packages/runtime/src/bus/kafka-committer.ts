import type { Consumer } from 'kafkajs'
import type { Clock } from '../clock.ts'
import type { Logger } from '../log.ts'

/** Tells the group how far we are, now and then. A hint: what fails is logged, what is overtaken is not sent. */
export interface Committer {
  note(partition: number, offset: bigint): void
  /** Partitions may be somebody else's now. */
  forget(): void
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

export function createCommitter(
  consumer: Pick<Consumer, 'commitOffsets'>,
  topic: string,
  { logger, clock, everyMs }: { readonly logger: Logger; readonly clock: Clock; readonly everyMs: number },
): Committer {
  const waiting = new Map<number, bigint>()
  let sending: Promise<void> | undefined
  let hurry = new AbortController()

  const send = async () => {
    while (waiting.size > 0) {
      const offsets = [...waiting].map(([partition, offset]) => ({ topic, partition, offset: offset.toString() }))
      waiting.clear()
      await consumer.commitOffsets(offsets).catch((error: unknown) => {
        logger.debug({ event: 'hint-not-committed', topic, error: String(error) })
      })
      // Nobody needs it sooner, and a request for every chunk is a good part of what a chunk costs.
      await clock.sleep(everyMs, hurry.signal).catch(() => undefined)
    }
    sending = undefined
  }
  return {
    note(partition, offset) {
      waiting.set(partition, offset)
      sending ??= send()
    },
    forget: () => waiting.clear(),
    async settled() {
      hurry.abort()
      await sending
      hurry = new AbortController()
    },
  }
}
