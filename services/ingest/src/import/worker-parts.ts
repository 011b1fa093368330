import type { Logger, Metrics } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import type { ImportParts } from './run-job.ts'
import type { Spool } from './spool.ts'

/** What a member needs to take uploads. */
export interface ImportWorkerParts extends ImportParts {
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly logger: Logger
  readonly metrics: Metrics
  readonly spool: Spool
  /** This member. */
  readonly instance: string
  readonly leaseSeconds: number
  /** Between two looks for jobs; `wake` cuts it short. */
  readonly idleMs: number
  readonly crash: (error: unknown) => void
}
