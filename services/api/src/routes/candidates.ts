import { idempotencyKeyOf, Problem } from '@atlas/runtime'
import { findQuestion, listQueue, type QueueKey, rememberDecision } from '../store/read.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import { principalOf, type RouteParts } from './parts.ts'
import {
  anyObject,
  candidateParams,
  decisionBody,
  nothing,
  pageOf,
  problem,
  question,
  queueQuery,
  receipt,
} from './schemas.ts'

/** The queue, one question, and the answer to it. */
export function candidateRoutes({ database, sessions, cursors, verifier }: RouteParts): readonly DefinedRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/candidates',
      policy: 'session',
      summary: 'My questions: works of which an author slot may be me',
      params: nothing,
      query: queueQuery,
      answers: { 200: { description: 'a page', schema: pageOf(question, 'QuestionPage') } },
      async handle({ request, response, query }) {
        const { profileId } = await sessions.require(request)
        const { cursor, perPage, ...filter } = query
        const scope = JSON.stringify([profileId, filter])
        const rows = await listQueue(database, {
          profileId,
          status: filter.status,
          minScore: filter.minScore ?? null,
          source: filter.source ?? null,
          sort: filter.sort,
          limit: perPage + 1,
          after: cursor === undefined ? null : cursors.decode<QueueKey>(scope, cursor),
        })
        const shown = rows.slice(0, perPage)
        const last = shown.at(-1)
        const next = rows.length > perPage && last ? cursors.encode(scope, { value: last.value, id: last.id }) : null
        privately(response).json({ items: shown.map((row) => row.candidate), next })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/candidates/:candidateId',
      policy: 'session',
      summary: 'One question with its reasons, its sources and its work',
      params: candidateParams,
      query: nothing,
      answers: {
        200: { description: 'the question', schema: question },
        404: { description: 'not yours, or not there', schema: problem },
      },
      async handle({ request, response, params }) {
        const { profileId } = await sessions.require(request)
        const found = await findQuestion(database, profileId, params.candidateId)
        if (!found) throw new Problem(404, 'not_found', 'there is no such question')
        privately(response).json(found)
      },
    }),
    defineRoute({
      method: 'post',
      path: '/v1/candidates/:candidateId/verify',
      policy: 'session',
      summary: 'Answer a question; the receipt proves the answer',
      params: candidateParams,
      query: nothing,
      body: decisionBody,
      headers: { 'Idempotency-Key': 'required: a new UUID for each decision; the same again after a lost answer' },
      answers: {
        201: { description: 'recorded', schema: receipt },
        409: { description: 'version_conflict, evidence_changed, slot_taken, invalid_transition', schema: problem },
        422: { description: 'idempotency_key_reused', schema: problem },
      },
      async handle({ request, response, params, body }) {
        const session = await sessions.require(request)
        const key = idempotencyKeyOf(request.headers, request.rawHeaders)
        const answer = await verifier({
          method: 'POST',
          path: `/v1/questions/${params.candidateId}/decisions`,
          principal: principalOf(session),
          body: { ...body, via: 'api' },
          headers: { 'idempotency-key': key },
        })
        const recorded = answer.body as { version: number; status: string; flags: readonly string[] }
        await rememberDecision(database, params.candidateId, recorded)
        const replay = answer.headers.get('idempotent-replay')
        if (replay) response.setHeader('Idempotent-Replay', replay)
        privately(response).status(answer.status).json(anyObject.parse(answer.body))
      },
    }),
  ]
}

/** Private answers are kept by nobody on the way. */
export function privately<T extends { setHeader(name: string, value: string): unknown }>(response: T): T {
  response.setHeader('Cache-Control', 'no-store')
  return response
}
