import { type CommandVerifier, type Logger, methodNotAllowed, Problem, quoted } from '@atlas/runtime'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { importReceived, keyRefused } from './events.ts'
import { isResumable } from './import/import-file.ts'
import { importView, isOver } from './import/import-view.ts'
import { receiveUpload, type UploadParts } from './import/receive-upload.ts'
import { flag, parameter, readUploadHead } from './import/upload-head.ts'
import { type AdmitParts, adapterOf, admitKey, type KeyCaller } from './push/admit-key.ts'
import { quotaExceeded } from './push/admit-request.ts'
import { ClientGoneError } from './push/body.ts'
import { sendLines } from './routes-push.ts'
import { findImport, listImports, requestCancel, requeueImport, restartImport } from './store/import-queue.ts'
import { findSame, type ImportJob, type ImportState } from './store/imports.ts'
import { listRefused, type RefusedRow } from './store/refused-lines.ts'

export interface ImportRouteParts extends AdmitParts, UploadParts {
  readonly database: UploadParts['database']
  readonly clock: UploadParts['clock']
  readonly logger: Logger
  readonly verifier: CommandVerifier
}

const CLOSE = { headers: { Connection: 'close' } }

/** Where files are handed over, and where their senders and operators see what becomes of them. */
export function importRoutes(parts: ImportRouteParts): Router {
  const own = async (request: Request, response: Response) => {
    const caller = await admitKey(parts, request, response)
    return importOf(parts, request, caller.key.sources)
  }
  const any = async (request: Request) => {
    const principal = parts.verifier.verify(request.headers)
    if (!principal.roles.includes('admin')) throw new Problem(403, 'forbidden', 'this is for operators')
    return importOf(parts, request, [...parts.adapters.keys()])
  }
  return Router()
    .post('/v1/imports', async (request, response) => {
      const caller = await admitImport(parts, request, response)
      await upload(parts, caller, request, response)
    })
    .get('/v1/imports', async (request, response) => {
      const { key } = await admitKey(parts, request, response)
      response.json(await list(parts, request, key.sources))
    })
    .all('/v1/imports', methodNotAllowed(['GET', 'POST']))
    .get('/internal/imports', async (request, response) => {
      parts.verifier.verifyService(request.headers)
      response.json(await list(parts, request, [...parts.adapters.keys()]))
    })
    .post('/internal/imports/:importId/restart', async (request, response) => {
      const job = await any(request)
      const restarted = await restartImport(parts.database, job.importId)
      if (!restarted) throw notResumable()
      parts.wake()
      response.status(202).json(importView(restarted))
    })
    .get('/v1/imports/:importId', shown(parts, own))
    .get('/internal/imports/:importId', shown(parts, any))
    .all('/v1/imports/:importId', methodNotAllowed(['GET']))
    .all('/internal/imports/:importId', methodNotAllowed(['GET']))
    .post('/v1/imports/:importId/cancel', cancelled(parts, own))
    .post('/internal/imports/:importId/cancel', cancelled(parts, any))
    .post('/v1/imports/:importId/resume', resumed(parts, own))
    .post('/internal/imports/:importId/resume', resumed(parts, any))
    .get('/v1/imports/:importId/refused', refused(parts, own))
    .get('/internal/imports/:importId/refused', refused(parts, any))
}

type Find = (request: Request, response: Response) => Promise<ImportJob>

function shown(parts: ImportRouteParts, find: Find): RequestHandler {
  return async (request, response) => {
    const job = await find(request, response)
    response.json({ ...importView(job), ...(await sameAs(parts, job)) })
  }
}

function cancelled(parts: ImportRouteParts, find: Find): RequestHandler {
  return async (request, response) => {
    const job = await find(request, response)
    response.status(202).json(importView((await requestCancel(parts.database, job.importId)) ?? job))
  }
}

function resumed(parts: ImportRouteParts, find: Find): RequestHandler {
  return async (request, response) => {
    const job = await find(request, response)
    response.status(202).json(importView(await resume(parts, request, job)))
  }
}

function refused(parts: ImportRouteParts, find: Find): RequestHandler {
  return async (request, response) => sendRefused(parts, await find(request, response), response)
}

/** A key opens imports for the sources that it opens pushes for. */
export async function admitImport(
  parts: ImportRouteParts,
  request: Request,
  response: Response,
): Promise<KeyCaller & { readonly source: string }> {
  const caller = await admitKey(parts, request, response)
  const { key, limits, today } = caller
  const source = parameter(request.query, 'source')
  if (source === undefined) throw new Problem(400, 'invalid_parameter', 'source says whose records these are', CLOSE)
  adapterOf(parts, source)
  if (!key.sources.includes(source)) {
    keyRefused(parts.logger, parts.metrics, key.id, 'other_source')
    throw new Problem(403, 'forbidden', `this key imports nothing of ${quoted(source)}`, CLOSE)
  }
  if (limits.dailyRecords !== null && today.records >= limits.dailyRecords)
    throw quotaExceeded(`this key sends at most ${limits.dailyRecords} new records a day`, parts.clock.now())
  return { ...caller, source }
}

