import { once } from 'node:events'
import { type Clock, type Logger, type Metrics, methodNotAllowed, Problem, quoted } from '@atlas/runtime'
import { type Request, type Response, Router } from 'express'
import type { Adapter } from './adapters/adapter.ts'
import { countsOf, type LineResult } from './arriving.ts'
import { chunkCommitted, keyRefused, pushDone, pushFailed } from './events.ts'
import { authenticate } from './push/authenticate.ts'
import { ClientGoneError } from './push/body.ts'
import { readHead } from './push/request-head.ts'
import { type Push, type PushParts, runPush } from './push/run-push.ts'
import type { StoredKey } from './store/api-keys.ts'
import { listRefused, type RefusedRow } from './store/refused-lines.ts'

export interface PushRouteParts extends PushParts {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly clock: Clock
  readonly adapters: ReadonlyMap<string, Adapter>
}

/** Where sources send their records, and where they read what was refused. */
export function pushRoutes(parts: PushRouteParts): Router {
  return Router()
    .post('/v1/sources/:source/records', async (request, response) => {
      const { key, adapter } = await admit(parts, request)
      const head = readHead(request, request.query, parts.clock.now())
      await parts.admission.check()
      await push(parts, { adapter, key, head, request }, response)
    })
    .all('/v1/sources/:source/records', methodNotAllowed(['POST']))
    .get('/v1/sources/:source/batches/:batchId/refused', async (request, response) => {
      const { adapter } = await admit(parts, request)
      await sendRefused(parts, adapter.source, request.params.batchId, response)
    })
    .all('/v1/sources/:source/batches/:batchId/refused', methodNotAllowed(['GET']))
}

/** Who asks, and for which source: in this order, so that strangers learn nothing. */
async function admit(parts: PushRouteParts, request: Request): Promise<{ key: StoredKey; adapter: Adapter }> {
  const key = await authenticate(parts, request)
  const source = String(request.params['source'])
  const adapter = parts.adapters.get(source)
  const close = { headers: { Connection: 'close' } }
  if (!adapter)
    throw new Problem(404, 'unknown_source', `the sources are ${[...parts.adapters.keys()].join(', ')}`, close)
  if (key.sources.includes(source)) return { key, adapter }
  keyRefused(parts.logger, parts.metrics, key.id, 'other_source')
  throw new Problem(403, 'source_not_allowed', `this key is not for ${quoted(source)}`, close)
}

async function push(parts: PushRouteParts, push: Push, response: Response): Promise<void> {
  const { logger, metrics } = parts
  const about = { source: push.adapter.source, batchId: push.head.batchId ?? '', keyId: push.key.id }
  const onResults = async (results: readonly LineResult[]) => {
    chunkCommitted(metrics, countsOf(results))
    if (push.head.verbose) await sendLines(response, results)
  }
  try {
    const summary = await runPush(parts, { ...push, onResults })
    pushDone(logger, { ...about, batchId: summary.batchId, counts: summary.counts })
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
async function sendLines(response: Response, lines: readonly object[]): Promise<void> {
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
