import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))

/** The folder of a labelled set beside the clone; undefined where it is not on this machine. */
export function labelledSet(name: string, shared: string | undefined): string | undefined {
  const folder = resolve(ROOT, shared ?? '../shared', 'data/benchmarks', name)
  return existsSync(folder) ? folder : undefined
}

/** The same of a folder of sample records. */
export function sampleFolder(name: string, shared: string | undefined): string | undefined {
  const folder = resolve(ROOT, shared ?? '../shared', 'data/samples', name)
  return existsSync(folder) ? folder : undefined
}
