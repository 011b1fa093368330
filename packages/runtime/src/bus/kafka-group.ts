import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import { type Broker, type Cluster, isConnectionLost } from './kafka-silence.ts'

// Not by name: Node does not see the errors among the exports of a CommonJS module.
const { KafkaJSNonRetriableError } = kafkajs

/** What is known here of the library's member of a group. */
export interface ConsumerGroup {
  readonly cluster: Pick<Cluster, 'findGroupCoordinator'>
  readonly groupId: string
  readonly maxWaitTime: number
  coordinator: Broker
  /** When the last heartbeat was answered. */
  readonly lastRequest: number
  readonly offsetManager: { coordinator: Broker } | null
  heartbeat(options: { readonly interval: number }): Promise<void>
  recoverFromFetch(error: Error & { readonly type?: string }): Promise<void>
}

/**
 * A topic that was gone for a moment may have come back as another log, which the library reads on in from our old
 * offset, or from the start, without a word. So the member ends; the next one looks at the log when it joins.
 *
 * A leader that cannot be reached is waited for, beside the others: the library would end the member after three more
 * tries. It has asked already who leads now. That all are away is found by the heartbeats, which end the member.
 */
export function mendFetchRecovery(group: ConsumerGroup): void {
  const recover = group.recoverFromFetch
  group.recoverFromFetch = function (this: ConsumerGroup, error) {
    if (error.type === 'UNKNOWN_TOPIC_OR_PARTITION')
      throw new KafkaJSNonRetriableError(`a topic or partition we read has gone: ${error.message}`)
    return error.name === 'KafkaJSConnectionError' ? sleep(this.maxWaitTime) : recover.call(this, error)
  }
}

/** A coordinator that is lost: whoever has the group now is asked next, where the library would ask the same one again. */
export function mendHeartbeat(group: ConsumerGroup): void {
  const heartbeat = group.heartbeat
  const finding = new WeakMap<ConsumerGroup, Promise<void>>()
  const findCoordinator = async (own: ConsumerGroup) => {
    own.coordinator = await own.cluster.findGroupCoordinator({ groupId: own.groupId })
    if (own.offsetManager) own.offsetManager.coordinator = own.coordinator
  }
  group.heartbeat = async function (this: ConsumerGroup, options) {
    // It sends none before its time, and asks itself so with each batch.
    if (Date.now() < this.lastRequest + options.interval) return
    try {
      await heartbeat.call(this, options)
    } catch (error) {
      if (!isConnectionLost(error)) throw error
      // All that were told by the same heartbeat ask once.
      const found = finding.get(this) ?? findCoordinator(this).finally(() => finding.delete(this))
      finding.set(this, found)
      await found
    }
  }
}
