import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { type KafkaSecurity, readKafkaSecurity } from './bus/kafka-security.ts'
import { type DeliveryTimers, readTimers } from './service/timers.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** One readable line for each mistake, all of them at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly string[]
  constructor(mistakes: readonly string[]) {
    super(`configuration has ${mistakes.length} mistake(s):\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`)
    this.mistakes = mistakes
  }
}

/** Reads settings and remembers what is wrong with them; `NAME_FILE` names a file that holds the value of `NAME`. */
export interface EnvReader {
  string(name: string, fallback?: string): string
  secret(name: string, fallback?: string): string
  oneOf<T extends string>(name: string, allowed: readonly T[], fallback?: T): T
  list(name: string, fallback?: readonly string[]): readonly string[]
  int(name: string, fallback: number, range?: { readonly min?: number; readonly max?: number }): number
  bool(name: string, fallback: boolean): boolean
  url(name: string, fallback?: string): string
  mistake(line: string): void
}

/** Runs `read` to its end, then throws one `ConfigError` if anything was wrong. */
export function readEnv<T>(env: Env, read: (from: EnvReader) => T): T {
  const mistakes: string[] = []
  const config = read(readerOf(env, mistakes))
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

function readerOf(env: Env, mistakes: string[]): EnvReader {
  const missing = (name: string, what: string): void => void mistakes.push(`${name} is missing: ${what}`)
  const raw = (name: string): string | undefined => {
    const file = env[`${name}_FILE`]
    if (file === undefined) return env[name] === '' ? undefined : env[name]
    try {
      return readFileSync(file, 'utf8').trim()
    } catch (error) {
      mistakes.push(`${name}_FILE cannot be read: ${(error as NodeJS.ErrnoException).code}`)
      return 'unreadable'
    }
  }
  const string = (name: string, fallback?: string): string => {
    const value = raw(name) ?? fallback
    if (value === undefined) missing(name, 'give its value')
    return value ?? ''
  }
  return {
    string,
    secret: string,
    oneOf(name, allowed, fallback) {
      const value = raw(name) ?? fallback
      const found = allowed.find((candidate) => candidate === value)
      if (found !== undefined) return found
      mistakes.push(`${name} is "${value ?? ''}" and must be one of ${allowed.join(', ')}`)
      return allowed[0] ?? (value as (typeof allowed)[number])
    },
    list(name, fallback) {
      const value = raw(name)
      if (value === undefined && fallback === undefined) missing(name, 'give a list separated by commas')
      return value === undefined
        ? (fallback ?? [])
        : value
            .split(',')
            .map((part) => part.trim())
            .filter(Boolean)
    },
    int(name, fallback, { min = 0, max = Number.MAX_SAFE_INTEGER } = {}) {
      const value = raw(name)
      const number = value === undefined ? fallback : Number(value)
      if (Number.isSafeInteger(number) && number >= min && number <= max) return number
      mistakes.push(`${name} is "${value}" and must be a whole number from ${min} to ${max}`)
      return fallback
    },
    bool(name, fallback) {
      const value = raw(name)
      if (value !== undefined && value !== 'true' && value !== 'false')
        mistakes.push(`${name} is "${value}" and must be true or false`)
      return value === undefined ? fallback : value === 'true'
    },
    url(name, fallback) {
      const value = string(name, fallback)
      if (value !== '' && !URL.canParse(value)) mistakes.push(`${name} is "${value}" and must be a URL`)
      return value
    },
    mistake: (line) => void mistakes.push(line),
  }
}

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
