import { Problem } from '@atlas/runtime'
import { findProfile, listActs, listAuthorships, readStats } from '../store/read-people.ts'
import type { PageKey } from '../store/read-questions.ts'
import { actAnswer, authorshipAnswer, pageOf, problem, profileAnswer, settingsAnswer, statsAnswer } from './answers.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import { pageFrom, principalOf, type RouteParts } from './parts.ts'
import { actsQuery, settingsBody, worksQuery } from './schemas.ts'

/** What is mine: profile, settings, works, acts, numbers. */
export function profileRoutes(parts: RouteParts): readonly DefinedRoute[] {
  return [profileRoute(parts), settingsRoute(parts), worksRoute(parts), actsRoute(parts), statsRoute(parts)]
}

function profileRoute({ database }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/profile',
    policy: 'session',
    summary: 'My profile',
    answers: {
      200: { description: 'the profile', schema: profileAnswer },
      404: { description: 'it has not arrived here yet', schema: problem },
    },
    async handle({ session }) {
      const profile = await findProfile(database, session.profileId)
      if (!profile) throw new Problem(404, 'not_found', 'your profile has not arrived here yet; try again')
      return { status: 200, body: profile }
    },
  })
}

function settingsRoute({ profiles }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'patch',
    path: '/v1/profile/settings',
    policy: 'session',
    summary: 'Change my settings; what is not named stays',
    body: settingsBody,
    answers: { 200: { description: 'the settings as they are now', schema: settingsAnswer } },
    async handle({ session, body, requestId }) {
      const path = `/v1/profiles/${session.profileId}/settings`
      const answer = await profiles({ method: 'PATCH', path, principal: principalOf(session), body, requestId })
      return { status: 200, body: (answer.body as { settings: unknown }).settings }
    },
  })
}

function worksRoute({ database, cursors }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/profile/works',
    policy: 'session',
    summary: 'Works of which I am a verified author, newest first',
    query: worksQuery,
    answers: { 200: { description: 'a page', schema: pageOf(authorshipAnswer, 'AuthorshipPage') } },
    async handle({ session: { profileId }, query: { cursor, perPage, ...filter } }) {
      const scope = JSON.stringify(['works', profileId, filter])
      const found = await listAuthorships(database, {
        profileId,
        year: filter.year ?? null,
        type: filter.type ?? null,
        search: filter.search ?? null,
        limit: perPage + 1,
        after: cursor === undefined ? null : cursors.decode<PageKey>(scope, cursor),
      })
      const { rows, next } = pageFrom(found, perPage, ({ value, id }) => cursors.encode(scope, { value, id }))
      return { status: 200, body: { items: rows.map((row) => row.work), next } }
    },
  })
}

function actsRoute({ database, cursors }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/acts',
    policy: 'session',
    summary: 'Every act on my questions, or on one of them, newest first',
    query: actsQuery,
    answers: { 200: { description: 'a page', schema: pageOf(actAnswer, 'ActPage') } },
    async handle({ session: { profileId }, query: { cursor, perPage, candidateId = null } }) {
      const scope = JSON.stringify(['acts', profileId, candidateId])
      const before = cursor === undefined ? null : cursors.decode<number>(scope, cursor)
      const found = await listActs(database, { profileId, candidateId, before, limit: perPage + 1 })
      const { rows, next } = pageFrom(found, perPage, ({ seq }) => cursors.encode(scope, seq))
      return { status: 200, body: { items: rows.map((row) => row.act), next } }
    },
  })
}

function statsRoute({ database }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'get',
    path: '/v1/stats',
    policy: 'session',
    summary: 'My numbers',
    answers: { 200: { description: 'the numbers', schema: statsAnswer } },
    async handle({ session }) {
      const stats = await readStats(database, session.profileId)
      const asked = stats.decidedCount + stats.pendingCount
      return { status: 200, body: { ...stats, verificationRate: asked === 0 ? null : stats.decidedCount / asked } }
    },
  })
}
