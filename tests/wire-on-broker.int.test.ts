import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stack, startStack } from '@atlas/devstack'
import {
  assertFits,
  type Bus,
  type Consumer,
  connectKafka,
  createMetrics,
  createOutbox,
  type Database,
  databaseSchemaCache,
  done,
  noFailpoints,
  partitionOf,
  replayQuarantine,
  startConsumer,
  startRelay,
  systemClock,
  TEST_CONSUMER_TIMERS,
  TEST_KAFKA_TIMERS,
  TEST_RELAY_TIMERS,
} from '@atlas/runtime'
import {
  type Codec,
  createCodec,
  pushSchemas,
  type RecordSnapshot,
  recordAffiliationDefaults,
  recordAuthorDefaults,
  recordDefaults,
  TOPICS,
} from '@atlas/schemas'
import { aDatabase, quiet } from '@atlas/testing/vitest'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest'

const RECORDS = TOPICS.records
const waiting = { timeout: 30_000, interval: 20 }

let folder = ''
/** A registry of its own: these tests register schemas, and take it away. */
let own: Stack
let bus: Bus
let database: Database
let codec: Codec
let prefix = ''
let count = 0
let seen: RecordSnapshot[] = []
const running: AsyncDisposable[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atlas-wire-'))
  own = await startStack({ dataDir: join(folder, 'stack'), persistent: false, parts: ['postgres', 'registry'] })
  await pushSchemas({ registryUrl: own.registryUrl })
  bus = await connectKafka(
    {
      brokers: inject('stack').brokers,
      clientId: 'wire',
      timers: TEST_KAFKA_TIMERS,
    },
    quiet,
    systemClock,
  )
  database = await aDatabase('matcher')
})
afterAll(async () => {
  await bus?.close()
  await own?.stop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  prefix = `wire-${process.pid}-${count++}-`
  seen = []
  await bus.admin.createTopics([
    {
      topic: `${prefix}records`,
      partitions: RECORDS.partitions,
      replication: 1,
      config: { 'max.message.bytes': String(RECORDS.maxMessageBytes) },
    },
  ])
  codec = await createCodec({
    registryUrl: own.registryUrl,
    cache: databaseSchemaCache(database),
    topics: ['records'],
    clock: systemClock,
    // A seventh of what they are in production, like every other timer of tests.
    unknownIdBudgetMs: 6_000,
    negativeCacheMs: 200,
    waitPerDecodeMs: 300,
  })
})
afterEach(async () => {
  for (const part of running.splice(0)) await part[Symbol.asyncDispose]()
})

function aRecord(sourceId: string, authors = 1): RecordSnapshot {
  const uuid = (no: number) => `00000000-0000-4000-8000-${String(no).padStart(12, '0')}`
  return {
    ...recordDefaults,
    eventId: uuid(Number.parseInt(sourceId.replace(/\D/g, ''), 10)),
    version: 1,
    recordId: uuid(900),
    source: 'crossref',
    sourceId,
    normaliser: 'test/1',
    rawVersion: 1,
    checksum: '0'.repeat(64),
    fetchedAt: 1_700_000_000_000,
    fingerprints: { identity: 'a', bibliographic: 'b', volatile: 'v', cosmetic: 'c' },
    title: 'On instruments with many hands',
    type: 'article',
    authors: Array.from({ length: authors }, (_, at) => ({
      ...recordAuthorDefaults,
      mentionKey: uuid(at),
      position: at + 1,
      name: `Ánna-${at} Müller-Łukasiewicz ${at}`,
      given: `Ánna-${at}`,
      family: `Müller-Łukasiewicz ${at}`,
      sourceIds: [{ scheme: 'openalex_author', value: `A${at}` }],
      affiliations: [0, 1].map((no) => ({
        ...recordAffiliationDefaults,
        name: `Institute ${no} of instrument ${at}, ${'Département de physique, '.repeat(4)}`,
        country: 'FR',
      })),
    })),
  }
}

const keyOf = ({ source, sourceId }: RecordSnapshot) => `${source}:${sourceId}`
const publish = (record: RecordSnapshot, value: Buffer = codec.encode('records', record)) =>
  bus.publish(`${prefix}records`, partitionOf(keyOf(record), RECORDS.partitions), [
    {
      key: keyOf(record),
      value,
      headers: {
        'event-id': record.eventId,
        revision: String(record.version),
        type: 'record',
        'produced-at': new Date().toISOString(),
        env: 'test',
        trace: '',
        traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      },
    },
  ])

const definition = () => ({
  service: 'matcher',
  group: `${prefix}matcher.records.v1`,
  topic: 'records',
  kind: 'snapshot' as const,
  partitions: RECORDS.partitions,
  env: 'test',
  types: ['record'],
  decode: ({ value }: { readonly value: Buffer | null }) => codec.decode('records', value),
  describe: (record: RecordSnapshot) => ({ eventId: record.eventId, key: keyOf(record), revision: record.version }),
  handle: async (_: unknown, messages: readonly { readonly value: RecordSnapshot }[]) => {
    seen.push(...messages.map(({ value }) => value))
    return messages.map(() => done())
  },
})

async function consume(): Promise<Consumer> {
  const consumer = await startConsumer({
    ...definition(),
    topicPrefix: prefix,
    bus,
    database,
    outbox: createOutbox(TOPICS),
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
    timers: TEST_CONSUMER_TIMERS,
  })
  running.push(consumer)
  return consumer
}

