import { connectKafka } from '../bus/kafka.ts'
import { PRODUCTION_KAFKA_TIMERS, TEST_KAFKA_TIMERS } from '../bus/kafka-config.ts'
import { systemClock } from '../clock.ts'
import type { DatabaseConfig } from '../config.ts'
import { done, type Handler } from '../consumer/contract.ts'
import { PRODUCTION_CONSUMER_TIMERS, TEST_CONSUMER_TIMERS } from '../consumer/timers.ts'
import { openDatabase } from '../postgres/database.ts'
import { runMain } from '../service/run-main.ts'
import { startNotes } from './harness.ts'
import type { Note } from './notes.ts'
import { quiet } from './servers.ts'

/** What the environment variable `MEMBER` holds. */
export interface MemberConfig {
  readonly name: string
  readonly brokers: readonly string[]
  readonly database: DatabaseConfig
  readonly topicPrefix: string
  readonly timers: 'test' | 'production'
  readonly maxChunk: number
}

/** Each object may be written once: one that comes twice breaks the primary key and lands in quarantine. */
const writeOnce =
  (name: string): Handler<Note> =>
  async (tx, messages) => {
    await tx.query(
      'insert into objects (id, revision, text) select * from unnest($1::text[], $2::bigint[]) as t, (select $3::text) as by',
      [messages.map(({ value }) => value.id), messages.map(({ value }) => value.revision), name],
    )
    return messages.map(() => done())
  }

/** A process of its own that reads notes: what a test ends, kills, freezes and thaws. */
await runMain(process, async (env) => {
  const {
    name,
    brokers,
    database: config,
    topicPrefix,
    timers,
    maxChunk,
  }: MemberConfig = JSON.parse(env['MEMBER'] ?? '')
  const production = timers === 'production'
  const database = openDatabase(config, quiet)
  const bus = await connectKafka(
    {
      brokers,
      clientId: name,
      timers: production ? PRODUCTION_KAFKA_TIMERS : TEST_KAFKA_TIMERS,
    },
    quiet,
    systemClock,
  )
  const consumer = await startNotes({ database }, bus, {
    topicPrefix,
    maxChunk,
    timers: production ? PRODUCTION_CONSUMER_TIMERS : TEST_CONSUMER_TIMERS,
    handle: writeOnce(name),
  })
  let told = ''
  const tell = setInterval(() => {
    const { joined, assigned } = consumer.state()
    const line = JSON.stringify({ joined, assigned })
    if (line !== told) console.log(line)
    told = line
  }, 50)
  return {
    crashed: consumer.crashed,
    async [Symbol.asyncDispose]() {
      await consumer.stop()
      clearInterval(tell)
      await bus.close()
      await database.close()
    },
  }
})
