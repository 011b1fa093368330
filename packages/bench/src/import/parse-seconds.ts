import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** CPU seconds of `JSON.parse` of each line of a file, once, in a fresh process. */
export async function parseSeconds(path: string, records: number): Promise<number> {
  const child = fileURLToPath(new URL('./parse-main.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, child, path])
  const parsed = JSON.parse(stdout) as { readonly seconds: number; readonly records: number }
  if (parsed.records !== records) throw new Error(`${parsed.records} of ${records} lines were parsed`)
  return parsed.seconds
}
