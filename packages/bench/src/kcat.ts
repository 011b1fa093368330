import { spawn } from 'node:child_process'
import { findProgram } from './find-program.ts'

/** Where kcat is, the yardstick for Kafka clients; undefined when it is not installed. */
export function findKcat(path: string): string | undefined {
  return findProgram(path, ['kcat', 'kafkacat'])
}

/** Runs kcat to its end and returns how long it took, in seconds. */
export async function timeKcat(kcat: string, args: readonly string[]): Promise<number> {
  const start = performance.now()
  const child = spawn(kcat, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2_000)
  })
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit) => resolve(exit ?? 1))
  })
  if (code !== 0) throw new Error(`kcat ended with ${code}: ${stderr}`)
  return (performance.now() - start) / 1000
}
