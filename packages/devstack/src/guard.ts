import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface GuardedCommand {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cwd: string
  /** The user to run as, where that is not ours. */
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** File descriptor that gets both outputs. */
  readonly log: number
  /** What ends it when its owner has died. */
  readonly orphanSignal: 'INT' | 'QUIT' | 'TERM' | 'KILL'
}

/** Starts processes that cannot outlive this one, even when it is killed with SIGKILL. */
export interface Guard extends AsyncDisposable {
  spawn(command: GuardedCommand): Promise<ChildProcess & { readonly pid: number }>
  /** The folder is removed when this process dies without having closed the guard. */
  removeWhenOrphaned(folder: string): Promise<void>
}

// The shell waits for a word before it becomes the server: by then the guard knows its number. Were we killed in
// between, the shell would read the end of the pipe and go.
const GATE = 'read -r go <&3 && [ "$go" = go ] && exec 3<&- && exec "$@"'

export async function createGuard(): Promise<Guard> {
  // Sessions of their own: Ctrl-C in the terminal must reach us only, who stop the parts in order.
  const keeper = spawn('/bin/sh', [fileURLToPath(new URL('guard.sh', import.meta.url))], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  await once(keeper, 'spawn')
  keeper.stdin.on('error', () => keeper.kill()) // it has gone; what it answers next fails below
  const answers = createInterface({ input: keeper.stdout })[Symbol.asyncIterator]()
  let turn: Promise<unknown> = Promise.resolve()

  function tell(line: string): Promise<void> {
    const told = turn.then(async () => {
      keeper.stdin.write(`${line}\n`)
      if ((await answers.next()).done === true) throw new Error('the guard of the dev stack has died')
    })
    turn = told.catch(() => undefined)
    return told
  }

  return {
    async spawn(command) {
      const child = await spawnGated(command)
      child.once('exit', () => keeper.stdin.writable && keeper.stdin.write(`-${child.pid}\n`))
      await tell(`+${child.pid} ${command.orphanSignal}`)
      const gate = child.stdio[3]
      if (gate === null || gate === undefined || !('end' in gate))
        throw new Error('the gate of a guarded process is missing')
      gate.on('error', () => child.kill('SIGKILL')) // it exited before the word came: its exit tells more
      gate.end('go\n')
      return child
    },
    removeWhenOrphaned: (folder) => tell(`!${folder}`),
    async [Symbol.asyncDispose]() {
      if (keeper.exitCode !== null || keeper.signalCode !== null) return
      const exited = once(keeper, 'exit')
      keeper.kill('SIGKILL')
      await exited
    },
  }
}

async function spawnGated({
  command,
  args,
  env,
  cwd,
  user,
  log,
}: GuardedCommand): Promise<ChildProcess & { readonly pid: number }> {
  const options: SpawnOptions = { detached: true, cwd, env: { ...env }, stdio: ['ignore', log, log, 'pipe'], ...user }
  const child = spawn('/bin/sh', ['-c', GATE, 'sh', command, ...args], options)
  await once(child, 'spawn')
  const { pid } = child
  if (pid === undefined) throw new Error(`failed to start "${command}"`)
  return Object.assign(child, { pid })
}
