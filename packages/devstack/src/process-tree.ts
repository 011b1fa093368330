import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

/** The processes whose parent is `pid`, at this moment. */
export async function childrenOf(pid: number): Promise<number[]> {
  const pairs = process.platform === 'linux' ? await parentsFromProc() : await parentsFromPs()
  return pairs.filter(([, parent]) => parent === pid).map(([child]) => child)
}

/** True for a process that has ended; a zombie has, even where nobody collects it. */
export async function isGone(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
  return process.platform === 'linux' && (await isZombie(pid))
}

async function isZombie(pid: number): Promise<boolean> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z')
  } catch {
    return true // it ended while we asked
  }
}

async function parentsFromProc(): Promise<Array<readonly [number, number]>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const pairs = await Promise.all(pids.map(parentOf))
  return pairs.filter((pair) => pair !== undefined)
}

async function parentOf(pid: string): Promise<readonly [number, number] | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The second field is the program's name in parentheses, which may hold spaces and parentheses.
    return [Number(pid), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])]
  } catch {
    return undefined // it ended while we read
  }
}

async function parentsFromPs(): Promise<Array<readonly [number, number]>> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='])
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent] = line.trim().split(/\s+/).map(Number)
      return [pid ?? 0, parent ?? 0] as const
    })
}
