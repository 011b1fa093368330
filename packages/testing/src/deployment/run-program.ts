import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Env } from '@atlas/runtime'

export interface ProgramOptions {
  /** From the root of the clone: `services/api/src/rebuild-main.ts`. */
  readonly path: string
  readonly env: Env
  readonly args?: readonly string[]
  /** Flags of Node itself. */
  readonly flags?: readonly string[]
  /** Told of each line the program writes, an object each. */
  readonly onLine: (line: object) => void
  readonly onStart?: (pid: number) => void
  /** Hands on what this process is fed. */
  readonly stdin?: 'inherit'
}

export interface ProgramRun {
  readonly exitCode: number
  /** Its last words. */
  readonly stderr: string
}

const root = new URL('../../../../', import.meta.url)

/** Runs a service's own program as a process beside the running service; resolves when it has ended. */
export function runProgram({
  path,
  env,
  args = [],
  flags = [],
  onLine,
  onStart,
  stdin,
}: ProgramOptions): Promise<ProgramRun> {
  const program = fileURLToPath(new URL(path, root))
  const child = spawn(process.execPath, ['--conditions=development', ...flags, program, ...args], {
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: [stdin ?? 'ignore', 'pipe', 'pipe'],
  })
  if (child.pid !== undefined) onStart?.(child.pid)
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-8_000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line) as object))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ exitCode: code ?? (signal === 'SIGINT' ? 130 : 1), stderr }))
  })
}
