import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Env } from '@atlas/runtime'

export interface ProgramRun {
  readonly exitCode: number
  /** Its last words. */
  readonly stderr: string
}

/** Runs a service's own program that tells what it does as one object a line; path from the root of the clone. */
export async function runProgram(
  path: string,
  env: Env,
  onLine: (line: object) => void,
  args: readonly string[] = [],
): Promise<ProgramRun> {
  const program = fileURLToPath(new URL(`../../../${path}`, import.meta.url))
  const child = spawn(process.execPath, ['--conditions=development', program, ...args], {
    env: { ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString('utf8')).slice(-8_000)
  })
  createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line) as object))
  const [code] = (await once(child, 'close')) as [number | null]
  return { exitCode: code ?? 130, stderr: stderr.trim() }
}
