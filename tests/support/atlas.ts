import { execFile } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export interface AtlasRun {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Its lines of JSON. */
  readonly lines: readonly Record<string, unknown>[]
}

export const ATLAS = fileURLToPath(new URL('../../atlas', import.meta.url))

/** Runs the command line as a person does: the program itself, told of a deployment by its environment only. */
export function atlas(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  timeout = 60_000,
): Promise<AtlasRun> {
  const { PATH, HOME } = process.env
  return new Promise((resolve, reject) => {
    execFile(
      ATLAS,
      args,
      { env: { PATH, HOME, USER: 'tester', ...env }, timeout, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error && typeof error.code !== 'number') return reject(error)
        const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
        resolve({
          exitCode: Number(error?.code ?? 0),
          stdout,
          stderr,
          lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
        })
      },
    )
  })
}
