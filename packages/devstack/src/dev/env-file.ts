import type { Databases } from '../databases.ts'
import type { Stack } from '../options.ts'

type Addresses = Pick<Stack, 'postgres' | 'kafka' | 'registryUrl' | 'redisUrl'>

/** The content of `.dev/env`: the shared addresses, then database and logins of each service under its own name. */
export function renderEnv(dir: string, stack: Addresses, databases: Databases): string {
  const shared = {
    ATLAS_STACK: dir,
    KAFKA_BROKERS: stack.kafka.brokers.join(','),
    SCHEMA_REGISTRY_URL: stack.registryUrl,
    REDIS_URL: stack.redisUrl,
    DB_HOST: stack.postgres.host,
    DB_PORT: String(stack.postgres.port),
    DB_ADMIN_USER: stack.postgres.adminUser,
    DB_ADMIN_PASSWORD: stack.postgres.adminPassword,
  }
  const own = databases.names.flatMap((name) => {
    const service = name.toUpperCase()
    const [app, migrate] = [databases.connection(name, 'app'), databases.connection(name, 'migrate')]
    return [
      [`${service}_DB_NAME`, app.database],
      [`${service}_DB_USER`, app.user],
      [`${service}_DB_PASSWORD`, app.password],
      [`${service}_DB_MIGRATE_USER`, migrate.user],
      [`${service}_DB_MIGRATE_PASSWORD`, migrate.password],
    ]
  })
  return [...Object.entries(shared), ...own].map(([key, value]) => `${key}=${value}\n`).join('')
}
