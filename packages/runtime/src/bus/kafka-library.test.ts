import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import { prepareLibrary } from './kafka-library.ts'
import { CLIENT_VERSIONS, incompatibilities } from './kafka-versions.ts'

const require = createRequire(import.meta.url)
type Queue = {
  throttledUntil: number
  pending: object[]
  scheduleCheckPendingRequests(): void
  checkPendingRequests(): void
  destroy(): void
}
const RequestQueue: new (options: object) => Queue = require('kafkajs/src/network/requestQueue')
const aQueue = () =>
  new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    clientId: 'c',
    broker: 'b',
    logger: { debug: () => undefined },
  })

describe('K8 an idle connection', () => {
  it('asks itself nothing; a throttled one waits for as long as it was told', () => {
    prepareLibrary()
    vi.useFakeTimers()
    try {
      const queue = aQueue()
      const checks = vi.spyOn(queue, 'checkPendingRequests')
      queue.scheduleCheckPendingRequests()
      vi.advanceTimersByTime(3_000)
      expect(checks).not.toHaveBeenCalled()

      queue.pending = [{}]
      queue.throttledUntil = Date.now() + 500
      checks.mockImplementation(() => undefined)
      queue.scheduleCheckPendingRequests()
      vi.advanceTimersByTime(499)
      expect(checks).not.toHaveBeenCalled()
      vi.advanceTimersByTime(1)
      expect(checks).toHaveBeenCalledTimes(1)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('F17 a topic that was gone for a moment', () => {
  const Group: {
    prototype: { recoverFromFetch(error: Error): Promise<void> }
  } = require('kafkajs/src/consumer/consumerGroup')
  const ofType = (type: string) => Object.assign(new Error(type), { type })

  it('ends the member for good; what the library can recover from, it still does', async () => {
    prepareLibrary()
    const calls: string[] = []
    const group = {
      logger: { debug: () => undefined },
      cluster: { refreshMetadata: async () => calls.push('metadata') },
      joinAndSync: async () => calls.push('join'),
    }
    const recover = (error: Error) => Group.prototype.recoverFromFetch.call(group as never, error)
    await recover(ofType('NOT_LEADER_FOR_PARTITION'))
    expect(calls).toEqual(['metadata', 'join'])
    expect(() => recover(ofType('UNKNOWN_TOPIC_OR_PARTITION'))).toThrow(
      expect.objectContaining({ name: 'KafkaJSNonRetriableError', retriable: false }),
    )
    expect(calls).toHaveLength(2)
  })
})

describe('which brokers this client can speak to', () => {
  const speaking = (min: number, max: number) =>
    Object.fromEntries(CLIENT_VERSIONS.map(({ key }) => [key, { minVersion: min, maxVersion: max }]))

  it('the table is what the library implements', () => {
    const files: Record<string, string> = { FindCoordinator: 'findCoordinator', ListOffsets: 'listOffsets' }
    for (const { api, min, max } of CLIENT_VERSIONS) {
      const folder = files[api] ?? api.charAt(0).toLowerCase() + api.slice(1)
      const { versions }: { versions: string[] } = require(`kafkajs/src/protocol/requests/${folder}`)
      expect([api, Math.min(...versions.map(Number)), Math.max(...versions.map(Number))]).toEqual([api, min, max])
    }
  })

  it('a broker of today is fine', () => {
    expect(incompatibilities(speaking(0, 20))).toEqual([])
  })

  it('one that has dropped our versions is refused with a sentence', () => {
    const broker = { ...speaking(0, 20), 1: { minVersion: 16, maxVersion: 20 } }
    expect(incompatibilities(broker)).toEqual(['broker speaks Fetch 16–20, this client speaks 0–11'])
  })
})
