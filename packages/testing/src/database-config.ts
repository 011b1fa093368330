import type { DatabaseConfig } from '@atlas/runtime'

/** Small pools: many processes share one server here. */
export function databaseConfig(
  address: { readonly host: string; readonly port: number },
  name: string,
  user: string,
  password: string,
): DatabaseConfig {
  return {
    host: address.host,
    port: address.port,
    name,
    user,
    password,
    poolMax: 6,
    poolMin: 0,
    idleTimeoutMs: 10_000,
    acquireTimeoutMs: 5_000,
    statementTimeoutMs: 30_000,
    lockTimeoutMs: 5_000,
    idleInTransactionTimeoutMs: 30_000,
    applicationName: 'atlas-test',
  }
}
