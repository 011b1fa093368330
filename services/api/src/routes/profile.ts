import { Problem } from '@atlas/runtime'
import { findProfile, listActs, listAuthorships, type QueueKey, readStats } from '../store/read.ts'
import { privately } from './candidates.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import { principalOf, type RouteParts } from './parts.ts'
import { actsQuery, anyObject, nothing, pageOf, settingsBody, worksQuery } from './schemas.ts'

/** What is mine: profile, settings, works, acts, numbers. */
export function profileRoutes({ database, sessions, cursors, profiles }: RouteParts): readonly DefinedRoute[] {
  return [
    defineRoute({
      method: 'get',
      path: '/v1/profile',
      policy: 'session',
      summary: 'My profile',
      params: nothing,
      query: nothing,
      answers: { 200: { description: 'the profile', schema: anyObject } },
      async handle({ request, response }) {
        const { profileId } = await sessions.require(request)
        const profile = await findProfile(database, profileId)
        if (!profile) throw new Problem(404, 'not_found', 'your profile has not arrived here yet; try again')
        privately(response).json(profile)
      },
    }),
    defineRoute({
      method: 'patch',
      path: '/v1/profile/settings',
      policy: 'session',
      summary: 'Change my settings',
      params: nothing,
      query: nothing,
      body: settingsBody,
      answers: { 200: { description: 'the profile as changed', schema: anyObject } },
      async handle({ request, response, body }) {
        const session = await sessions.require(request)
        const path = `/v1/profiles/${session.profileId}/settings`
        const answer = await profiles({ method: 'PATCH', path, principal: principalOf(session), body })
        privately(response).json(answer.body)
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/profile/works',
      policy: 'session',
      summary: 'Works of which I am a verified author',
      params: nothing,
      query: worksQuery,
      answers: { 200: { description: 'a page', schema: pageOf(anyObject, 'WorkPage') } },
      async handle({ request, response, query }) {
        const { profileId } = await sessions.require(request)
        const { cursor, perPage, ...filter } = query
        const scope = JSON.stringify(['works', profileId, filter])
        const rows = await listAuthorships(database, {
          profileId,
          year: filter.year ?? null,
          type: filter.type ?? null,
          search: filter.search ?? null,
          limit: perPage + 1,
          after: cursor === undefined ? null : cursors.decode<QueueKey>(scope, cursor),
        })
        const shown = rows.slice(0, perPage)
        const last = shown.at(-1)
        const next = rows.length > perPage && last ? cursors.encode(scope, { value: last.value, id: last.id }) : null
        privately(response).json({ items: shown.map((row) => row.work), next })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/acts',
      policy: 'session',
      summary: 'Every act on my questions, newest first',
      params: nothing,
      query: actsQuery,
      answers: { 200: { description: 'a page', schema: pageOf(anyObject, 'ActPage') } },
      async handle({ request, response, query }) {
        const { profileId } = await sessions.require(request)
        const scope = JSON.stringify(['acts', profileId, query.candidateId ?? null])
        const before = query.cursor === undefined ? null : cursors.decode<number>(scope, query.cursor)
        const rows = await listActs(database, profileId, query.candidateId ?? null, before, query.perPage + 1)
        const shown = rows.slice(0, query.perPage)
        const last = shown.at(-1)
        const next = rows.length > query.perPage && last ? cursors.encode(scope, last.seq) : null
        privately(response).json({ items: shown.map((row) => row.act), next })
      },
    }),
    defineRoute({
      method: 'get',
      path: '/v1/stats',
      policy: 'session',
      summary: 'My numbers',
      params: nothing,
      query: nothing,
      answers: { 200: { description: 'the numbers', schema: anyObject } },
      async handle({ request, response }) {
        const { profileId } = await sessions.require(request)
        privately(response).json(await readStats(database, profileId))
      },
    }),
  ]
}
