import { hostname } from 'node:os'
import { type KafkaSecurity, readKafkaSecurity } from './bus/kafka-security.ts'
import type { EnvReader } from './env-reader.ts'
import { type DeliveryTimers, readTimers } from './service/timers.ts'

export interface DatabaseConfig {
  readonly host: string
  readonly port: number
  readonly name: string
  readonly user: string
  readonly password: string
  readonly poolMax: number
  readonly poolMin: number
  readonly idleTimeoutMs: number
  readonly acquireTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number
  readonly idleInTransactionTimeoutMs: number
  readonly applicationName: string
}

/** `DB_…` by default; another prefix for a service's second database. */
export function readDatabaseConfig(from: EnvReader, service: string, prefix = 'DB'): DatabaseConfig {
  return {
    host: from.string(`${prefix}_HOST`),
    port: from.int(`${prefix}_PORT`, 5432, { min: 1, max: 65_535 }),
    name: from.string(`${prefix}_NAME`),
    user: from.string(`${prefix}_USER`),
    password: from.secret(`${prefix}_PASSWORD`),
    poolMax: from.int(`${prefix}_POOL_MAX`, 20, { min: 1, max: 200 }),
    poolMin: from.int(`${prefix}_POOL_MIN`, 0, { max: 200 }),
    idleTimeoutMs: from.int(`${prefix}_IDLE_TIMEOUT_MS`, 30_000),
    acquireTimeoutMs: from.int(`${prefix}_ACQUIRE_TIMEOUT_MS`, 5_000),
    statementTimeoutMs: from.int(`${prefix}_STATEMENT_TIMEOUT_MS`, 30_000),
    lockTimeoutMs: from.int(`${prefix}_LOCK_TIMEOUT_MS`, 5_000),
    idleInTransactionTimeoutMs: from.int(`${prefix}_IDLE_IN_TRANSACTION_TIMEOUT_MS`, 30_000),
    applicationName: `atlas-${service}`,
  }
}

export interface ServiceConfig {
  readonly service: string
  readonly version: string
  readonly instance: string
  /** Travels in the header `env`: a message of another environment is quarantined. */
  readonly env: 'development' | 'test' | 'production'
  readonly logLevel: string
  readonly topicPrefix: string
  readonly brokers: readonly string[]
  readonly kafkaSecurity: KafkaSecurity
  readonly registryUrl: string
  readonly database: DatabaseConfig
  readonly opsPort: number
  readonly shutdownMs: number
  readonly failpoint: string | undefined
  readonly timers: DeliveryTimers
  /** Partitions of one topic whose chunks may run side by side in a member. */
  readonly concurrency: number
}

/** What every service reads; its own `readConfig` adds the rest in the same `readEnv` call. */
export function readServiceConfig(from: EnvReader, service: string): ServiceConfig {
  const env = from.oneOf('ATLAS_ENV', ['development', 'test', 'production'], 'development')
  const failpoint = from.string('ATLAS_FAILPOINT', '')
  if (failpoint !== '' && from.string('NODE_ENV', '') !== 'test')
    from.mistake('ATLAS_FAILPOINT is for NODE_ENV=test only')
  return {
    service,
    version: from.string('ATLAS_VERSION', '0.1.0'),
    instance: from.string('ATLAS_INSTANCE', `${hostname()}-${process.pid}`),
    env,
    logLevel: from.oneOf('LOG_LEVEL', ['silent', 'error', 'warn', 'info', 'debug', 'trace'], 'info'),
    topicPrefix: from.string('KAFKA_TOPIC_PREFIX', ''),
    brokers: from.list('KAFKA_BROKERS'),
    kafkaSecurity: readKafkaSecurity(from),
    registryUrl: from.url('SCHEMA_REGISTRY_URL'),
    database: readDatabaseConfig(from, service),
    opsPort: from.int('OPS_PORT', 9090, { max: 65_535 }),
    shutdownMs: from.int('SHUTDOWN_MS', 25_000, { min: 100 }),
    failpoint: failpoint === '' ? undefined : failpoint,
    timers: readTimers(from),
    concurrency: from.int('CONSUMER_CONCURRENCY', 3, { min: 1, max: 24 }),
  }
}
