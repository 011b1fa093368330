import process from 'node:process'
import { armFailpoints, createApp, createLogger, createVerifier, listen, systemClock, systemIds } from '@atlas/runtime'
import type { Adapter } from '../adapters/adapter.ts'
import { readWorkConfig } from '../config.ts'
import { openSpool } from '../import/spool.ts'
import { importNext } from '../import/worker.ts'
import { SLOW } from '../push/body.ts'
import { DEFAULT_LIMITS } from '../push/limits.ts'
import { importRouters } from '../routes-uploads.ts'
import { openWork } from '../work.ts'
import { plainSource } from './plain-source.ts'

/**
 * `import-child-main.ts serve | work`, for tests that kill it or take its room away: uploads over HTTP (writes its port), or
 * jobs until none waits.
 */
const config = readWorkConfig(process.env)
const logger = createLogger({ service: 'ingest', version: 'test', level: 'silent' })
const failpoints = armFailpoints(config.failpoint, () => process.kill(process.pid, 'SIGKILL'))
const { signal } = new AbortController()
await using work = await openWork(config, { clock: systemClock, logger, failpoints, signal })
const adapters = new Map<string, Adapter>([['plain', plainSource()]])
const spool = openSpool(config.spoolDir)

if (process.argv[2] === 'serve') {
  const verifier = createVerifier({ credentials: [], publicKeys: [] }, () => systemClock.now())
  const shared = { ...work, adapters, spool, verifier, limits: DEFAULT_LIMITS, ids: systemIds, slow: SLOW }
  const server = await listen(createApp({ ...work, routers: importRouters({ ...shared, wake: () => undefined }) }), 0)
  process.stdout.write(`${server.port}\n`)
  await new Promise((resolve) => process.stdin.once('end', resolve).resume())
  await server.close()
} else {
  const crash = (error: unknown) => {
    throw error
  }
  const worker = { ...work, adapters, spool, instance: 'child', leaseSeconds: 1, idleMs: 10, crash }
  while (await importNext(worker, signal));
}
