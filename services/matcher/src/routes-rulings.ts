import { parseUuid } from '@atlas/identifiers'
import {
  type CommandVerifier,
  idempotencyKeyOf,
  jsonBody,
  methodNotAllowed,
  Problem,
  parseBody,
  quoted,
  requestFingerprint,
} from '@atlas/runtime'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import { mergeRequest, preconditionOf, unmergeRequest, withdrawRequest } from './rulings/requests.ts'
import { actorRoleOf, type RulingParts, ruleOnWorks, type Wish } from './rulings/rule-on-works.ts'
import { findRuledWorks, listRulingsOf } from './store/rulings.ts'

const MAX_LISTED = 500

/** Rulings of curators. Who carries no signed principal, or may not rule, is refused before a byte of the body is read. */
export function rulingRoutes(parts: RulingParts, verifier: CommandVerifier): Router {
  const mayRule: RequestHandler = (request, _response, next) => {
    actorRoleOf(verifier.verify(request.headers))
    next()
  }
  const rule = (request: Request, response: Response, asked: Asked) => answer(request, response, asked, parts, verifier)
  return Router({ caseSensitive: true, strict: true })
    .post('/v1/works/:workId/merge', mayRule, jsonBody(), async (request, response) => {
      const [workId, body] = [idOf(request.params['workId']), parseBody(mergeRequest, request.body)]
      const precondition = preconditionOf(request.headers['if-match'], body.revision)
      await rule(request, response, { wish: { type: 'link', workId, precondition, body }, said: body })
    })
    .post('/v1/works/:workId/unmerge', mayRule, jsonBody(), async (request, response) => {
      const [workId, body] = [idOf(request.params['workId']), parseBody(unmergeRequest, request.body)]
      const precondition = preconditionOf(request.headers['if-match'], body.revision)
      await rule(request, response, { wish: { type: 'cut', workId, precondition, body }, said: body })
    })
    .post('/v1/works/rulings/:rulingId/withdraw', mayRule, jsonBody(), async (request, response) => {
      const [rulingId, body] = [idOf(request.params['rulingId']), parseBody(withdrawRequest, request.body)]
      await rule(request, response, { wish: { type: 'withdraw', rulingId }, said: body })
    })
    .get('/v1/works/:workId/rulings', mayRule, async (request, response) => {
      const [work] = await findRuledWorks(parts.database, [idOf(request.params['workId'])])
      if (!work) throw new Problem(404, 'not_found', 'there is no such work')
      const { members, formerMembers, workId, revision, state, redirectTo } = work
      const rulings = await listRulingsOf(parts.database, [...members, ...formerMembers], MAX_LISTED)
      response.setHeader('Cache-Control', 'no-store')
      response.setHeader('ETag', `"${revision}"`)
      response.json({ workId, revision, state, redirectTo, members, rulings })
    })
    .all(['/v1/works/:workId/merge', '/v1/works/:workId/unmerge'], methodNotAllowed(['POST']))
    .all('/v1/works/rulings/:rulingId/withdraw', methodNotAllowed(['POST']))
    .all('/v1/works/:workId/rulings', methodNotAllowed(['GET']))
}

interface Asked {
  readonly wish: Wish
  readonly said: { readonly reason: string; readonly via: string }
}

async function answer(
  request: Request,
  response: Response,
  { wish, said: { reason, via } }: Asked,
  parts: RulingParts,
  verifier: CommandVerifier,
): Promise<void> {
  const { ruled, replay } = await ruleOnWorks(
    {
      wish,
      said: { reason, via },
      principal: verifier.verify(request.headers),
      key: idempotencyKeyOf(request.headers, request.rawHeaders),
      fingerprint: fingerprintOf(request),
    },
    parts,
  )
  if (replay) response.setHeader('Idempotent-Replay', 'true')
  response.setHeader('Cache-Control', 'no-store')
  response.status(201).json(ruled)
}

/** Everything a repeated request must have in common with the first. */
function fingerprintOf(request: Request): Buffer {
  const body = JSON.stringify({ ...request.body, ifMatch: request.headers['if-match'] ?? null }, sortedKeys)
  return requestFingerprint('POST', request.path.toLowerCase(), body)
}

/** A client may order the members of an object otherwise when it asks again. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function idOf(text: unknown): string {
  const id = typeof text === 'string' ? parseUuid(text) : undefined
  if (!id) throw new Problem(400, 'invalid_id', `${quoted(text)} is not a UUID`)
  return id
}
