import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** How to get the yardstick for works: bib-dedupe is no part of the project. */
export const NO_BIB_DEDUPE =
  'bib-dedupe is not installed: python3 -m venv FOLDER && FOLDER/bin/pip install bib-dedupe==0.11.0, then BIB_DEDUPE_FROM=FOLDER'

export interface BibRecord {
  readonly id: string
  readonly title: string
  readonly authors: readonly string[]
  readonly year: number | null
  readonly venue: string
}

export interface BibClusters {
  readonly version: string
  /** Of CPU, from records in memory to clusters. */
  readonly seconds: number
  /** Those of two records or more. */
  readonly clusters: readonly (readonly string[])[]
}

/** The Python that has it: of the folder given, else of the path. Undefined where there is none. */
export async function findBibDedupe(from: string | undefined, path: string): Promise<string | undefined> {
  const folders = from === undefined ? path.split(delimiter) : [join(from, 'bin'), from]
  const python = folders.map((folder) => join(folder, 'python3')).find((file) => existsSync(file))
  if (python === undefined) return undefined
  const found = await promisify(execFile)(python, ['-c', 'import bib_dedupe']).then(
    () => true,
    (error: Error) => {
      // Python says so when a module is not there; anything else is worth seeing.
      if (error.message.includes('ModuleNotFoundError')) return false
      throw error
    },
  )
  return found ? python : undefined
}

/** Runs it once, on one core, in a process of its own. */
export async function runBibDedupe(python: string, records: readonly BibRecord[]): Promise<BibClusters> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
  await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
  const file = join(folder, 'records.ndjson')
  await writeFile(file, records.map((record) => `${JSON.stringify(record)}\n`).join(''))
  const script = fileURLToPath(new URL('./bib-dedupe.py', import.meta.url))
  // Its libraries use every core they find.
  const env = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', PYTHONWARNINGS: 'ignore' }
  const { stdout } = await promisify(execFile)(python, [script, file], { env, maxBuffer: 64 * 1024 * 1024 })
  return JSON.parse(stdout) as BibClusters
}
