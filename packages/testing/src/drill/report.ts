import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock } from '@atlas/runtime'

/** What happened in a drill, a line each, with the seconds since its start. */
export interface Report {
  readonly file: string
  say(line: string): void
}

/** Writes every line to the file at once, so that it is there however the drill ends, and hands it on. */
export function createReport(clock: Clock, file: string, print: (line: string) => void): Report {
  const started = clock.monotonic()
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
  return {
    file,
    say(text) {
      const line = `${((clock.monotonic() - started) / 1000).toFixed(1).padStart(6)} s  ${text}`
      appendFileSync(file, `${line}\n`)
      print(line)
    },
  }
}
