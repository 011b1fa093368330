import { Problem } from '@atlas/runtime'
import { findProfile } from '../store/read-people.ts'
import { problem, signedIn } from './answers.ts'
import { type DefinedRoute, defineRoute } from './define-route.ts'
import type { RouteParts } from './parts.ts'
import { signInBody } from './schemas.ts'

/** Sign-in without proof, for development and tests; a production configuration refuses to have it. */
export function developmentSignIn({ database, sessions }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/auth/development',
    policy: 'public',
    summary: 'Sign in as any profile (development only)',
    body: signInBody,
    answers: {
      200: { description: 'signed in', schema: signedIn },
      404: { description: 'there is no such profile', schema: problem },
    },
    async handle({ headers, body: { profileId } }) {
      if (!(await findProfile(database, profileId))) throw new Problem(404, 'not_found', 'there is no such profile')
      const cookie = await sessions.start(headers.cookie, profileId)
      return { status: 200, body: { profileId }, headers: { 'Set-Cookie': cookie } }
    },
  })
}

export function signOut({ sessions }: RouteParts): DefinedRoute {
  return defineRoute({
    method: 'post',
    path: '/auth/logout',
    policy: 'session',
    summary: 'Sign out',
    answers: { 204: { description: 'signed out' } },
    async handle({ headers }) {
      return { status: 204, headers: { 'Set-Cookie': await sessions.end(headers.cookie) } }
    },
  })
}
