import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Envelope } from './envelope.ts'
import { sendsOf, sizeOf } from './sends.ts'

const anEnvelope = (topic: string, partition: number, no: number, bytes = 10): Envelope => ({
  topic,
  partition,
  key: `k${no}`,
  eventId: String(no),
  revision: no,
  type: 'note',
  value: Buffer.alloc(bytes),
  traceparent: undefined,
  causedBy: undefined,
})

describe('sends', () => {
  it('keep order within a partition, lose nothing, and stay within bounds', () => {
    const envelopes = fc.array(
      fc.record({ topic: fc.constantFrom('a', 'b'), partition: fc.nat(2), bytes: fc.nat(900) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(envelopes, (given) => {
        const all = given.map(({ topic, partition, bytes }, no) => anEnvelope(topic, partition, no, bytes))
        const limits = { messages: 5, bytes: 2_000 }
        const lanes = sendsOf(all, limits)
        expect(lanes.flat(2).length).toBe(all.length)
        for (const lane of lanes) {
          const numbers = lane.flat().map(({ revision }) => revision)
          expect(numbers).toEqual(numbers.toSorted((left, right) => left - right))
          expect(new Set(lane.flat().map(({ topic, partition }) => `${topic}${partition}`)).size).toBe(1)
          for (const send of lane) {
            expect(send.length).toBeLessThanOrEqual(limits.messages)
            const size = send.reduce((sum, envelope) => sum + sizeOf(envelope), 0)
            expect(size <= limits.bytes || send.length === 1).toBe(true)
          }
        }
      }),
    )
  })

  it('K23 at most 1,000 messages, at most 512 KiB, a larger one alone', () => {
    const lane = sendsOf([
      ...Array.from({ length: 1_500 }, (_, no) => anEnvelope('a', 0, no)),
      anEnvelope('a', 0, 1_500, 600_000),
      anEnvelope('a', 0, 1_501),
    ])
    expect(lane[0]?.map((send) => send.length)).toEqual([1_000, 500, 1, 1])
  })
})
