import { readFileSync } from 'node:fs'
import { cpus } from 'node:os'

// Linux counts in hundredths of a second, whatever the kernel's own tick (proc(5), USER_HZ).
const TICKS_PER_SECOND = 100

/** CPU seconds, user and system, that these processes have used since they began; all threads. */
export function cpuSecondsOf(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold anything; fields are counted from behind it: utime and stime are the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    ticks += Number(fields[11]) + Number(fields[12])
  }
  return ticks / TICKS_PER_SECOND
}

/** CPU seconds of this process since `before`; all threads, those of a library it calls, too. */
export function cpuSecondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** Seconds of all cores together that anything has used, since the machine began. */
export function machineSeconds(): number {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1000
}

/** The same to the nanosecond, of the main thread of one process (proc(5), schedstat). */
export function threadSecondsOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e9
}
