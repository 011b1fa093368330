import type { Stack } from '@atlas/devstack'
import { type Clock, RetryableError } from '@atlas/runtime'
import type { Deployment, ServiceProcess } from '../deployment/index.ts'
import type { Phase } from './fail-points.ts'
import { type Fault, nameOf } from './plan.ts'
import { lagsOf, moves, type Positions, positionsOf, unmoved } from './positions.ts'
import { waitFor } from './wait-for.ts'

/** Environment that a member gets when it is started the next time, and then no more. */
export type Armed = Map<string, Readonly<Record<string, string>>>

export interface NemesisOptions {
  readonly deployment: Deployment
  readonly stack: Pick<Stack, 'kill' | 'start'>
  readonly armed: Armed
  /** Members that ended before they had said that they run, oldest first. */
  readonly failedStarts: readonly { readonly instance: string; readonly code: string }[]
  readonly clock: Clock
  readonly say: (line: string) => void
}

export interface Nemesis {
  /** Injects a fault under load, once every group has moved since the last one, and heals what does not heal itself. */
  inject(phase: Phase, fault: Fault, load: () => Promise<void>): Promise<void>
  /** Members that were killed, and how many of them at a fail point. */
  readonly kills: () => number
  readonly atPoints: () => number
}

/** How many portions of load a fault takes. */
export const portionsFor = (fault: Fault) => (fault.type === 'failpoint' || fault.type === 'registry' ? 2 : 1)

const MOVE_MS = 120_000
const DEATH_MS = 120_000

export function createNemesis({ deployment, stack, armed, failedStarts, clock, say }: NemesisOptions): Nemesis {
  const done = { kills: 0, atPoints: 0 }
  const last = new Map<Phase, Positions>()
  let lastOfAll: Positions = new Map()
  const signal = deployment.gaveUp

  async function everyGroupMoved(phase: Phase, before: string): Promise<void> {
    const since = last.get(phase) ?? new Map()
    let still: readonly string[] = ['any group']
    const now = await waitFor(
      { clock, signal, timeoutMs: MOVE_MS, what: () => `${still.join(', ')} to move before the ${before}` },
      async () => {
        const positions = await positionsOf(deployment.open, phase)
        if (positions.size === 0) return undefined
        still = [...unmoved(since, positions), ...(await stuck())]
        return still.length === 0 ? positions : undefined
      },
    )
    say(`progress: ${moves(since, now)}`)
  }

  /**
   * Groups that have not moved since the last fault and have something left to read, whatever flows in this phase: a
   * message two members die on is put aside at the third start, and only faults that are apart leave it out of that.
   */
  async function stuck(): Promise<readonly string[]> {
    const lags = await lagsOf(deployment).catch((error: unknown) => {
      if (error instanceof RetryableError) return undefined
      throw error
    })
    // A broker that has just come back leads nothing for a moment.
    if (lags === undefined) return ['the ends of the logs']
    const all = await positionsOf(deployment.open)
    return unmoved(lastOfAll, all).filter((name) => (lags.get(name) ?? 0) > 0)
  }

  /** Returns once the member has ended and another runs in its place. */
  async function replaced(instance: string, how: NodeJS.Signals): Promise<ServiceProcess> {
    const member = deployment.members.get(instance)
    if (!member) throw new Error(`there is no member ${instance}`)
    member.kill(how)
    return waitFor({ clock, signal, what: `${instance} to run again`, timeoutMs: DEATH_MS }, () => {
      const next = deployment.members.get(instance)
      return next === member ? undefined : next
    })
  }

  async function killed(instance: string): Promise<void> {
    await replaced(instance, 'SIGKILL')
    done.kills++
  }

  /** Leaves in order, comes back with the point armed, works, and dies there. A point that nobody passes is an error. */
  async function dieAt(phase: Phase, fault: Fault & { type: 'failpoint' }, load: () => Promise<void>): Promise<void> {
    const instance = `${fault.service}-${fault.index}`
    const before = deployment.members.get(instance)
    if (!before) throw new Error(`there is no member ${instance}`)
    const failed = failedStarts.length
    armed.set(instance, { ATLAS_FAILPOINT: `${fault.point}:${fault.pass}`, NODE_ENV: 'test' })
    before.kill('SIGTERM')
    let code: number | string | undefined
    const back = { clock, signal, what: `${instance} to come back with ${fault.point} armed`, timeoutMs: DEATH_MS }
    await waitFor(back, () => {
      // What it left undone may lead it to the point before it has said that it runs.
      code = failedStarts.slice(failed).find((start) => start.instance === instance)?.code
      const member = deployment.members.get(instance)
      if (member !== before) void member?.exited.then((ended) => (code ??= ended))
      return code === undefined && member === before ? undefined : true
    })
    const what = `${instance} to die at ${fault.point}, which is armed and was not passed ${fault.pass} times`
    await Promise.all([
      load(),
      waitFor({ clock, signal, what, timeoutMs: DEATH_MS }, () => code).then(() => remember(phase)),
    ])
    if (code !== 'SIGKILL') throw new Error(`${instance} ended with ${code} instead of dying at ${fault.point}`)
    done.kills++
    done.atPoints++
  }

  /** Where the groups stand now: what they have to move on from before the next fault. */
  async function remember(phase: Phase): Promise<void> {
    last.set(phase, await positionsOf(deployment.open, phase))
    lastOfAll = await positionsOf(deployment.open)
  }

  async function away(fault: Fault & { type: 'registry' }, load: () => Promise<void>): Promise<void> {
    await stack.kill('registry', 'SIGKILL')
    const until = clock.monotonic() + fault.awayMs
    await Promise.all([load(), killed(`${fault.service}-${fault.index}`)])
    await clock.sleep(Math.max(0, until - clock.monotonic()), signal)
    await stack.start('registry')
  }

  return {
    kills: () => done.kills,
    atPoints: () => done.atPoints,
    async inject(phase, fault, load) {
      const name = nameOf(fault)
      const strike = async () => {
        await everyGroupMoved(phase, name)
        say(name)
        if (fault.type === 'kill') await killed(`${fault.service}-${fault.index}`)
        if (fault.type === 'part') {
          await stack.kill(fault.part, 'SIGKILL')
          await stack.start(fault.part)
        }
        await remember(phase)
      }
      await Promise.all([load(), strike()])
      if (fault.type === 'failpoint') await dieAt(phase, fault, load)
      if (fault.type === 'registry') await away(fault, load)
    },
  }
}
