import { systemClock } from '@atlas/runtime'
import type { Context } from '../context.ts'
import { CliError } from '../exit.ts'
import type { SourceWorks } from './import-table.ts'

const LOOK_MS = 500
/** As often as this nothing has moved: what was sent is read, and what was read is placed. */
const QUIET_LOOKS = 4
const PATIENCE_MS = 10 * 60_000

interface AcrossSources {
  readonly bySource: readonly SourceWorks[]
}

/** Live works by source, once ingest has sent everything and the matcher's counts and positions stand still. */
export async function worksWhenMatched(context: Pick<Context, 'call'>): Promise<readonly SourceWorks[]> {
  const deadline = systemClock.monotonic() + PATIENCE_MS
  let last = ''
  for (let quiet = 0; systemClock.monotonic() < deadline; ) {
    const { sources: sent } = await ask<{ sources: readonly { unsent: number }[] }>(context, 'ingest', '/v1/sources')
    const { positions } = await ask<{ positions: readonly object[] }>(context, 'matcher', '/internal/consumers')
    const { bySource } = await ask<AcrossSources>(context, 'matcher', '/internal/works/across-sources')
    const now = JSON.stringify([positions, bySource])
    quiet = now === last && sent.every(({ unsent }) => unsent === 0) ? quiet + 1 : 0
    if (quiet === QUIET_LOOKS) return bySource
    last = now
    await systemClock.sleep(LOOK_MS)
  }
  throw new CliError('the matcher has not read everything yet; "./atlas sources" says what waits')
}

async function ask<T>(context: Pick<Context, 'call'>, owner: 'ingest' | 'matcher', path: string): Promise<T> {
  return (await context.call(owner, 'GET', path)) as T
}
