import { parseUuid } from '@atlas/identifiers'
import { parseVariation, type RuleSet, SHIPPED_RULES, variedRules } from '@atlas/linkage'
import { type CommandVerifier, type Database, type Ids, jsonBody, type Logger, Problem, quoted } from '@atlas/runtime'
import { type RequestHandler, Router } from 'express'
import { findRematch } from './rematch.ts'
import { CHANGE_KINDS, type ChangeKind } from './shadow/forecast.ts'
import { applyShadow, cancelShadow, startShadow } from './shadow/switch-rules.ts'
import { findRulesInUse } from './store/rules.ts'
import { findShadow } from './store/shadow.ts'
import { listChanges, summariseChanges } from './store/shadow-changes.ts'

interface Parts {
  readonly database: Database
  readonly verifier: CommandVerifier
  readonly ids: Ids
  readonly logger: Logger
}

const MAX_LISTED = 200

/** What other rules would change, and switching to them. Behind the service credential of `/internal`. */
export function shadowRoutes({ database, verifier, ids, logger }: Parts): Router {
  const operator: RequestHandler = (request, _response, next) => {
    if (!verifier.verify(request.headers).roles.includes('admin'))
      throw new Problem(403, 'forbidden', 'this is for operators')
    next()
  }
  return Router()
    .get('/internal/shadow', async (_request, response) => {
      const [inUse, run, rematch] = [findRulesInUse(database), findShadow(database), findRematch(database)]
      response.json({
        shipped: SHIPPED_RULES.version,
        inUse: (await inUse) ?? null,
        run: (await run) ?? null,
        rematch: (await rematch) ?? null,
      })
    })
    .post('/internal/shadow', operator, jsonBody(), async (request, response) => {
      response.status(202).json(await startShadow(database, rulesOfBody(request.body), ids.next(), logger))
    })
    .post('/internal/shadow/apply', operator, async (_request, response) => {
      response.status(202).json(await applyShadow(database, ids.next(), logger))
    })
    .post('/internal/shadow/cancel', operator, async (_request, response) => {
      response.json(await cancelShadow(database, logger))
    })
    .get('/internal/shadow/report', async (request, response) => {
      const run = await findShadow(database)
      if (!run) throw new Problem(404, 'not_found', 'there was no shadow run yet')
      const [kind, after] = [kindOf(request.query['kind']), idOf(request.query['after'])]
      const limit = limitOf(request.query['limit'])
      const changes = await listChanges(database, run.runId, { kind, after, limit })
      const next = changes.length === limit ? (changes.at(-1)?.workId ?? null) : null
      response.json({ run, summary: await summariseChanges(database, run.runId), changes, next })
    })
}

/** `{"rules": {…}}`, or the rules as this build ships them. */
function rulesOfBody(body: unknown): RuleSet {
  const given = typeof body === 'object' && body !== null && 'rules' in body ? body.rules : null
  if (given === null) return SHIPPED_RULES
  try {
    return variedRules(parseVariation(given))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new Problem(400, 'invalid_rules', error.message)
  }
}

function kindOf(value: unknown): ChangeKind | null {
  if (value === undefined) return null
  const kind = CHANGE_KINDS.find((one) => one === value)
  if (!kind) throw new Problem(400, 'invalid_enum', `kind is one of ${CHANGE_KINDS.join(', ')}`)
  return kind
}

function idOf(value: unknown): string | null {
  if (value === undefined) return null
  const id = typeof value === 'string' ? parseUuid(value) : undefined
  if (id === undefined) throw new Problem(400, 'invalid_parameter', `after is the id of a work, not ${quoted(value)}`)
  return id
}

function limitOf(value: unknown): number {
  if (value === undefined) return MAX_LISTED
  const limit = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : 0
  if (limit < 1 || limit > MAX_LISTED)
    throw new Problem(400, 'invalid_parameter', `limit is a number from 1 to ${MAX_LISTED}`)
  return limit
}
