import { createRequire } from 'node:module'
import { describe, expect, it, vi } from 'vitest'
import { mendHeartbeat } from './kafka-group.ts'
import { prepareLibrary } from './kafka-library.ts'
import { CLIENT_VERSIONS, incompatibilities } from './kafka-versions.ts'

const require = createRequire(import.meta.url)
type Queue = {
  throttledUntil: number
  pending: object[]
  scheduleCheckPendingRequests(): void
  checkPendingRequests(): void
  inflight: Map<number, object>
  scheduleRequestTimeoutCheck(): void
  destroy(): void
}
const RequestQueue: new (options: object) => Queue = require('kafkajs/src/network/requestQueue')
const aQueue = () =>
  new RequestQueue({
    maxInFlightRequests: 1,
    requestTimeout: 1_000,
    enforceRequestTimeout: true,
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

describe('F11 a broker that is lost', () => {
  const Group: {
    prototype: { recoverFromFetch(error: Error): Promise<void> }
  } = require('kafkajs/src/consumer/consumerGroup')
  const { KafkaJSConnectionError, KafkaJSConnectionClosedError } = require('kafkajs')
  const unreachable = new KafkaJSConnectionError('no answer', { broker: 'b1:9092' })
  const closed = new KafkaJSConnectionClosedError('no answer', { host: 'b1', port: 9092 })

  function aGroup() {
    prepareLibrary()
    const calls: string[] = []
    const offsetManager = { coordinator: 'b1' }
    const group = Object.assign(Object.create(Group.prototype), {
      groupId: 'g',
      maxWaitTime: 1,
      coordinator: 'b1',
      offsetManager,
      cluster: {
        removeBroker: ({ host, port }: { host: string; port: number }) => calls.push(`remove ${host} ${port}`),
        findGroupCoordinator: async ({ groupId }: { groupId: string }) => {
          calls.push(`who has ${groupId}`)
          return 'b2'
        },
      },
    })
    return { group, calls, offsetManager }
  }

  it('ends no member that reads from it: the next fetch asks who leads, or comes again', async () => {
    const { group, calls } = aGroup()
    await group.recoverFromFetch(closed)
    await group.recoverFromFetch(unreachable)
    expect(calls).toEqual(['remove b1 9092'])
  })

  it.each([closed, unreachable])(
    'gets no second heartbeat: whoever has the group now does, and the offsets',
    async (lost) => {
      const { group, calls, offsetManager } = aGroup()
      group.heartbeat = () => Promise.reject(lost)
      mendHeartbeat(group)
      await Promise.all([group.heartbeat({ interval: 1 }), group.heartbeat({ interval: 1 })])
      expect(calls).toEqual(['who has g'])
      expect([group.coordinator, offsetManager.coordinator]).toEqual(['b2', 'b2'])
    },
  )

  it('is not what another answer means', async () => {
    const { group, calls } = aGroup()
    group.heartbeat = () => Promise.reject(new Error('REBALANCE_IN_PROGRESS'))
    mendHeartbeat(group)
    await expect(group.heartbeat({ interval: 1 })).rejects.toThrow('REBALANCE_IN_PROGRESS')
    expect(calls).toEqual([])
  })

  it('is sent no heartbeat before its time, and nobody asks the library about it', async () => {
    const { group } = aGroup()
    const asked = vi.fn(async () => undefined)
    group.heartbeat = asked
    mendHeartbeat(group)
    group.lastRequest = Date.now()
    await group.heartbeat({ interval: 60_000 })
    expect(asked).not.toHaveBeenCalled()
    group.lastRequest = Date.now() - 60_000
    await group.heartbeat({ interval: 60_000 })
    expect(asked).toHaveBeenCalledTimes(1)
  })
})

describe('K16 a request that is too old', () => {
  it('is given up, unless we were held up ourselves and have not read what came', () => {
    prepareLibrary()
    vi.useFakeTimers()
    try {
      const queue = aQueue()
      const given: string[] = []
      const sent = Date.now()
      queue.inflight.set(1, { sentAt: sent, requestTimeout: 1_000, timeoutRequest: () => given.push('up') })
      queue.scheduleRequestTimeoutCheck()
      // The clock goes on while the timers stand still.
      vi.setSystemTime(sent + 5_000)
      vi.advanceTimersToNextTimer()
      expect(given).toEqual([])
      vi.advanceTimersToNextTimer()
      expect(given).toEqual(['up'])
      queue.destroy()
    } finally {
      vi.useRealTimers()
    }
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
