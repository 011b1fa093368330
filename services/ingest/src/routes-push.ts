import { once } from 'node:events'
import { type Clock, type Logger, type Metrics, methodNotAllowed, Problem } from '@atlas/runtime'
import { type Request, type Response, Router } from 'express'
import { countsOf, type LineResult } from './arriving.ts'
import { chunkCommitted, pushDone, pushFailed } from './events.ts'
import { type AdmitParts, admitForSource } from './push/admit-key.ts'
import { ClientGoneError } from './push/body.ts'
import { readHead } from './push/request-head.ts'
import { type Push, type PushParts, runPush } from './push/run-push.ts'
import { findBatch } from './store/batches.ts'
import { listRefused, type RefusedRow } from './store/refused-lines.ts'

export interface PushRouteParts extends PushParts, Omit<AdmitParts, 'database'> {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly clock: Clock
}

/** Where sources send their records, and where they read how far they came and what was refused. */
export function pushRoutes(parts: PushRouteParts): Router {
  const admit = (request: Request, response: Response) =>
    admitForSource(parts, request, response, String(request.params['source']))
  return Router()
    .post('/v1/sources/:source/records', async (request, response) => {
      const caller = await admit(request, response)
      const head = readHead(request, request.query, parts.clock.now())
      if (!head.dryRun) await parts.admission.check()
      await push(parts, { ...caller, head, request }, response)
    })
    .all('/v1/sources/:source/records', methodNotAllowed(['POST']))
    .get('/v1/sources/:source/batches/:batchId', async (request, response) => {
      const { adapter } = await admit(request, response)
      const batch = await findBatch(parts.database, adapter.source, String(request.params['batchId']))
      if (!batch) throw new Problem(404, 'not_found', 'nothing was kept under this Batch-Id')
      response.json(batch)
    })
    .all('/v1/sources/:source/batches/:batchId', methodNotAllowed(['GET']))
    .get('/v1/sources/:source/batches/:batchId/refused', async (request, response) => {
      const { adapter } = await admit(request, response)
      await sendRefused(parts, adapter.source, request.params.batchId, response)
    })
    .all('/v1/sources/:source/batches/:batchId/refused', methodNotAllowed(['GET']))
}

async function push(parts: PushRouteParts, push: Push, response: Response): Promise<void> {
  const { logger, metrics } = parts
  const about = { source: push.adapter.source, batchId: push.head.batchId ?? '', keyId: push.key.id }
  const onResults = async (results: readonly LineResult[]) => {
    if (!push.head.dryRun) chunkCommitted(metrics, countsOf(results))
    if (push.head.verbose) await sendLines(response, results)
  }
  try {
    const summary = await runPush(parts, { ...push, onResults })
    if (!push.head.dryRun) pushDone(logger, { ...about, batchId: summary.batchId, counts: summary.counts })
    if (!push.head.verbose) response.json(summary)
    else {
      await sendLines(response, [{ summary }])
      response.end()
    }
  } catch (error) {
    const code =
      error instanceof Problem ? error.code : error instanceof ClientGoneError ? 'client_gone' : 'internal_error'
    const committedLines = error instanceof Problem ? Number(error.options.extensions?.['committedLines'] ?? 0) : 0
    pushFailed(logger, { ...about, committedLines }, code)
    // Nobody is there to be answered.
    if (error instanceof ClientGoneError) response.destroy()
    else throw error
  }
}

/** Waits for a reader who is slower than we are. */
export async function sendLines(response: Response, lines: readonly object[]): Promise<void> {
  if (!response.headersSent) response.status(200).type('application/x-ndjson')
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  if (!response.write(text) && !response.destroyed) await readOn(response)
}

/** Until the reader has caught up, or gone. Leaves no listener behind: a long answer waits thousands of times. */
async function readOn(response: Response): Promise<void> {
  const over = new AbortController()
  const { signal } = over
  try {
    await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })])
  } finally {
    over.abort()
  }
}

const PAGE = 1_000

async function sendRefused(parts: PushRouteParts, source: string, batchId: string, response: Response): Promise<void> {
  response.status(200).type('application/x-ndjson')
  let after = 0
  for (;;) {
    const rows = await listRefused(parts.database, source, batchId, after, PAGE)
    if (rows.length > 0) await sendLines(response, rows.map(refusedView))
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    after = last.id
  }
  response.end()
}

/** The head as text: what cannot be read as UTF-8 shows as a replacement character. */
export function refusedView({ line, offset, code, detail, pointer, column, head }: RefusedRow) {
  return { line, offset, code, detail, pointer, column, head: head.toString('utf8') }
}
