import { rm } from 'node:fs/promises'
import { lastingFolder } from '../parts/postgres-files.ts'
import { withLock } from '../plain/lock.mjs'
import { isGone } from '../process-tree.ts'
import { waitUntil } from '../wait-until.ts'
import { type DevPaths, devPaths, REPOSITORY } from './paths.ts'
import { readState, removeState } from './state.ts'
import type { DevOptions } from './up.ts'

const STOP_TIMEOUT_MS = 60_000

/** Stops the lasting stack and keeps its data; false when none was running. */
export async function devDown({ repository = REPOSITORY }: DevOptions = {}): Promise<boolean> {
  const paths = devPaths(repository)
  return withLock(paths.lock, () => stopKeeper(paths))
}

/** Stops the lasting stack and removes its data, databases and topics included. */
export async function devReset({ repository = REPOSITORY }: DevOptions = {}): Promise<void> {
  const paths = devPaths(repository)
  await withLock(paths.lock, async () => {
    await stopKeeper(paths)
    await removeState(paths)
    await Promise.all([paths.data, lastingFolder(paths.data)].map((path) => rm(path, { recursive: true, force: true })))
  })
}

async function stopKeeper(paths: DevPaths): Promise<boolean> {
  const state = await readState(paths)
  if (state === undefined) return false
  process.kill(state.keeper.pid, 'SIGTERM')
  // The keeper goes last, after the parts.
  const ended = async () => {
    if (!(await isGone(state.keeper.pid))) throw new Error('it still runs')
  }
  await waitUntil(ended, { what: 'the end of the stack', timeoutMs: STOP_TIMEOUT_MS, everyMs: 50 })
  return true
}
