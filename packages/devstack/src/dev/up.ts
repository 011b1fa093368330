import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from '../plain/lock.mjs'
import type { KeeperMessage } from './keeper.ts'
import { type DevPaths, devPaths, REPOSITORY } from './paths.ts'
import { type DevState, readState } from './state.ts'

export interface DevOptions {
  /** The copy of the repository whose `.dev` folder is meant; this one by default. */
  readonly repository?: string
  readonly onProgress?: (line: string) => void
}

/** Starts the lasting stack in the background unless it runs, and returns when every part has answered. */
export async function devUp({
  repository = REPOSITORY,
  onProgress = () => undefined,
}: DevOptions = {}): Promise<DevState> {
  const paths = devPaths(repository)
  await mkdir(paths.logs, { recursive: true })
  const onWait = () => onProgress('waiting for another "up" or "down"')
  return withLock(
    paths.lock,
    async () => {
      const running = await readState(paths)
      if (running !== undefined) return running
      await startKeeper(paths, repository, onProgress)
      const started = await readState(paths)
      if (started === undefined) throw new Error(`the stack has stopped again; see ${join(paths.logs, 'keeper.log')}`)
      return started
    },
    { onWait },
  )
}

async function startKeeper(paths: DevPaths, repository: string, onProgress: (line: string) => void): Promise<void> {
  const log = await open(join(paths.logs, 'keeper.log'), 'a')
  const program = fileURLToPath(new URL('keeper.ts', import.meta.url))
  // A session of its own: the stack outlives this terminal.
  const keeper = spawn(process.execPath, ['--conditions=development', program, repository], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  })
  try {
    await untilReady(keeper, paths, onProgress)
  } finally {
    await log.close()
    if (keeper.connected) keeper.disconnect()
    keeper.unref()
  }
}

function untilReady(keeper: ChildProcess, paths: DevPaths, onProgress: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    keeper.on('message', (message: KeeperMessage) => {
      if (message.type === 'progress') onProgress(message.line)
      else if (message.type === 'ready') resolve()
      else reject(new Error(message.reason))
    })
    keeper.once('error', reject)
    keeper.once('exit', () => reject(new Error(`the stack has not started; see ${join(paths.logs, 'keeper.log')}`)))
  })
}
