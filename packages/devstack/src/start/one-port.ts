import { portsOf } from './ports.ts'
import type { Starting } from './starting.ts'

export async function onePort(starting: Starting, name: string, retry: number): Promise<number> {
  const [port] = await portsOf(starting, name, 1, retry)
  if (port === undefined) throw new Error(`no port for ${name}`)
  return port
}
