import { readFileSync, writeFileSync } from 'node:fs'

/** From now on the highest memory of a process is counted anew (proc(5), clear_refs). */
export function forgetHighest(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

/** Highest resident memory of a running process, bytes. */
export function highestOf(pid: number): number {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  if (!found) throw new Error(`process ${pid} says nothing of its memory`)
  return Number(found[1]) * 1024
}
