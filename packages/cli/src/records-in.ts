import { realpath } from 'node:fs/promises'
import type { UnifiedRecord } from '@atlas/evaluation'
import type { Context } from './context.ts'
import { CliError } from './exit.ts'
import { runProgram } from './run-program.ts'

/**
 * Record files, read by ingest's own program: its adapters are its own. The folder may lie behind a link, which who names it
 * knows; links inside it are refused.
 */
export async function recordsIn<T extends object = UnifiedRecord>(
  context: Pick<Context, 'env' | 'note'>,
  folder: string,
  source: string | undefined,
): Promise<T[]> {
  const records: T[] = []
  const refused = new Map<string, number>()
  const run = await runProgram(
    'services/ingest/src/read-main.ts',
    context.env,
    (line) => {
      const { event, ...rest } = line as { readonly event: string; readonly code?: string }
      if (event === 'record') records.push(rest as T)
      else refused.set(rest.code ?? '', (refused.get(rest.code ?? '') ?? 0) + 1)
    },
    [...(source === undefined ? [] : ['--source', source]), '--', await resolved(folder)],
  )
  if (run.exitCode !== 0) throw new CliError(run.stderr || `reading ended with ${run.exitCode}`)
  for (const [code, count] of refused) context.note(`${count} files or records were not read: ${code}`)
  return records
}

async function resolved(folder: string): Promise<string> {
  try {
    return await realpath(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new CliError(`no folder "${folder}"`)
    throw error
  }
}
