import process from 'node:process'
import type { DatabaseConfig } from '@atlas/runtime'
import { inject } from 'vitest'

/** What a service's program has to be told to run as a process of its own on this run's stack, over this database. */
export function childEnv(
  { host, port, name, user, password }: DatabaseConfig,
  more: Readonly<Record<string, string>> = {},
): Record<string, string | undefined> {
  const { brokers, registryUrl } = inject('stack')
  return {
    PATH: process.env['PATH'],
    NODE_ENV: 'test',
    KAFKA_BROKERS: brokers.join(','),
    SCHEMA_REGISTRY_URL: registryUrl,
    DB_HOST: host,
    DB_PORT: String(port),
    DB_NAME: name,
    DB_USER: user,
    DB_PASSWORD: password,
    ...more,
  }
}
