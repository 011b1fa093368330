import { once } from 'node:events'
import { createServer } from 'node:net'

// Below the ports that systems hand out by themselves (from 32768 on Linux): a client that keeps reconnecting to a
// killed server's port could otherwise be given that very port, connect to itself, and keep the server from it.
const LOWEST = 20_000
const HIGHEST = 32_000
const TRIES = 50

/** A port of 127.0.0.1 on which nothing listened a moment ago; whoever takes it must still be ready for a clash. */
export async function freePort(): Promise<number> {
  for (let i = 0; i < TRIES; i++) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))
    if (await canListen(port)) return port
  }
  throw new Error(`no free port between ${LOWEST} and ${HIGHEST} in ${TRIES} tries`)
}

export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) ports.add(await freePort())
  return [...ports]
}

export async function canListen(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    return true
  } catch {
    return false // taken
  } finally {
    server.close()
  }
}
