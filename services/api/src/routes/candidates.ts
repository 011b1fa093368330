import { idempotencyKeyOf, Problem } from '@atlas/runtime'
import { findQuestion, listQueue, type PageKey } from '../store/read-questions.ts'
import { saveStandings } from '../store/save-questions.ts'
import { pageOf, problem, questionAnswer, questionDetail, receipt } from './answers.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import { pageFrom, principalOf, type RouteParts } from './parts.ts'
import { candidateParams, decisionBody, queueQuery } from './schemas.ts'

/** The queue, one question, and the answer to it. */
export function candidateRoutes(parts: RouteParts): readonly DefinedRoute[] {
  return [queueRoute(parts), questionRoute(parts), verifyRoute(parts)]
}

const noSuchQuestion = { description: 'not yours, or not there', schema: problem }

function queueRoute({ database, cursors }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/candidates',
    policy: 'session',
    summary: 'My questions: works of which an author slot may be me',
    query: queueQuery,
    lists: ['status'],
    answers: { 200: { description: 'a page', schema: pageOf(questionAnswer, 'QuestionPage') } },
    async handle({ session: { profileId }, query: { cursor, perPage, ...filter } }) {
      const scope = JSON.stringify(['questions', profileId, filter])
      const found = await listQueue(database, {
        profileId,
        status: filter.status,
        minScore: filter.minScore ?? null,
        source: filter.source ?? null,
        sort: filter.sort,
        limit: perPage + 1,
        after: cursor === undefined ? null : cursors.decode<PageKey>(scope, cursor),
      })
      const { rows, next } = pageFrom(found, perPage, ({ value, id }) => cursors.encode(scope, { value, id }))
      return { status: 200, body: { items: rows.map((row) => row.question), next } }
    },
  })
}

function questionRoute({ database }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/candidates/:candidateId',
    policy: 'session',
    summary: 'One question with its reasons, its sources and its work',
    params: candidateParams,
    answers: { 200: { description: 'the question', schema: questionDetail }, 404: noSuchQuestion },
    async handle({ session, params }) {
      const found = await findQuestion(database, session.profileId, params.candidateId)
      if (!found) throw new Problem(404, 'not_found', 'there is no such question')
      const { version } = questionDetail.parse(found)
      return { status: 200, body: found, headers: { ETag: `"${version}"` } }
    },
  })
}

function verifyRoute({ database, verifier }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/v1/candidates/:candidateId/verify',
    policy: 'session',
    summary: 'Answer a question; the receipt proves the answer',
    params: candidateParams,
    body: decisionBody,
    headers: {
      'Idempotency-Key': {
        required: true,
        description: 'a new UUID for each decision; the same again after a lost answer',
      },
      'If-Match': { required: false, description: 'the ETag of the question, instead of `version`' },
    },
    answers: {
      201: { description: 'recorded', schema: receipt },
      404: noSuchQuestion,
      409: { description: 'version_conflict, evidence_changed, slot_taken, invalid_transition', schema: problem },
      412: { description: 'version_conflict, when the version came as If-Match', schema: problem },
      422: { description: 'idempotency_key_reused', schema: problem },
      428: { description: 'precondition_required: name the version', schema: problem },
    },
    async handle({ session, params: { candidateId }, body, headers, rawHeaders, requestId }) {
      const ifMatch = headers['if-match']
      const answer = await verifier({
        method: 'POST',
        path: `/v1/questions/${candidateId}/decisions`,
        principal: principalOf(session),
        body: { ...body, via: 'api' },
        headers: {
          'idempotency-key': idempotencyKeyOf(headers, rawHeaders),
          ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        },
        requestId,
      })
      const { version, status, flags } = receipt.parse(answer.body)
      // Its author reads it at once, however far the projection is.
      await saveStandings(database, [{ candidateId, profileId: session.profileId, version, seq: 0, status, flags }])
      const replay = answer.headers.get('idempotent-replay')
      return {
        status: 201,
        body: answer.body,
        headers: { ETag: `"${version}"`, ...(replay ? { 'Idempotent-Replay': replay } : {}) },
      }
    },
  })
}
