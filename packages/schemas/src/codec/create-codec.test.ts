import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Candidate } from '../index.ts'
import { RegistryUnavailableError, SchemaIdChangedError } from '../registry/errors.ts'
import { createMemoryRegistry, type MemoryRegistry } from '../registry/memory.ts'
import { createMemoryCache } from '../testing.ts'
import type { TopicName } from '../topics.ts'
import { arbitraryValue } from '../wire/arbitrary-value.ts'
import { SCHEMAS } from './compiled-schemas.ts'
import { createCodecOn } from './create-codec.ts'
import type { CodecEvent, CodecOptions } from './options.ts'
import { TestClock } from './test-clock.ts'

const TOPICS = ['candidates', 'profiles'] as const satisfies readonly TopicName[]
const [candidate] = fc.sample(arbitraryValue(SCHEMAS.candidates), { numRuns: 1, seed: 3 }) as [Candidate]
const older = JSON.stringify({
  ...JSON.parse(SCHEMAS.candidates),
  fields: JSON.parse(SCHEMAS.candidates).fields.filter(({ name }: { name: string }) => name !== 'createdAt'),
})
const newer = JSON.stringify({
  ...JSON.parse(SCHEMAS.candidates),
  fields: [{ name: 'novelty', type: ['null', 'string'], default: null }, ...JSON.parse(SCHEMAS.candidates).fields],
})

let registry: MemoryRegistry
let clock: TestClock
let cache: CodecOptions['cache']
let events: CodecEvent[]
const open = (more: Partial<CodecOptions> = {}) =>
  createCodecOn(registry, { cache, topics: TOPICS, clock, onEvent: (event) => events.push(event), ...more })
const framed = (id: number, body: Buffer) => {
  const head = Buffer.alloc(5)
  head.writeInt32BE(id, 1)
  return Buffer.concat([head, body])
}

beforeEach(async () => {
  registry = createMemoryRegistry()
  for (const topic of TOPICS) await registry.register(`${topic}-value`, SCHEMAS[topic])
  clock = new TestClock()
  cache = createMemoryCache()
  events = []
})

describe('a codec', () => {
  it('writes the frame and reads it back, asking nobody after its start', async () => {
    const codec = await open()
    const asked = registry.requests
    const bytes = codec.encode('candidates', candidate)
    expect([...bytes.subarray(0, 5)]).toEqual([0, 0, 0, 0, 1])
    expect(await codec.decode('candidates', bytes)).toEqual({ ok: true, value: candidate })
    registry.available = false
    expect((await codec.decode('candidates', codec.encode('candidates', candidate))).ok).toBe(true)
    expect(registry.requests).toBe(asked)
  })

  it('refuses a topic it was not made for, as a defect', async () => {
    const codec = await open()
    await expect(async () => codec.decode('works', Buffer.alloc(9))).rejects.toThrow('not made for topic "works"')
  })

  it.each([
    ['older', older, { ...candidate, createdAt: null }],
    ['newer', newer, candidate],
  ])('reads what an %s compatible writer wrote', async (_age, schema, expected) => {
    const id = await registry.register('candidates-value', schema)
    const writer = await createCodecOn(registry, { cache: createMemoryCache(), topics: TOPICS, clock })
    const codec = await open()
    const { createBodyWriter } = await import('../wire/body-writer.ts')
    const body = createBodyWriter(schema, 'candidates')({ ...candidate, novelty: 'yes' }, 0)
    expect(await codec.decode('candidates', framed(id, body))).toEqual({ ok: true, value: expected })
    expect((await writer.decode('candidates', framed(id, body))).ok).toBe(true)
  })

  it('asks once for many messages of one new id, and never again', async () => {
    const codec = await open()
    const id = await registry.register('candidates-value', older)
    const message = framed(id, codec.encode('candidates', candidate).subarray(5))
    const before = registry.requests
    await Promise.all([1, 2, 3].map(() => codec.decode('candidates', message)))
    await codec.decode('candidates', message)
    expect(registry.requests - before).toBe(2)
    const restarted = await open()
    registry.available = false
    expect(await restarted.decode('candidates', message)).toBeDefined()
  })
})

describe('a foreign id', () => {
  it('of another subject is schema_not_for_topic', async () => {
    const codec = await open()
    const works = await registry.register('works-value', SCHEMAS.works)
    for (const id of [2, works]) {
      expect(await codec.decode('candidates', framed(id, Buffer.of(0)))).toMatchObject({
        ok: false,
        code: 'schema_not_for_topic',
      })
    }
  })

  it('of a deleted subject is told by the name of its schema', async () => {
    const codec = await open()
    const own = await registry.register('candidates-value', newer)
    const other = await registry.register('works-value', SCHEMAS.works)
    registry.listSubjects = async () => []
    const { createBodyWriter } = await import('../wire/body-writer.ts')
    const body = createBodyWriter(newer, 'candidates')(candidate, 0)
    expect(await codec.decode('candidates', framed(own, body))).toEqual({ ok: true, value: candidate })
    expect(await codec.decode('candidates', framed(other, body))).toMatchObject({ code: 'schema_not_for_topic' })
  })

  it.each(['PROTOBUF', 'JSON'])('of a %s schema is schema_type_unsupported', async (schemaType) => {
    const codec = await open()
    registry.plant(90, { subject: 'candidates-value', schemaType, schema: 'syntax = "proto3"' })
    expect(await codec.decode('candidates', framed(90, Buffer.of(0)))).toMatchObject({
      ok: false,
      code: 'schema_type_unsupported',
    })
  })

  it('that answers no Avro is an unavailable registry', async () => {
    const codec = await open()
    registry.plant(91, { subject: 'candidates-value', schemaType: 'AVRO', schema: '<html>' })
    await expect(codec.decode('candidates', framed(91, Buffer.of(0)))).rejects.toThrow(RegistryUnavailableError)
  })

  it('while the registry is away throws, and is read when it is back', async () => {
    const codec = await open()
    const id = await registry.register('candidates-value', newer)
    const { createBodyWriter } = await import('../wire/body-writer.ts')
    const message = framed(id, createBodyWriter(newer, 'candidates')(candidate, 0))
    registry.available = false
    for (let tries = 0; tries < 40; tries++) {
      clock.nowMs += 10_000
      await expect(codec.decode('candidates', message)).rejects.toThrow(RegistryUnavailableError)
    }
    registry.available = true
    expect(await codec.decode('candidates', message)).toEqual({ ok: true, value: candidate })
  })
})

