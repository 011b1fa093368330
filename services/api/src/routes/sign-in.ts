import { Problem } from '@atlas/runtime'
import { findStandpoint } from '../store/read-people.ts'
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
      const { state, rebuilding } = await findStandpoint(database, profileId)
      if (rebuilding && state === undefined) throw readModelRebuilding()
      if (state !== 'active') throw new Problem(404, 'not_found', 'there is no such profile')
      const cookie = await sessions.start(headers.cookie, profileId)
      return { status: 200, body: { profileId }, headers: { 'Set-Cookie': cookie } }
    },
  })
}

/** What is stored is not whole: no answer is better than half of one. */
export function readModelRebuilding(): Problem {
  return new Problem(503, 'read_model_rebuilding', 'what can be read here is made anew; try again', {
    headers: { 'Retry-After': '5' },
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
