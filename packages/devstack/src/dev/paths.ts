import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url))

/** The developer's own stack lives in one ignored folder of the repository. */
export interface DevPaths {
  readonly dir: string
  /** KEY=VALUE lines with every address, to be read by shells, editors and services. */
  readonly env: string
  /** What runs: written when all parts have answered, removed when they have stopped. */
  readonly state: string
  readonly lock: string
  readonly data: string
  readonly logs: string
}

export function devPaths(repository = REPOSITORY): DevPaths {
  const dir = join(repository, '.dev')
  const data = join(dir, 'data')
  return {
    dir,
    data,
    env: join(dir, 'env'),
    state: join(dir, 'stack.json'),
    lock: join(dir, 'lock'),
    logs: join(data, 'logs'),
  }
}
