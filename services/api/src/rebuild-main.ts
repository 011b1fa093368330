import process from 'node:process'
import {
  ConfigError,
  connectKafka,
  createLogger,
  createSigner,
  databaseSchemaCache,
  openDatabase,
  systemClock,
} from '@atlas/runtime'
import { createCodec, TOPICS } from '@atlas/schemas'
import { readConfig } from './config.ts'
import { READ_TOPICS, type ReadTopic } from './consumers.ts'
import { exporterAt, rebuildReadModel } from './rebuild.ts'

/**
 * `rebuild-main.ts`, with the environment of the service, whose members may run meanwhile. Writes a JSON object a line:
 * `{"event":"page","topic":…,"objects":…}` and `{"event":"loaded", …}` a topic, at last `{"event":"done"}`. Exit code 0,
 * or 1 with a reason; called again, it goes on where it stopped.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env)
  if (!config.signer) throw new ConfigError(['SERVICE_SECRET and PRINCIPAL_PRIVATE_KEY are needed to ask the owners'])
  const signer = createSigner(config.signer, () => systemClock.now())
  const logger = createLogger({ service: 'api', version: config.version, level: 'warn', destination: process.stderr })
  const tell = (event: string, rest: object = {}) => process.stdout.write(`${JSON.stringify({ event, ...rest })}\n`)
  const owners: Readonly<Record<string, string>> = {
    matcher: config.matcherUrl,
    profiles: config.profilesUrl,
    verifier: config.verifierUrl,
  }
  const exporterOf = (topic: ReadTopic) =>
    exporterAt(owners[TOPICS[topic].producer] ?? '', topic, () =>
      signer.headersFor({ actor: 'api', onBehalfOf: null, roles: ['service'] }),
    )
  await using database = openDatabase(config.database, logger)
  await using bus = await connectKafka(
    {
      brokers: config.brokers,
      ...config.kafkaSecurity,
      clientId: `api-rebuild-${process.pid}`,
      timers: config.timers.kafka,
    },
    logger,
    systemClock,
  )
  const codec = await createCodec({
    registryUrl: config.registryUrl,
    cache: databaseSchemaCache(database),
    topics: READ_TOPICS,
    clock: systemClock,
    signal: new AbortController().signal,
  })
  await rebuildReadModel({
    config,
    database,
    bus,
    codec,
    clock: systemClock,
    logger,
    exporterOf,
    onProgress: (topic, objects, whole) => void tell(whole ? 'loaded' : 'page', { topic, objects }),
  })
  tell('done')
}

try {
  await main()
  // What idles, such as connections kept alive to the owners, must not hold the process.
  process.exit(0)
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : `cannot rebuild: ${(error as Error).message}`)
  process.exit(1)
}
