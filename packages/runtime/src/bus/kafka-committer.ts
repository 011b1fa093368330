import type { Consumer } from 'kafkajs'
import type { Logger } from '../log.ts'

/** Tells the group how far we are. A hint: what fails is logged, what is overtaken is not sent. */
export interface Committer {
  note(partition: number, offset: bigint): void
  /** Partitions may be somebody else's now. */
  forget(): void
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

export function createCommitter(consumer: Pick<Consumer, 'commitOffsets'>, topic: string, logger: Logger): Committer {
  const waiting = new Map<number, bigint>()
  let sending: Promise<void> | undefined

  const send = async () => {
    while (waiting.size > 0) {
      const offsets = [...waiting].map(([partition, offset]) => ({ topic, partition, offset: offset.toString() }))
      waiting.clear()
      await consumer.commitOffsets(offsets).catch((error: unknown) => {
        logger.debug({ event: 'hint-not-committed', topic, error: String(error) })
      })
    }
    sending = undefined
  }
  return {
    note(partition, offset) {
      waiting.set(partition, offset)
      sending ??= send()
    },
    forget: () => waiting.clear(),
    settled: () => sending ?? Promise.resolve(),
  }
}
