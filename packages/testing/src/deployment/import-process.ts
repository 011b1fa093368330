import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Env } from '@atlas/runtime'

/** What ingest's own import program tells, one object a line. */
export interface ImportEvent {
  readonly event: 'progress' | 'file' | 'refused' | 'done'
  readonly [field: string]: unknown
}

export interface ImportRun {
  /** 0: all kept; 3: some refused or unreadable; 130: cut short; else a failure. */
  readonly exitCode: number
  readonly stderr: string
}

export interface ImportOptions {
  readonly env: Env
  /** Arguments of the program: paths, `--source`, `--report` … */
  readonly args: readonly string[]
  readonly onEvent: (event: ImportEvent) => void
  readonly onStart?: (pid: number) => void
}

const program = fileURLToPath(new URL('../../../../services/ingest/src/import-main.ts', import.meta.url))

/** Runs ingest's import as a process of its own, beside the running service. */
export function runImport({ env, args, onEvent, onStart }: ImportOptions): Promise<ImportRun> {
  const child = spawn(process.execPath, ['--conditions=development', program, ...args], {
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) onStart?.(child.pid)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-8_000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => onEvent(JSON.parse(line) as ImportEvent))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ exitCode: code ?? (signal === 'SIGINT' ? 130 : 1), stderr }))
  })
}
