import {
  type Bus,
  createMetrics,
  createOutbox,
  noFailpoints,
  type OutboxTopics,
  type SnapshotSource,
  startRelay,
  systemClock,
} from '@atlas/runtime'
import { aDeliveryDatabase, quiet, type TestDatabase, uuidOf } from '@atlas/runtime/testing'
import type { Bench } from '../bench.ts'
import { measured } from '../measure.ts'

const ROWS = 20_000
const CHUNK = 250
const TOPICS: OutboxTopics = { notes: { partitions: 4, kind: 'snapshot', maxValueBytes: 900 * 1024 } }
const BAR = {
  id: 'P19',
  title: 'outbox drain / select of the same rows by key',
  bar: 0.25,
  sense: 'least',
  unit: '×',
} as const

interface Row {
  readonly id: string
  readonly revision: number
  readonly text: string
}

/** P19: how fast the relay reads references, resolves them to states and moves its pointer, with a log that takes all at once. */
export const outboxDrain: Bench = {
  id: 'P19',
  title: 'outbox drain, read and resolve side, against a select by key',
  async run({ runs, stack, progress }) {
    const { postgres } = await stack()
    await using server = await aDeliveryDatabase(postgres)
    const ratios: number[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`P19: repetition ${run} of ${runs}`)
      const ids = await changeObjects(server, run)
      const select = await timeSelect(server, ids)
      const drain = await timeDrain(server, ids.length)
      if (run > 0) ratios.push(select / drain)
    }
    return [measured(BAR, ratios)]
  },
}

async function changeObjects({ database }: TestDatabase, run: number): Promise<readonly string[]> {
  const ids = Array.from({ length: ROWS }, (_, i) => `object ${run} ${i}`)
  await database.transaction(
    async (tx) => {
      await tx.query(
        `insert into objects (id, revision, text) select id, 1, repeat('abstract of a work on mosses ', 30) from unnest($1::text[]) as t(id)`,
        [ids],
      )
      await createOutbox(TOPICS).append(
        tx,
        ids.map((id) => ({ kind: 'reference', topic: 'notes', key: id, objectId: id })),
      )
    },
    { statementTimeoutMs: 60_000 },
  )
  return ids
}

async function read({ database }: TestDatabase, ids: readonly string[]): Promise<readonly Row[]> {
  return (await database.query<Row & object>('select id, revision, text from objects where id = any($1)', [ids])).rows
}

async function timeSelect(server: TestDatabase, ids: readonly string[]): Promise<number> {
  const start = performance.now()
  let found = 0
  for (let at = 0; at < ids.length; at += CHUNK) found += (await read(server, ids.slice(at, at + CHUNK))).length
  if (found !== ids.length) throw new Error(`${found} of ${ids.length} rows were found`)
  return performance.now() - start
}

async function timeDrain(server: TestDatabase, rows: number): Promise<number> {
  const source: SnapshotSource = async (ids) =>
    (await read(server, ids)).map(({ id, revision, text }) => ({
      objectId: id,
      key: id,
      revision,
      eventId: uuidOf(id),
      type: 'note',
      value: Buffer.from(text),
    }))
  const { promise, resolve } = Promise.withResolvers<void>()
  let sent = 0
  let started = 0
  const bus: Pick<Bus, 'publish'> = {
    async publish(_topic, _partition, messages) {
      sent += messages.length
      if (sent >= rows) resolve()
      return 0n
    },
  }
  await using relay = await startRelay({
    service: 'test',
    env: 'test',
    database: server.database,
    bus: bus as Bus,
    topicPrefix: '',
    topics: TOPICS,
    sources: {
      notes: (ids) => {
        started ||= performance.now()
        return source(ids)
      },
    },
    clock: systemClock,
    logger: quiet,
    metrics: createMetrics('test'),
    failpoints: noFailpoints,
  })
  await promise
  const took = performance.now() - started
  await relay.stop()
  return took
}
