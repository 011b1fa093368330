import { once } from 'node:events'
import { connect } from 'node:net'
import type { PartCommand } from '../part-process.ts'

export interface RedisOptions {
  readonly program: string
  readonly port: number
  readonly dataDir: string
  readonly logFile: string
}

/** Sessions and rate limits only: nothing is written to disk, and nothing is evicted silently. */
export function redisCommand({ program, port, dataDir, logFile }: RedisOptions): PartCommand {
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', dataDir, '--save', '', '--appendonly', 'no']
  return {
    name: 'redis',
    command: program,
    args: [...settings, '--maxmemory-policy', 'noeviction'],
    env: process.env,
    cwd: '/',
    logFile,
    stopSignal: 'SIGTERM',
    graceMs: 5_000,
    ask: (pid) => askRedis(`redis://127.0.0.1:${port}`, 'INFO server', `process_id:${pid}\r\n`),
  }
}

export function pingRedis(url: string): Promise<void> {
  return askRedis(url, 'PING', '+PONG')
}

async function askRedis(url: string, command: string, expected: string): Promise<void> {
  const { hostname, port, username, password } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port || 6379) })
  socket.setTimeout(2_000, () => socket.destroy(new Error(`Redis at "${hostname}:${port}" does not answer`)))
  try {
    await once(socket, 'connect')
    const login =
      password === '' ? '' : `AUTH ${[username, password].filter(Boolean).map(decodeURIComponent).join(' ')}\r\n`
    socket.write(`${login}${command}\r\n`)
    let received = ''
    for await (const chunk of socket) {
      received += String(chunk)
      if (received.includes(expected)) return
      if (/^-/m.test(received)) throw new Error(`Redis answers "${received.trim()}"`)
    }
    throw new Error(`Redis at "${hostname}:${port}" closed the connection`)
  } finally {
    socket.destroy()
  }
}
