import { accessSync, constants, mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Env } from './options.ts'

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))

/** Where the jars are kept for every copy of the repository; inside this copy when the home cannot be written. */
export function cacheDir(env: Env): string {
  if (env.ATLAS_CACHE) return resolve(env.ATLAS_CACHE)
  const shared = join(homedir(), '.cache/atlas-verify')
  return isWritable(shared) ? shared : join(REPOSITORY, '.cache/atlas-verify')
}

function isWritable(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