const sourceIds = () => seen.map(({ sourceId }) => sourceId).toSorted()
const quarantined = async () =>
  (
    await database.query<{ id: number; code: string }>(
      'select id, error_code as code from quarantine where consumer_group = $1',
      [definition().group],
    )
  ).rows

/** A later version of the schema: a field more, with a default. */
async function register(field: string): Promise<number> {
  const url = `${own.registryUrl}/subjects/records-value/versions`
  const newest = (await (await fetch(`${url}/latest`)).json()) as { readonly schema: string }
  const schema = JSON.parse(newest.schema)
  const grown = { ...schema, fields: [...schema.fields, { name: field, type: 'string', default: '', doc: 'd' }] }
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
    body: JSON.stringify({ schema: JSON.stringify(grown) }),
  })
  expect(response.status).toBe(200)
  return ((await response.json()) as { readonly id: number }).id
}

/** The bytes of a record as a writer with `fields` more fields, each "x", frames them. */
function grownBytes(record: RecordSnapshot, id: number, fields: number): Buffer {
  const bytes = codec.encode('records', record)
  const grown = Buffer.concat([bytes, ...Array.from({ length: fields }, () => Buffer.of(2, 0x78))])
  grown.writeInt32BE(id, 1)
  return grown
}

describe('a schema id that is not known yet', () => {
  it('is waited for while the group hears of us, and read as soon as the registry has it', async () => {
    const before = await register('shelf')
    const record = aRecord('10.5555/2')
    // Ids are given out one after the other; the assertion below would tell if that were to change.
    await publish(record, grownBytes(record, before + 1, 2))
    const elsewhere = aRecord('10.5555/3')
    await publish(elsewhere)
    const consumer = await consume()
    await vi.waitFor(() => expect(sourceIds()).toEqual([elsewhere.sourceId]), waiting)
    expect(await quarantined()).toEqual([])
    expect(await register('drawer')).toBe(before + 1)
    await vi.waitFor(() => expect(sourceIds()).toEqual([record.sourceId, elsewhere.sourceId]), waiting)
    expect(await quarantined()).toEqual([])
    expect(consumer.crashed.aborted).toBe(false)
  })

  it('F42 and stays unknown past its budget: quarantine, the next message goes on, and replay works later', async () => {
    const before = await register('box')
    const record = aRecord('10.5555/4')
    await publish(record, grownBytes(record, before + 1, 4))
    await publish(record)
    await consume()
    await vi.waitFor(async () => expect(await quarantined()).toMatchObject([{ code: 'schema_unknown' }]), waiting)
    await vi.waitFor(() => expect(sourceIds()).toEqual([record.sourceId]), waiting)
    const [row] = await quarantined()
    expect(await register('crate')).toBe(before + 1)
    const replay = () =>
      replayQuarantine({
        database,
        outbox: createOutbox(TOPICS),
        definition: definition(),
        id: row?.id ?? -1,
        by: 'operator',
      })
    // The registry's "no" is kept for a moment.
    await vi.waitFor(async () => expect(await replay()).toMatchObject({ type: 'replayed' }), waiting)
    expect(sourceIds()).toEqual([record.sourceId, record.sourceId])
  })

  it('F38 with the registry away: waits for as long as it takes, and nothing goes to quarantine', async () => {
    const id = await register('cabinet')
    const record = aRecord('10.5555/5')
    await own.kill('registry', 'SIGKILL')
    await publish(record, grownBytes(record, id, 5))
    const known = aRecord('10.5555/6')
    await publish(known)
    await consume()
    await vi.waitFor(() => expect(sourceIds()).toEqual([known.sourceId]), waiting)
    expect(await quarantined()).toEqual([])
    await own.start('registry')
    await vi.waitFor(() => expect(sourceIds()).toEqual([record.sourceId, known.sourceId]), waiting)
    expect(await quarantined()).toEqual([])
  })
})

describe('a byline of 5,000', () => {
  it('goes through outbox, relay, broker and codec whole; a fact over the limit is refused where it is written', async () => {
    const record = aRecord('10.5555/7', 5_000)
    const value = codec.encode('records', record)
    expect(value.length).toBeGreaterThan(2 ** 20)
    assertFits(TOPICS, 'records', value.length)
    expect(() => assertFits(TOPICS, 'works', RECORDS.maxValueBytes + 1)).toThrow('does not fit topic "works"')
    const outbox = createOutbox(TOPICS)
    const relay = await startRelay({
      service: 'matcher',
      env: 'test',
      database,
      bus,
      topicPrefix: prefix,
      topics: { records: RECORDS },
      sources: {
        records: async (ids) =>
          ids.map((objectId) => ({
            objectId,
            key: keyOf(record),
            revision: record.version,
            eventId: record.eventId,
            type: 'record',
            value,
          })),
      },
      clock: systemClock,
      logger: quiet,
      metrics: createMetrics('test'),
      failpoints: noFailpoints,
      timers: TEST_RELAY_TIMERS,
    })
    running.push(relay)
    await consume()
    await database.transaction((tx) =>
      outbox.append(tx, [{ kind: 'reference', topic: 'records', key: keyOf(record), objectId: record.recordId }]),
    )
    await vi.waitFor(() => expect(seen).toHaveLength(1), waiting)
    expect(seen[0]).toEqual(record)
    expect(await quarantined()).toEqual([])
  })
})
