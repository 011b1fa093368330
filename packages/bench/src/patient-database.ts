import type { DatabaseConfig } from '@atlas/runtime'

type Address = Pick<DatabaseConfig, 'host' | 'port' | 'name' | 'user' | 'password'>

/** One connection, so that all its CPU time is one process's; no limits: building an index of millions takes minutes. */
export function patientConfig(address: Address): DatabaseConfig {
  return {
    ...address,
    poolMax: 1,
    poolMin: 0,
    idleTimeoutMs: 0,
    acquireTimeoutMs: 5_000,
    statementTimeoutMs: 0,
    lockTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
    applicationName: 'atlas-bench',
  }
}
