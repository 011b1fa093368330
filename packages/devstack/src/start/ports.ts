import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { canListen, freePorts } from '../free-port.ts'
import type { Starting } from './starting.ts'

/**
 * The ports of a part: those of the last start when they are free, so that addresses in a developer's shell stay true,
 * else fresh ones. A retry never takes the old ones.
 */
export async function portsOf({ options }: Starting, name: string, count: number, retry: number): Promise<number[]> {
  const file = join(options.dataDir, 'ports.json')
  const known = retry > 0 || !options.persistent ? [] : ((await readPorts(file))[name] ?? [])
  const usable = known.length === count && (await Promise.all(known.map(canListen))).every(Boolean)
  const ports = usable ? known : await freePorts(count)
  if (options.persistent && !usable) await remember(file, name, ports)
  return ports
}

let turn: Promise<void> = Promise.resolve()

/** One after the other: the parts start at the same time and share the file. */
function remember(file: string, name: string, ports: readonly number[]): Promise<void> {
  turn = turn.then(async () => {
    const all = { ...(await readPorts(file)), [name]: ports }
    await writeFile(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`)
    await rename(`${file}.new`, file)
  })
  return turn
}

async function readPorts(file: string): Promise<Readonly<Record<string, number[]>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, number[]>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
