import type { Stack } from '@atlas/devstack'
import type { Deployment, DeploymentOptions } from '@atlas/testing/deployment'
import type { Measure } from './measure.ts'

/** What a bench may use. A stack and deployments are started when they are first asked for. */
export interface BenchParts {
  /** Repetitions of each side. */
  readonly runs: number
  /** Where yardsticks are looked for: folders as in the variable PATH. */
  readonly path: string
  /** A folder with DuckDB among its node_modules, if not those of the bench. */
  readonly duckdbFrom: string | undefined
  /** A folder of a Python with bib-dedupe, if not the one on the path. */
  readonly bibDedupeFrom: string | undefined
  /** The folder with samples and labelled sets, which may not be there. */
  readonly shared: string
  stack(): Promise<Stack>
  /** A fresh deployment with production timers, one member of each service unless told; the bench stops it. */
  deployment(name: string, members?: DeploymentOptions['members']): Promise<Deployment>
  /** What several benches use: made when it is first asked for, given back when all have run. */
  kept<T extends AsyncDisposable>(key: string, make: () => Promise<T>): Promise<T>
  progress(line: string): void
}

/** One thing that is measured. */
export interface Bench {
  readonly id: string
  readonly title: string
  /** Left out unless asked for by name or `--all`: minutes, not seconds. */
  readonly long?: boolean
  run(parts: BenchParts): Promise<readonly Measure[]>
}