describe('an id that nobody knows', () => {
  const message = framed(2 ** 31 - 1, Buffer.of(0))

  /** As the consumer's loop does: throwing means again. */
  async function untilSettled(codec: Awaited<ReturnType<typeof open>>) {
    for (let tries = 0; tries < 100; tries++) {
      const before = clock.nowMs
      try {
        return await codec.decode('candidates', message)
      } catch (error) {
        if (!(error instanceof RegistryUnavailableError)) throw error
        expect(clock.nowMs - before).toBeLessThanOrEqual(3_000)
      }
    }
    throw new Error('no answer in 100 tries')
  }

  it('is schema_unknown after its budget, with no decode waiting longer than allowed', async () => {
    const codec = await open()
    expect(await untilSettled(codec)).toEqual({ ok: false, code: 'schema_unknown', detail: 'schema id 2147483647' })
    expect(clock.nowMs).toBe(60_000)
    expect(events).toContainEqual({ event: 'schema-unknown', id: 2 ** 31 - 1, waitedMs: 60_000 })
  })

  it('is then asked for no more than once in 30 s', async () => {
    const codec = await open({ unknownIdBudgetMs: 1_000 })
    await untilSettled(codec)
    const before = registry.requests
    for (let count = 0; count < 100; count++)
      expect(await untilSettled(codec)).toMatchObject({ code: 'schema_unknown' })
    expect(registry.requests - before).toBe(0)
    clock.nowMs += 30_000
    for (let count = 0; count < 100; count++)
      expect(await untilSettled(codec)).toMatchObject({ code: 'schema_unknown' })
    expect(registry.requests - before).toBe(1)
  })

  it('is read when the registry learns it within the budget', async () => {
    const codec = await open()
    clock.onSleep = (now) => {
      if (now > 20_000)
        registry.plant(2 ** 31 - 1, { subject: 'works-value', schemaType: 'AVRO', schema: SCHEMAS.works })
    }
    expect(await untilSettled(codec)).toMatchObject({ code: 'schema_not_for_topic' })
    expect(clock.nowMs).toBeLessThan(25_000)
  })

  it.each([0, -1])('and is %i is refused at once: no registry gives it', async (id) => {
    const codec = await open()
    expect(await codec.decode('candidates', framed(id, Buffer.of(0)))).toMatchObject({ code: 'schema_unknown' })
    expect(clock.nowMs).toBe(0)
  })
})

describe('a start', () => {
  it('with kept ids needs no registry', async () => {
    await open()
    registry.available = false
    const codec = await open()
    expect((await codec.decode('candidates', codec.encode('candidates', candidate))).ok).toBe(true)
    expect(events.at(-1)).toMatchObject({ event: 'schema-ids-from-cache' })
    expect(clock.nowMs).toBe(0)
  })

  it('without kept ids waits with one line, until the registry is back', async () => {
    registry.available = false
    clock.onSleep = (now) => {
      registry.available = now > 50_000
    }
    await open()
    expect(events.filter(({ event }) => event === 'schema-registry-waiting')).toHaveLength(1)
  })

  it('waits for schemas that are not registered yet, and registers none', async () => {
    registry = createMemoryRegistry()
    clock.onSleep = (now) => {
      if (now > 5_000 && now < 10_000)
        for (const topic of TOPICS) void registry.register(`${topic}-value`, SCHEMAS[topic])
    }
    await open()
    expect(events[0]).toMatchObject({ reason: 'not registered: candidates, profiles (run "atlas schemas push")' })
  })

  it('gives up at its limit, and when it is told to', async () => {
    registry.available = false
    await expect(open({ startLimitMs: 30_000 })).rejects.toThrow(RegistryUnavailableError)
    const stop = new AbortController()
    clock.onSleep = () => stop.abort(new Error('told to stop'))
    await expect(open({ signal: stop.signal })).rejects.toThrow('told to stop')
  })

  it('halts when a kept id is another schema by now', async () => {
    await open()
    registry.plant(1, { subject: 'candidates-value', schemaType: 'AVRO', schema: SCHEMAS.works })
    await expect(open()).rejects.toThrow(SchemaIdChangedError)
    await expect(open()).rejects.toMatchObject({ code: 'schema_id_changed' })
  })

  it('halts when the registry gives our schema an id that was another one', async () => {
    await cache.save({ id: 1, subject: 'works-value', schema: SCHEMAS.works })
    await expect(open()).rejects.toThrow(SchemaIdChangedError)
  })

  it('accepts a kept id that the registry forgot', async () => {
    await cache.save({ id: 77, subject: 'candidates-value', schema: older })
    await open()
  })
})
