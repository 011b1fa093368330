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
import { type Request, type RequestHandler, Router } from 'express'
import { type Deciding, decideQuestion } from './answer-question.ts'
import { decisionRequest, preconditionOf } from './requests.ts'

/** Commands of persons. Who carries no signed principal is refused before a byte of the body is read. */
export function decisionRoutes(deciding: Deciding, verifier: CommandVerifier): Router {
  const authenticated: RequestHandler = (request, _response, next) => {
    verifier.verify(request.headers)
    next()
  }
  return Router()
    .post('/v1/questions/:candidateId/decisions', authenticated, jsonBody(), async (request, response) => {
      const candidateId = idOf(request.params['candidateId'])
      const key = idempotencyKeyOf(request.headers, request.rawHeaders)
      const body = parseBody(decisionRequest, request.body)
      const { recorded, replay } = await decideQuestion(
        {
          candidateId,
          principal: verifier.verify(request.headers),
          key,
          fingerprint: fingerprintOf(request, candidateId),
          precondition: preconditionOf(request.headers['if-match'], body.version),
          body,
        },
        deciding,
      )
      if (replay) response.setHeader('Idempotent-Replay', 'true')
      response.setHeader('Cache-Control', 'no-store')
      response.setHeader('ETag', `"${recorded.version}"`)
      response.status(201).json(recorded)
    })
    .all('/v1/questions/:candidateId/decisions', methodNotAllowed(['POST']))
}

/** Everything a repeated request must have in common with the first. */
function fingerprintOf(request: Request, candidateId: string): Buffer {
  const body = JSON.stringify({ ...request.body, ifMatch: request.headers['if-match'] ?? null }, sortedKeys)
  return requestFingerprint('POST', `/v1/questions/${candidateId}/decisions`, body)
}

/** A client may order the members of an object otherwise when it asks again. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

export function idOf(text: unknown): string {
  const id = typeof text === 'string' ? parseUuid(text) : undefined
  if (!id) throw new Problem(400, 'invalid_id', `${quoted(text)} is not a UUID`)
  return id
}
