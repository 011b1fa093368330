import { Problem } from '@atlas/runtime'
import { findProfile } from '../store/read.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import type { RouteParts } from './parts.ts'
import { anyObject, nothing, signInBody } from './schemas.ts'

/** Sign-in without proof, for development and tests; a production configuration refuses to have it. */
export function developmentSignIn({ database, sessions }: RouteParts): readonly DefinedRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/auth/development',
      policy: 'public',
      summary: 'Sign in as any profile (development only)',
      params: nothing,
      query: nothing,
      body: signInBody,
      answers: { 200: { description: 'signed in', schema: anyObject } },
      async handle({ response, body }) {
        if (!(await findProfile(database, body.profileId)))
          throw new Problem(404, 'not_found', 'there is no such profile')
        await sessions.start(response, { profileId: body.profileId, roles: ['researcher'] })
        response.json({ profileId: body.profileId })
      },
    }),
  ]
}

export function signOut({ sessions }: RouteParts): readonly DefinedRoute[] {
  return [
    defineRoute({
      method: 'post',
      path: '/auth/logout',
      policy: 'session',
      summary: 'Sign out',
      params: nothing,
      query: nothing,
      answers: { 204: { description: 'signed out' } },
      async handle({ request, response }) {
        await sessions.end(request, response)
        response.status(204).end()
      },
    }),
  ]
}
