import type { Clock } from '@atlas/runtime'
import type { ServiceProcess } from './service-process.ts'

/** A member that ended without being told to. */
export interface Death {
  readonly instance: string
  readonly code: number | NodeJS.Signals
}

export interface Supervisor {
  /** From now on this member is started again whenever it ends. */
  watch(member: ServiceProcess, again: () => Promise<ServiceProcess>): void
  readonly deaths: readonly Death[]
  /** Aborts when a member cannot be started any more. */
  readonly gaveUp: AbortSignal
  /** No member is started again; resolves when none is being started. */
  stop(): Promise<void>
}

const TRIES = 5
const PAUSE_MS = 500

/** Starts dead members again, as a cluster's own supervisor would. */
export function createSupervisor(clock: Clock, onProgress: (line: string) => void): Supervisor {
  const deaths: Death[] = []
  const stopping = new AbortController()
  const gaveUp = new AbortController()
  const restarts = new Set<Promise<void>>()

  async function restart(instance: string, again: () => Promise<ServiceProcess>): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        await clock.sleep(PAUSE_MS * tries, stopping.signal)
        await again()
        return
      } catch (error) {
        if (stopping.signal.aborted) return
        onProgress(`${instance} did not start: ${error instanceof Error ? error.message : String(error)}`)
        if (tries < TRIES) continue
        gaveUp.abort(new Error(`${instance} could not be started ${TRIES} times`, { cause: error }))
        return
      }
    }
  }

  return {
    deaths,
    gaveUp: gaveUp.signal,
    watch(member, again) {
      void member.exited.then((code) => {
        if (stopping.signal.aborted) return
        deaths.push({ instance: member.instance, code })
        onProgress(`${member.instance} ended with ${code} and is started again`)
        const done = restart(member.instance, again).finally(() => restarts.delete(done))
        restarts.add(done)
      })
    },
    async stop() {
      stopping.abort()
      await Promise.all(restarts)
    },
  }
}
