// The process behind `up`: it owns the parts, and they end when it ends, in whatever way.
import { once } from 'node:events'
import { createDatabases } from '../databases.ts'
import type { Env } from '../options.ts'
import { startOf } from '../plain/lock.mjs'
import { startStack } from '../start-stack.ts'
import { renderEnv } from './env-file.ts'
import { type DevPaths, devPaths } from './paths.ts'
import { removeState, writeState } from './state.ts'

/** What the keeper tells whoever started it. */
export type KeeperMessage =
  | { readonly type: 'progress'; readonly line: string }
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly reason: string }

// Before anything is started: a signal during the start must not leave half a stack.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())
// Whoever started us may be gone before we are ready; the stack is meant to stay all the same.
process.on('disconnect', () => undefined)

try {
  await keep(process.argv[2])
} catch (error) {
  tell({ type: 'failed', reason: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
if (process.connected) process.disconnect()

async function keep(repository: string | undefined): Promise<void> {
  const paths = devPaths(repository)
  const onProgress = (line: string) => tell({ type: 'progress', line })
  await using stack = await startStack({
    dataDir: paths.data,
    persistent: true,
    env: givenAddresses(paths),
    onProgress,
  })
  const databases = await createDatabases(stack.postgres, { dataDir: paths.data })
  const { postgres, kafka, registryUrl, redisUrl, pids } = stack
  const keeper = { pid: process.pid, started: await startOf(process.pid) }
  const state = { keeper, startedAt: new Date().toISOString(), postgres, kafka, registryUrl, redisUrl, pids }
  await writeState(paths, state, renderEnv(paths.dir, stack, databases))
  tell({ type: 'ready' })
  if (!stop.signal.aborted) await once(stop.signal, 'abort')
  await removeState(paths)
}

/** In a shell that has read `.dev/env`, the addresses are those of this very stack, which is not up yet. */
function givenAddresses({ dir }: DevPaths): Env {
  return process.env['ATLAS_STACK'] === dir ? { ATLAS_CACHE: process.env['ATLAS_CACHE'] } : process.env
}

function tell(message: KeeperMessage): void {
  if (process.connected) process.send?.(message, () => undefined) // the listener may have gone
}
