import { idempotencyKeyOf, type Principal } from '@atlas/runtime'
import type { Session } from '../session.ts'
import { problem, ruledAnswer, rulingsAnswer } from './answers.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import { principalOf, type RouteParts } from './parts.ts'
import { mergeBody, rulingParams, unmergeBody, withdrawBody, workParams } from './schemas.ts'

/** What curators rule on works. The matcher owns them, and refuses whoever is no curator. */
export function rulingRoutes(parts: RouteParts): readonly DefinedRoute[] {
  return [mergeRoute(parts), unmergeRoute(parts), withdrawRoute(parts), listRoute(parts)]
}

const KEY = { 'Idempotency-Key': { description: 'a new UUID for each ruling', required: true } }
const MATCH = { 'If-Match': { description: 'the revision of the work that was shown', required: false } }
const REFUSED = {
  403: { description: 'forbidden: you are no curator', schema: problem },
  404: { description: 'not_found', schema: problem },
  409: { description: 'work_changed, work_merged, merge_cycle, already_withdrawn', schema: problem },
  412: { description: 'work_changed, when the revision came as If-Match', schema: problem },
  422: { description: 'same_work, not_a_member, nothing_to_cut_from, too_many_pairs', schema: problem },
}
const made = { description: 'the ruling, and where its records are now', schema: ruledAnswer }

function mergeRoute(parts: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/v1/works/:workId/merge',
    policy: 'session',
    summary: 'Rule that a work is one with another (curators)',
    params: workParams,
    body: mergeBody,
    headers: { ...KEY, ...MATCH },
    answers: { 201: made, ...REFUSED },
    handle: ({ params: { workId }, ...asked }) => rule(parts, `/v1/works/${workId}/merge`, asked),
  })
}

function unmergeRoute(parts: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/v1/works/:workId/unmerge',
    policy: 'session',
    summary: 'Rule that records do not belong with the rest of their work (curators)',
    params: workParams,
    body: unmergeBody,
    headers: { ...KEY, ...MATCH },
    answers: { 201: made, ...REFUSED },
    handle: ({ params: { workId }, ...asked }) => rule(parts, `/v1/works/${workId}/unmerge`, asked),
  })
}

function withdrawRoute(parts: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/v1/works/rulings/:rulingId/withdraw',
    policy: 'session',
    summary: 'Withdraw a ruling, as if it had never been made (curators)',
    params: rulingParams,
    body: withdrawBody,
    headers: KEY,
    answers: { 201: made, ...REFUSED },
    handle: ({ params: { rulingId }, ...asked }) => rule(parts, `/v1/works/rulings/${rulingId}/withdraw`, asked),
  })
}

function listRoute({ matcher, curators }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/works/:workId/rulings',
    policy: 'session',
    summary: 'What was ruled on a work and its former records, newest first (curators)',
    params: workParams,
    answers: {
      200: { description: 'the work and the rulings', schema: rulingsAnswer },
      403: REFUSED[403],
      404: REFUSED[404],
    },
    async handle({ session, params: { workId }, requestId }) {
      const path = `/v1/works/${workId}/rulings`
      const { body } = await matcher({ method: 'GET', path, principal: rulerOf(session, curators), requestId })
      return { status: 200, body, headers: { ETag: `"${rulingsAnswer.parse(body).revision}"` } }
    },
  })
}

interface AskedRuling {
  readonly session: Session
  readonly body: object
  readonly headers: NodeJS.Dict<string | string[]>
  readonly rawHeaders: readonly string[]
  readonly requestId: string
}

async function rule(
  { matcher, curators }: RouteParts,
  path: string,
  { session, body, headers, rawHeaders, requestId }: AskedRuling,
) {
  const ifMatch = headers['if-match']
  const answer = await matcher({
    method: 'POST',
    path,
    principal: rulerOf(session, curators),
    body: { ...body, via: 'api' },
    headers: {
      'idempotency-key': idempotencyKeyOf(headers, rawHeaders),
      ...(typeof ifMatch === 'string' ? { 'if-match': ifMatch } : {}),
    },
    requestId,
  })
  const replay = answer.headers.get('idempotent-replay')
  return { status: 201, body: answer.body, headers: { ...(replay ? { 'Idempotent-Replay': replay } : {}) } }
}

/** Who is a curator is read for each request: a session outlives a right. */
function rulerOf(session: Session, curators: ReadonlySet<string>): Principal {
  const principal = principalOf(session)
  return curators.has(session.profileId) ? { ...principal, roles: [...principal.roles, 'curator'] } : principal
}
