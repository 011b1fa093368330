import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { devPaths, REPOSITORY } from './paths.ts'
import type { DevOptions } from './up.ts'

export interface LogTail {
  readonly file: string
  readonly lines: readonly string[]
}

/** The last lines of each part's log, or of those whose name begins with `part`. */
export async function devLogs({
  repository = REPOSITORY,
  part = '',
  lines = 20,
}: DevOptions & LogChoice = {}): Promise<LogTail[]> {
  const { logs } = devPaths(repository)
  const names = (await logFiles(logs)).filter((name) => name.endsWith('.log') && name.startsWith(part))
  return Promise.all(
    names.sort().map(async (name) => {
      const file = join(logs, name)
      return { file, lines: (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-lines) }
    }),
  )
}

export interface LogChoice {
  readonly part?: string
  readonly lines?: number
}

async function logFiles(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
