import type { ChildProcess } from 'node:child_process'
import { open, readFile } from 'node:fs/promises'
import type { Guard, GuardedCommand } from './guard.ts'
import { childrenOf, isGone } from './process-tree.ts'
import { waitUntil } from './wait-until.ts'

export interface PartCommand extends Omit<GuardedCommand, 'log' | 'orphanSignal'> {
  readonly name: string
  readonly logFile: string
  /** What ends it in an orderly way; SIGKILL follows after `graceMs`. */
  readonly stopSignal: 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGKILL'
  readonly graceMs: number
  /** Its children share its fate: PostgreSQL, which is many processes. */
  readonly wholeTree?: boolean
  /** Undoes what a killed predecessor left behind. */
  readonly beforeStart?: () => Promise<void>
  /**
   * One real request to process `pid`; throws while it cannot answer, and when somebody else's server answers on its
   * port: two stacks that start at the same time may choose the same one.
   */
  readonly ask: (pid: number) => Promise<unknown>
}

/** The part lost the race for one of its ports; new ports are worth a try. */
export class PortClashError extends Error {}

const CLASH = /address already in use|could not bind|failed to bind|already bound|bindexception|seems to be in use/i
const READY_TIMEOUT_MS = 120_000
const ENDING = new Set<NodeJS.Signals>(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGQUIT'])

/** One server process: started by a guard, ready when it answered a request, and startable again after a kill. */
export class PartProcess {
  readonly command: PartCommand
  readonly #guard: Guard
  #child: (ChildProcess & { readonly pid: number }) | undefined
  #exited: Promise<void> = Promise.resolve()

  constructor(guard: Guard, command: PartCommand) {
    this.#guard = guard
    this.command = command
  }

  get name(): string {
    return this.command.name
  }

  get pid(): number | undefined {
    return this.isRunning() ? this.#child?.pid : undefined
  }

  isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Returns when the part has answered a real request. */
  async start(): Promise<void> {
    if (this.isRunning()) throw new Error(`part "${this.name}" is running already`)
    await this.command.beforeStart?.()
    const { logFile, name, ask } = this.command
    const log = await open(logFile, 'a')
    const from = (await log.stat()).size
    try {
      const orphanSignal = this.command.stopSignal.slice(3) as 'INT' | 'QUIT' | 'TERM' | 'KILL'
      this.#child = await this.#guard.spawn({ ...this.command, log: log.fd, orphanSignal })
    } finally {
      await log.close()
    }
    const child = this.#child
    this.#exited = new Promise((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
    })
    const unless = this.#exited.then(async () => {
      throw await startFailure(name, logFile, from)
    })
    unless.catch(() => undefined) // it may well exit later, when nobody waits for it to start any more
    await waitUntil(() => ask(child.pid), { what: name, timeoutMs: READY_TIMEOUT_MS, everyMs: 20, unless })
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child
    if (child === undefined || !this.isRunning()) throw new Error(`part "${this.name}" is not running`)
    // A stopped parent makes no more children, hence the list is complete when read after it; on SIGKILL the parent is
    // frozen first for the same reason.
    if (this.command.wholeTree && (signal === 'SIGKILL' || signal === 'SIGSTOP')) child.kill('SIGSTOP')
    const children = this.command.wholeTree ? await childrenOf(child.pid) : []
    child.kill(signal)
    if (signal === 'SIGKILL' || signal === 'SIGSTOP' || signal === 'SIGCONT') {
      for (const pid of children) killIfThere(pid, signal)
    }
    if (!ENDING.has(signal)) return
    await this.#exited
    const allGone = async () => {
      for (const pid of children) if (!(await isGone(pid))) throw new Error(`process ${pid} is left`)
    }
    await waitUntil(allGone, {
      what: `the end of ${this.name}'s children`,
      timeoutMs: 10_000,
      everyMs: 10,
    })
  }

  /** Ends the process if it runs: in an orderly way, or with SIGKILL when that takes too long. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child === undefined || !this.isRunning()) return
    const { stopSignal, graceMs } = this.command
    const children = this.command.wholeTree ? await childrenOf(child.pid) : []
    for (const pid of children) killIfThere(pid, 'SIGCONT') // a part stopped by a test must be able to hear the signal
    child.kill(stopSignal)
    child.kill('SIGCONT')
    const timer = setTimeout(() => void this.signal('SIGKILL').catch(() => undefined), graceMs)
    await this.#exited
    clearTimeout(timer)
  }
}

function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function startFailure(name: string, logFile: string, from: number): Promise<Error> {
  const written = (await readFile(logFile)).subarray(from).toString()
  const lines = written.trimEnd().split('\n').slice(-15).join('\n')
  if (CLASH.test(written)) return new PortClashError(`a port of ${name} was taken\n${lines}`)
  return new Error(`${name} has exited; its last lines (${logFile}):\n${lines}`)
}
