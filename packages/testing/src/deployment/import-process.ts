import type { Env } from '@atlas/runtime'
import { type ProgramRun, runProgram } from './run-program.ts'

/** What ingest's own import program tells, one object a line. */
export interface ImportEvent {
  readonly event: 'progress' | 'file' | 'refused' | 'done'
  readonly [field: string]: unknown
}

/** Exit code 0: all kept; 3: records refused; 5: a file unreadable, or not to its end; 130: cut short; else a failure. */
export type ImportRun = ProgramRun

export interface ImportOptions {
  readonly env: Env
  /** Arguments of the program: paths, `--source`, `--report` … */
  readonly args: readonly string[]
  readonly onEvent: (event: ImportEvent) => void
  readonly onStart?: (pid: number) => void
  readonly stdin?: 'inherit'
}

// Little of what an import makes outlives its chunk: a young generation of 64 MB costs 80 MB and saves no time.
const FLAGS = ['--max-semi-space-size=16']

/** Runs ingest's import as a process of its own, beside the running service. */
export function runImport({ onEvent, ...options }: ImportOptions): Promise<ImportRun> {
  const onLine = (line: object) => onEvent(line as ImportEvent)
  return runProgram({ ...options, path: 'services/ingest/src/import-main.ts', flags: FLAGS, onLine })
}
