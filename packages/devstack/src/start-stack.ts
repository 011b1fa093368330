import { mkdir, readdir, rm, rmdir } from 'node:fs/promises'
import { isAbsolute, join, resolve } from 'node:path'
import { createGuard } from './guard.ts'
import { PARTS, type Part, type PostgresAddress, type Stack, type StackOptions } from './options.ts'
import type { PartProcess } from './part-process.ts'
import { findPrerequisites, type Prerequisites } from './plain/prerequisites.mjs'
import { startKafka } from './start/start-kafka.ts'
import { startPostgres } from './start/start-postgres.ts'
import { startRedis } from './start/start-redis.ts'
import { startRegistry } from './start/start-registry.ts'
import type { Starting } from './start/starting.ts'

/** Starts the parts, or uses the given ones, and returns when each has answered a real request; on failure nothing is left. */
export async function startStack(given: StackOptions): Promise<Stack> {
  const dataDir = isAbsolute(given.dataDir) ? given.dataDir : resolve(given.dataDir)
  const options = { durable: given.persistent, brokers: 1, env: {}, onProgress: () => undefined, ...given, dataDir }
  const parts = new Set<Part>(given.parts ?? PARTS)
  const programs = programsFor(parts, options)
  const logsDir = join(dataDir, 'logs')
  await mkdir(logsDir, { recursive: true })
  const starting: Starting = { options, guard: await createGuard(), programs, logsDir, begun: [], elsewhere: [] }
  if (!options.persistent) await Promise.all(contents(dataDir).map((path) => starting.guard.removeWhenOrphaned(path)))

  const database = parts.has('postgres') ? startPostgres(starting) : Promise.resolve(undefined)
  const [postgres, redis, kafka, registry] = await settleAll(
    [
      database,
      parts.has('redis') ? startRedis(starting) : undefined,
      parts.has('kafka') ? startKafka(starting) : undefined,
      parts.has('registry') ? database.then((address) => startRegistry(starting, address)) : undefined,
    ],
    () => stopAll(starting),
  )
  return stackOf(starting, { postgres, redis, kafka, registry })
}

interface Addresses {
  readonly postgres: PostgresAddress | undefined
  readonly redis: string | undefined
  readonly kafka: Stack['kafka'] | undefined
  readonly registry: string | undefined
}

function stackOf(starting: Starting, addresses: Addresses): Stack {
  const { begun } = starting
  let stopping: Promise<void> | undefined
  const find = (name: string): PartProcess => {
    const part = begun.find((part) => part.name === name || (name === 'kafka' && part.name === 'kafka-1'))
    if (part === undefined) throw new Error(`no part "${name}" was started here`)
    return part
  }
  const stop = () => (stopping ??= stopAll(starting))
  return {
    get postgres() {
      return present(addresses.postgres, 'postgres')
    },
    get kafka() {
      return present(addresses.kafka, 'kafka')
    },
    get registryUrl() {
      return present(addresses.registry, 'registry')
    },
    get redisUrl() {
      return present(addresses.redis, 'redis')
    },
    get pids() {
      return Object.fromEntries(begun.flatMap(({ name, pid }) => (pid === undefined ? [] : [[name, pid] as const])))
    },
    kill: async (part, signal) => find(part).signal(signal),
    start: async (part) => find(part).start(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** In reverse order, except that the brokers of one cluster go together. */
async function stopAll({ begun, guard, options, elsewhere }: Starting): Promise<void> {
  const named = (prefix: string) => begun.filter(({ name }) => name.startsWith(prefix))
  for (const prefix of ['registry', 'kafka', 'redis', 'postgres']) {
    await Promise.all(named(prefix).map((part) => part.stop()))
  }
  await guard[Symbol.asyncDispose]()
  if (options.persistent) return
  await Promise.all(
    [...contents(options.dataDir), ...elsewhere].map((path) => rm(path, { recursive: true, force: true })),
  )
  if ((await readdir(options.dataDir)).length === 0) await rmdir(options.dataDir)
}

/** What a stack puts into its folder. The folder itself may hold things of others. */
function contents(dataDir: string): string[] {
  const brokers = ['kafka-1', 'kafka-2', 'kafka-3', 'kafka-4', 'kafka-5']
  return ['postgres', 'redis', ...brokers, 'logs', 'env.json', 'ports.json'].map((name) => join(dataDir, name))
}

function programsFor(parts: ReadonlySet<Part>, { env }: { env: Required<StackOptions>['env'] }): Prerequisites {
  const unused = (part: Part) => (parts.has(part) ? {} : { [ADDRESS_OF[part]]: 'not wanted' })
  const programs = findPrerequisites({
    ...process.env,
    ...env,
    ...unused('kafka'),
    ...unused('registry'),
    ...unused('redis'),
  })
  if (programs.missing.length > 0) throw new Error(programs.missing.join('\n'))
  return programs
}

const ADDRESS_OF: Readonly<Record<Part, string>> = {
  postgres: 'DB_HOST',
  redis: 'REDIS_URL',
  kafka: 'KAFKA_BROKERS',
  registry: 'SCHEMA_REGISTRY_URL',
}

/** Like Promise.all, except that a failure waits for all to settle, so that nothing starts after the cleaning up. */
async function settleAll<T extends readonly unknown[]>(
  promises: readonly [...{ [K in keyof T]: T[K] | Promise<T[K]> }],
  cleanUp: () => Promise<void>,
): Promise<T> {
  const results = await Promise.allSettled(promises)
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []))
  // All have settled well, so this waits for nothing; it gives the values their types.
  if (failures.length === 0) return Promise.all(promises)
  await cleanUp()
  const [first, ...others] = new Set(failures)
  throw others.length === 0
    ? first
    : new AggregateError([first, ...others], 'several parts of the dev stack failed to start')
}

function present<T>(address: T | undefined, part: Part): T {
  if (address === undefined) throw new Error(`part "${part}" is not in this stack`)
  return address
}
