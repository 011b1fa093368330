import { ConfigError, type Env } from '../env-reader.ts'
import { keepHeapWithin, makeEverythingYoung } from '../heap-room.ts'

/** A started service: `crashed` fires when it can no longer work; disposing it drains and closes everything. */
export interface RunningService extends AsyncDisposable {
  readonly crashed: AbortSignal
}

export interface MainProcess {
  readonly env: Env
  once(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  exit(code: number): never
  exitCode?: number | string | null | undefined
}

/**
 * Bytes: of a matcher 2,000 prepared profiles and a step; its process takes some 350 MB more. V8 alone, which counts the
 * buffers of what is read, looks through a service's 35 MB of living things for every 500 records that come.
 */
const HEAP_ROOM = 200 * 2 ** 20

/** Runs a service until a signal or a crash: exit 0 after an orderly stop, 1 after a crash or a stop that took too long. */
export async function runMain(
  process: MainProcess,
  start: (env: Env) => Promise<RunningService>,
  shutdownMs = 25_000,
): Promise<void> {
  keepHeapWithin(HEAP_ROOM)
  makeEverythingYoung()
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stop.abort()
      // A second signal does not wait.
      process.once(signal, () => process.exit(1))
    })
  }
  let service: RunningService
  try {
    service = await start(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    process.exit(2)
  }
  await aborted(AbortSignal.any([stop.signal, service.crashed]))
  const failed = service.crashed.aborted
  const deadline = setTimeout(() => process.exit(1), shutdownMs)
  await service[Symbol.asyncDispose]()
  clearTimeout(deadline)
  process.exit(failed ? 1 : 0)
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
