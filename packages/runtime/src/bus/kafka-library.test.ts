import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import { mendHeartbeat, prepareLibrary } from './kafka-library.ts'
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

describe('F11 a broker that gives no answer', () => {
  const Group: {
    prototype: { recoverFromFetch(error: Error): Promise<void> }
  } = require('kafkajs/src/consumer/consumerGroup')
  const silence = Object.assign(new Error('timed out'), { name: 'KafkaJSRequestTimeoutError', broker: 'b1:9092' })

  function aGroup(nodes: readonly string[]) {
    prepareLibrary()
    const calls: string[] = []
    const broker = (id: string) => ({ id, disconnect: async () => calls.push(`disconnect ${id}`) })
    const brokers: Record<string, ReturnType<typeof broker>> = Object.fromEntries(nodes.map((id) => [id, broker(id)]))
    const offsetManager = { coordinator: brokers['1'] }
    const group = Object.assign(Object.create(Group.prototype), {
      groupId: 'g',
      coordinator: brokers['1'],
      offsetManager,
      cluster: {
        brokerPool: { brokers },
        removeBroker: ({ host, port }: { host: string; port: number }) => {
          calls.push(`remove ${host} ${port}`)
          delete brokers['1']
        },
        findGroupCoordinator: async ({ groupId }: { groupId: string }) => {
          calls.push(`who has ${groupId}`)
          return brokers['2']
        },
      },
    })
    return { group, calls, brokers, offsetManager }
  }

  it('is left after one fetch: the next one asks another broker who leads', async () => {
    const { group, calls } = aGroup(['1', '2'])
    await Group.prototype.recoverFromFetch.call(group, silence)
    expect(calls).toEqual(['remove b1 9092', 'disconnect 1'])
  })

  it('is kept when there is no other', async () => {
    const { group, calls } = aGroup(['1'])
    await expect(Group.prototype.recoverFromFetch.call(group, silence)).rejects.toBe(silence)
    expect(calls).toEqual([])
  })

  it('is left after one heartbeat: whoever has the group now gets the next, and the offsets', async () => {
    const { group, calls, brokers, offsetManager } = aGroup(['1', '2'])
    group.heartbeat = () => Promise.reject(silence)
    mendHeartbeat(group)
    await group.heartbeat({ interval: 1 })
    expect(calls).toEqual(['remove b1 9092', 'disconnect 1', 'who has g'])
    expect([group.coordinator, offsetManager.coordinator]).toEqual([brokers['2'], brokers['2']])
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
