import { Problem } from '@atlas/runtime'
import { findWork } from '../store/read-works.ts'
import { problem, sourcesAnswer, workAnswer } from './answers.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import type { RouteParts } from './parts.ts'
import { workParams } from './schemas.ts'

/** The catalogue: works as they are, and what they are made from. */
export function workRoutes(parts: RouteParts): readonly DefinedRoute[] {
  return [workRoute(parts), sourcesRoute(parts)]
}

const UNKNOWN = { 404: { description: 'not_found', schema: problem } }

function workRoute({ database }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/works/:workId',
    policy: 'session',
    summary: 'A work: its description, where it can be read, what it cites and who cites it',
    params: workParams,
    answers: {
      200: {
        description: 'the work; of an id that was merged away `redirectTo` says where its records are',
        schema: workAnswer,
      },
      ...UNKNOWN,
    },
    handle: async ({ params: { workId } }) => answerWith(await findWork(database, workId), workId),
  })
}

function sourcesRoute({ database }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/works/:workId/sources',
    policy: 'session',
    summary: 'The records that a work is made from, what adds to it, and which of them each field was taken from',
    params: workParams,
    answers: { 200: { description: 'members, enrichments and provenance', schema: sourcesAnswer }, ...UNKNOWN },
    handle: async ({ params: { workId } }) => answerWith(await findWork(database, workId), workId),
  })
}

function answerWith(work: { readonly revision: number } | undefined, workId: string) {
  if (!work) throw new Problem(404, 'not_found', `no work "${workId}"`)
  return { status: 200, body: work, headers: { ETag: `"${work.revision}"` } }
}
