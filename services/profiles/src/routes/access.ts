import { parseUuid } from '@atlas/identifiers'
import { type CommandVerifier, type Principal, Problem, quoted } from '@atlas/runtime'
import type { Request, RequestHandler } from 'express'

/** The credential and the principal are checked before a byte of the body is read. */
export function authenticated(verifier: CommandVerifier): RequestHandler {
  return (request, _response, next) => {
    verifier.verify(request.headers)
    next()
  }
}

/** The profile of the path, which its person, whoever acts for him, or an operator may read and change. */
export function ownProfile(principal: Principal, request: Request): string {
  const id = idOf(request.params['profileId'])
  if (principal.actor === id || principal.onBehalfOf === id || mayManage(principal)) return id
  // The same answer as for a profile that does not exist.
  throw new Problem(404, 'not_found', 'there is no such profile')
}

/** Only an operator or a service looks after profiles that are not his own. */
export function managersOnly(verifier: CommandVerifier): RequestHandler {
  return (request, _response, next) => {
    if (!mayManage(verifier.verify(request.headers)))
      throw new Problem(403, 'forbidden', 'this is for operators and services')
    next()
  }
}

export function mayManage(principal: Principal): boolean {
  return principal.roles.some((role) => role === 'admin' || role === 'service')
}

export function idOf(text: unknown): string {
  const id = typeof text === 'string' ? parseUuid(text) : undefined
  if (!id) throw new Problem(400, 'invalid_id', `${quoted(text)} is not a UUID`)
  return id
}