async function upload(parts: ImportRouteParts, caller: KeyCaller, request: Request, response: Response): Promise<void> {
  try {
    const head = readUploadHead(request, request.query, parts.clock.now())
    const job = await receiveUpload(parts, { request, head, caller })
    await answerJob(parts, job, response)
  } catch (error) {
    // Nobody is there to be answered.
    if (error instanceof ClientGoneError) response.destroy()
    else throw error
  }
}

/** What the sender learns of his upload once it is whole. */
export async function answerJob(parts: ImportRouteParts, job: ImportJob, response: Response): Promise<void> {
  const { importId, source, keyId, sizeBytes } = job
  importReceived(parts.logger, { importId, source, keyId: keyId ?? '', sizeBytes })
  response
    .status(202)
    .setHeader('Location', `/v1/imports/${importId}`)
    .json({ ...importView(job), ...(await sameAs(parts, job)) })
}

/** Told at once: such an import finds duplicates only. */
async function sameAs({ database }: ImportRouteParts, { importId }: ImportJob) {
  const same = await findSame(database, importId)
  if (same === undefined) return {}
  return { sameAs: same, note: `same sha256 as import ${same}` }
}

function isId(request: Request): boolean {
  return /^\d{1,15}$/.test(String(request.params['importId']))
}

async function importOf({ database }: ImportRouteParts, request: Request, sources: readonly string[]) {
  if (!isId(request)) throw new Problem(400, 'invalid_id', 'the id of an import is a number')
  const job = await findImport(database, Number(request.params['importId']))
  if (job && sources.includes(job.source)) return job
  throw new Problem(404, 'not_found', 'there is no such import')
}

async function resume(parts: ImportRouteParts, { query }: Request, job: ImportJob): Promise<ImportJob> {
  const again =
    isOver(job) && isResumable(job) && job.spool !== null
      ? await requeueImport(parts.database, job, flag(query, 'keepGoing'))
      : undefined
  if (again === undefined) throw notResumable()
  parts.wake()
  return again
}

function notResumable(): Problem {
  return new Problem(409, 'import_not_resumable', 'this import is under way, or over and its bytes are gone')
}

const PAGE = 100
const STATES: readonly ImportState[] = [
  ...(['received', 'scanning', 'importing', 'done', 'done_with_rejects', 'cancelled', 'failed'] as const),
]

async function list({ database }: ImportRouteParts, { query }: Request, sources: readonly string[]) {
  const [source, state, before] = [parameter(query, 'source'), parameter(query, 'state'), parameter(query, 'before')]
  if (before !== undefined && !/^\d{1,15}$/.test(before))
    throw new Problem(400, 'invalid_parameter', 'before is the id of an import')
  const states = STATES.filter((one) => one === state)
  if (state !== undefined && states.length === 0)
    throw new Problem(400, 'invalid_parameter', `state is one of ${STATES.join(', ')}`)
  const jobs = await listImports(database, {
    sources: source === undefined ? sources : sources.filter((one) => one === source),
    states,
    before: before === undefined ? null : Number(before),
    limit: PAGE,
  })
  const last = jobs.length === PAGE ? jobs.at(-1) : undefined
  return { imports: jobs.map(importView), ...(last ? { next: `?before=${last.importId}` } : {}) }
}

const REPORT_PAGE = 1_000

/** The report: a line for each mistake, in the order in which they were met. */
async function sendRefused({ database }: ImportRouteParts, job: ImportJob, response: Response): Promise<void> {
  response
    .status(200)
    .type('application/x-ndjson')
    .setHeader('Content-Disposition', `attachment; filename="import-${job.importId}-refused.ndjson"`)
  for (let after = 0; ; ) {
    const rows = await listRefused(database, job.source, job.batchId, after, REPORT_PAGE)
    if (rows.length > 0)
      await sendLines(
        response,
        rows.map((row) => refusedLine(job, row)),
      )
    const last = rows.at(-1)
    if (!last || rows.length < REPORT_PAGE) break
    after = last.id
  }
  response.end()
}

/** What cannot be read as UTF-8 shows as a replacement character. */
function refusedLine({ name }: ImportJob, row: RefusedRow) {
  const { entry, line, offset, code, detail, pointer, column, head } = row
  return { file: name, entry, line, byteOffset: offset, code, detail, pointer, column, excerpt: head.toString('utf8') }
}
