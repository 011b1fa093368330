import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPrerequisites, type Stack, startStack } from '@atlas/devstack'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { type Env, readEnv } from '../env-reader.ts'
import { makeBrokerCertificate } from '../testing/certificates.ts'
import { quiet } from '../testing/servers.ts'
import { until } from '../testing/until.ts'
import { connectKafka } from './kafka.ts'
import { TEST_KAFKA_TIMERS } from './kafka-config.ts'
import { readKafkaSecurity } from './kafka-security.ts'

// A space and a quotation mark: what a password may hold is no business of the client.
const PASSWORD = 'not "so" simple'

let dataDir: string
let stack: Stack
let env: Readonly<Record<string, string>>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'atlas-secured-'))
  const java = findPrerequisites(process.env).kafkaJava?.path ?? 'java'
  const { keystore, keystorePassword, ca } = await makeBrokerCertificate(java, dataDir)
  stack = await startStack({
    dataDir: join(dataDir, 'stack'),
    persistent: false,
    parts: ['kafka'],
    secured: { keystore, keystorePassword, username: 'atlas', password: PASSWORD },
  })
  await writeFile(join(dataDir, 'ca.pem'), ca)
  await writeFile(join(dataDir, 'password'), `${PASSWORD}\n`)
  env = {
    KAFKA_SECURITY_PROTOCOL: 'SASL_SSL',
    KAFKA_CA_FILE: join(dataDir, 'ca.pem'),
    KAFKA_SASL_MECHANISM: 'scram-sha-512',
    KAFKA_USERNAME: 'atlas',
    KAFKA_PASSWORD_FILE: join(dataDir, 'password'),
  }
})
afterAll(async () => {
  await stack?.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const connect = (settings: Env, brokers = stack.kafka.secured) =>
  connectKafka(
    { brokers, clientId: 'secured', timers: TEST_KAFKA_TIMERS, ...readEnv(settings, readKafkaSecurity) },
    quiet,
    systemClock,
  )

it('F62 SCRAM-SHA-512 over TLS as the README sets it up: what is sent is consumed, asked for and read again', async () => {
  await using bus = await connect(env)
  await bus.admin.createTopics([{ topic: 'secured', partitions: 1, replication: 1, config: {} }])
  const value = Buffer.from('told in private')
  const offset = await bus.publish('secured', 0, [{ key: 'k', value, headers: { 'event-id': 'e' } }])
  const seen: string[] = []
  await using _member = await bus.subscribe({
    group: 'secured',
    topic: 'secured',
    onAssigned: async (partitions) => new Map(partitions.map((partition) => [partition, 0n])),
    async onBatch(batch) {
      seen.push(...batch.messages.map((message) => message.value?.toString() ?? ''))
      await batch.processed(batch.messages.at(-1)?.offset ?? -1n)
    },
  })
  await until(
    'it is consumed',
    () => seen,
    (all) => all.includes('told in private'),
    20_000,
  )
  expect(await bus.offsets('secured')).toEqual([{ partition: 0, low: 0n, high: offset + 1n }])
  expect((await bus.readOne('secured', 0, offset))?.value).toEqual(value)
})

it.each([
  [
    'another password',
    { KAFKA_PASSWORD_FILE: undefined, KAFKA_PASSWORD: 'wrong' },
    'check KAFKA_USERNAME, KAFKA_PASSWORD',
  ],
  ['a user that does not exist', { KAFKA_USERNAME: 'nobody' }, 'check KAFKA_USERNAME, KAFKA_PASSWORD'],
  ['an authority we do not know', { KAFKA_CA_FILE: undefined }, 'KAFKA_CA_FILE must name'],
])('refused with the setting to look at: %s', async (_, changed, remedy) => {
  const failure = await connect({ ...env, ...changed }).then(
    (bus) => bus.close(),
    (error: Error) => error.message,
  )
  expect(failure).toContain(remedy)
  expect(failure).not.toContain(PASSWORD)
})

it('refused with the setting to look at: a listener without TLS', async () => {
  await expect(connect(env, stack.kafka.brokers)).rejects.toThrow('check KAFKA_SECURITY_PROTOCOL')
})

it('refused with the setting to look at: a listener with TLS, and a client without', async () => {
  await expect(connect({})).rejects.toThrow('check KAFKA_SECURITY_PROTOCOL')
})
