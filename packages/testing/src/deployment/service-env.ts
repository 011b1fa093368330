import { dirname, join } from 'node:path'
import { credentialsOf, type DeploymentKeys } from './keys.ts'
import type { ServiceName } from './service-process.ts'

/** Where the parts of a deployment are, and what it may spend. */
export interface DeploymentAddresses {
  readonly brokers: readonly string[]
  readonly topicPrefix: string
  readonly registryUrl: string
  readonly redisUrl: string
  readonly database: (owner: ServiceName | 'keys') => {
    readonly host: string
    readonly port: number
    readonly database: string
    readonly user: string
    readonly password: string
  }
  readonly checkpointDir: string
  readonly urls: Readonly<Partial<Record<ServiceName, string>>>
}

/** The environment of one member: what it needs and nothing more. */
export function serviceEnv(
  service: ServiceName,
  at: DeploymentAddresses,
  keys: DeploymentKeys,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return {
    ATLAS_ENV: 'test',
    LOG_LEVEL: 'info',
    KAFKA_BROKERS: at.brokers.join(','),
    KAFKA_TOPIC_PREFIX: at.topicPrefix,
    SCHEMA_REGISTRY_URL: at.registryUrl,
    ...databaseEnv('DB', at.database(service)),
    DB_POOL_MAX: '6',
    HTTP_PORT: '0',
    OPS_PORT: '0',
    SERVICE_CREDENTIALS: credentialsOf(keys),
    PRINCIPAL_PUBLIC_KEYS: keys.principalPublic,
    ...(SPECIAL[service]?.(at, keys) ?? {}),
    ...extra,
  }
}

const SPECIAL: Partial<Record<ServiceName, (at: DeploymentAddresses, keys: DeploymentKeys) => Record<string, string>>> =
  {
    ingest: (at, keys) => ({
      MATCHER_URL: at.urls.matcher ?? '',
      SERVICE_SECRET: keys.services.ingest,
      IMPORT_SPOOL_DIR: join(dirname(at.checkpointDir), 'imports'),
    }),
    verifier: (at, keys) => ({
      ...databaseEnv('KEYS_DB', at.database('keys')),
      KEYS_DB_POOL_MAX: '3',
      KEYS_MASTER_KEY: keys.keysMaster,
      CHECKPOINT_DIR: at.checkpointDir,
      CHECKPOINT_PRIVATE_KEY: keys.checkpointPrivate,
      CHECKPOINT_PUBLIC_KEY: keys.checkpointPublic,
    }),
    api: (at, keys) => ({
      REDIS_URL: at.redisUrl,
      SESSION_SECRET: keys.session,
      SERVICE_SECRET: keys.services.api,
      PRINCIPAL_PRIVATE_KEY: keys.principalPrivate,
      VERIFIER_URL: at.urls.verifier ?? '',
      PROFILES_URL: at.urls.profiles ?? '',
      INGEST_URL: at.urls.ingest ?? '',
      MATCHER_URL: at.urls.matcher ?? '',
      DEV_SIGN_IN: 'true',
    }),
  }

function databaseEnv(
  prefix: string,
  { host, port, database, user, password }: ReturnType<DeploymentAddresses['database']>,
): Record<string, string> {
  return {
    [`${prefix}_HOST`]: host,
    [`${prefix}_PORT`]: String(port),
    [`${prefix}_NAME`]: database,
    [`${prefix}_USER`]: user,
    [`${prefix}_PASSWORD`]: password,
  }
}
