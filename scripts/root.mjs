import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** The Node 24 that the workspace brings along; undefined before the set-up. */
export function node24() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const candidates = [`node_modules/node-${platform}-${process.arch}/bin/node`, 'node_modules/.bin/node'].map((path) =>
    join(ROOT, path),
  )
  const ownIsNew = Number(process.versions.node.split('.')[0]) >= 24
  return candidates.find((path) => existsSync(path)) ?? (ownIsNew ? process.execPath : undefined)
}
