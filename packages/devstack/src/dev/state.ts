import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { PostgresAddress } from '../options.ts'
import { startOf } from '../plain/lock.mjs'
import { isGone } from '../process-tree.ts'
import type { DevPaths } from './paths.ts'

export interface DevState {
  /** The process that keeps the parts; they end with it. */
  readonly keeper: { readonly pid: number; readonly started: string | undefined }
  readonly startedAt: string
  readonly postgres: PostgresAddress
  readonly kafka: { readonly brokers: readonly string[] }
  readonly registryUrl: string
  readonly redisUrl: string
  readonly pids: Readonly<Record<string, number>>
}

/** The running stack, or undefined; the state of a keeper that was killed is none. */
export async function readState({ state }: DevPaths): Promise<DevState | undefined> {
  const known = await readJson(state)
  if (known === undefined) return undefined
  const { pid, started } = known.keeper
  const lives = !(await isGone(pid)) && (await startOf(pid)) === started
  return lives ? known : undefined
}

export async function writeState(paths: DevPaths, state: DevState, env: string): Promise<void> {
  // Both hold passwords.
  await writeWhole(paths.env, env)
  await writeWhole(paths.state, `${JSON.stringify(state, null, 2)}\n`)
}

export async function removeState({ state, env }: DevPaths): Promise<void> {
  await Promise.all([state, env].map((file) => rm(file, { force: true })))
}

async function writeWhole(file: string, content: string): Promise<void> {
  await writeFile(`${file}.new`, content, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function readJson(file: string): Promise<DevState | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DevState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
