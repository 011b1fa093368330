import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from './root.mjs'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']
// npm passes on the Ctrl-C that the terminal has sent to all of us already: one wish, two signals.
const ECHO_MS = 1_000
const GRACE_MS = 30_000

/**
 * Runs a program in a process group of its own and returns its exit code. Signals to us reach the whole group once; the
 * group ends with us, even when we are killed.
 */
export async function runGroup(command, args, { env = process.env } = {}) {
  // A program outside the terminal's foreground group may not read from it; a pipe or a file is no such problem.
  const stdin = process.stdin.isTTY ? 'ignore' : 'inherit'
  const guard = spawn('/bin/sh', [join(ROOT, 'packages/devstack/src/guard.sh')], {
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const child = spawn(command, args, { cwd: ROOT, env, detached: true, stdio: [stdin, 'inherit', 'inherit'] })
  if (child.pid !== undefined) guard.stdin.write(`+-${child.pid} TERM\n`)

  let interrupted = false
  let lastSignal = Number.NEGATIVE_INFINITY
  let killTimer
  const handlers = SIGNALS.map((signal) => {
    const handler = () => {
      interrupted = true
      if (performance.now() - lastSignal < ECHO_MS) return
      lastSignal = performance.now()
      signalGroup(child.pid, signal)
      killTimer ??= setTimeout(() => signalGroup(child.pid, 'SIGKILL'), GRACE_MS)
    }
    process.on(signal, handler)
    return [signal, handler]
  })
  try {
    const [code, signal] = await Promise.race([
      once(child, 'exit'),
      once(child, 'error').then(([error]) => Promise.reject(error)),
    ])
    return { code: code ?? (signal === 'SIGINT' ? 130 : 1), interrupted }
  } finally {
    clearTimeout(killTimer)
    for (const [signal, handler] of handlers) process.off(signal, handler)
    if (interrupted) signalGroup(child.pid, 'SIGKILL') // what did not go with its leader
    guard.kill('SIGKILL')
    await once(guard, 'exit')
  }
}

function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
