import { parseUuid } from '@atlas/identifiers'
import {
  type CommandVerifier,
  type Database,
  type Ids,
  jsonBody,
  type Principal,
  Problem,
  quoted,
} from '@atlas/runtime'
import { type Request, Router } from 'express'
import type { z } from 'zod'
import type { ProfileCommands } from './commands.ts'
import { isRefusal, normaliseIdentity, withIdentity, withoutIdentity } from './decide-profile.ts'
import { given, makeProfile } from './make-profile.ts'
import type { StoredProfile } from './profile.ts'
import { identityRequest, profilePatch, profilesRequest, settingsRequest } from './requests.ts'
import { findByIdentity, findProfiles } from './store/read-profiles.ts'

export interface RouteParts {
  readonly database: Database
  readonly commands: ProfileCommands
  readonly verifier: CommandVerifier
  readonly ids: Ids
}

/** The service's own interface: every call carries a service credential and a signed principal. */
export function profileRoutes({ database, commands, verifier, ids }: RouteParts): Router {
  const body = jsonBody()
  return Router()
    .post('/v1/profiles', authenticated(verifier), body, async (request, response) => {
      requireRole(verifier.verify(request.headers), ['admin', 'service', 'curator'])
      const { profiles } = parsed(profilesRequest, request.body)
      const made = profiles.map((profile) => makeProfile(profile, ids))
      const states = made.map((state) => {
        if (isRefusal(state)) throw new Problem(state.status, state.code, state.detail)
        return state
      })
      response.status(201).json({ profiles: await commands.create(states) })
    })
    .get('/v1/profiles/by-identity', async (request, response) => {
      verifier.verifyService(request.headers)
      const { type, value } = request.query
      if (typeof type !== 'string' || typeof value !== 'string')
        throw new Problem(400, 'invalid_parameter', 'name type and value, once each')
      response.json({ profiles: await findByIdentity(database, type, value) })
    })
    .get('/v1/profiles/:profileId', async (request, response) => {
      const profile = await readable(database, verifier.verify(request.headers), request)
      response.json(profile)
    })
    .patch('/v1/profiles/:profileId', authenticated(verifier), body, async (request, response) => {
      const id = writable(verifier.verify(request.headers), request)
      const { names, ...rest } = parsed(profilePatch, request.body)
      response.json(
        await commands.change(id, (profile) => ({
          ...profile,
          ...given(rest),
          ...(names ? { names: onePrimary(names) } : {}),
        })),
      )
    })
    .patch('/v1/profiles/:profileId/settings', authenticated(verifier), body, async (request, response) => {
      const id = writable(verifier.verify(request.headers), request)
      const settings = parsed(settingsRequest, request.body)
      response.json(
        await commands.change(id, (profile) => ({ ...profile, settings: { ...profile.settings, ...given(settings) } })),
      )
    })
    .post('/v1/profiles/:profileId/identities', authenticated(verifier), body, async (request, response) => {
      const principal = verifier.verify(request.headers)
      const id = writable(principal, request)
      const wish = parsed(identityRequest, request.body)
      // What a person says of himself is a claim; proof comes from a service that has seen it.
      const proved = principal.roles.some((role) => role === 'service' || role === 'admin')
      const identity = normaliseIdentity(
        { ...wish, verifiedAt: proved ? wish.verifiedAt : null, method: proved ? wish.method : 'manual' },
        ids.next(),
      )
      if (isRefusal(identity)) throw new Problem(identity.status, identity.code, identity.detail)
      await refuseTaken(database, id, identity.type, identity.value)
      response.status(201).json(await commands.change(id, (profile) => withIdentity(profile, identity)))
    })
    .delete('/v1/profiles/:profileId/identities/:identityId', async (request, response) => {
      const id = writable(verifier.verify(request.headers), request)
      const identityId = idOf(request.params['identityId'])
      response.json(await commands.change(id, (profile) => withoutIdentity(profile, identityId)))
    })
}

/** The credential is checked before a byte of the body is read. */
function authenticated(verifier: CommandVerifier) {
  return (request: Request, _response: unknown, next: () => void) => {
    verifier.verify(request.headers)
    next()
  }
}

function idOf(text: unknown): string {
  const id = typeof text === 'string' ? parseUuid(text) : undefined
  if (!id) throw new Problem(400, 'invalid_id', `${quoted(text)} is not a UUID`)
  return id
}

const LOOKS_AFTER = ['admin', 'service', 'curator'] as const

/** A profile is changed by its person, by who acts for him, or by who looks after all. */
function writable(principal: Principal, request: Request): string {
  const id = idOf(request.params['profileId'])
  if (principal.actor === id || principal.onBehalfOf === id) return id
  if (LOOKS_AFTER.some((role) => principal.roles.includes(role))) return id
  throw new Problem(404, 'not_found', 'there is no such profile')
}

async function readable(database: Database, principal: Principal, request: Request): Promise<StoredProfile> {
  const id = writable(principal, request)
  const [profile] = await findProfiles(database, [id])
  if (!profile) throw new Problem(404, 'not_found', 'there is no such profile')
  return profile
}

function requireRole(principal: Principal, roles: readonly string[]): void {
  if (!principal.roles.some((role) => roles.includes(role)))
    throw new Problem(403, 'forbidden', `this needs one of the roles ${roles.join(', ')}`)
}

async function refuseTaken(database: Database, profileId: string, type: string, value: string): Promise<void> {
  const holders = await findByIdentity(database, type, value)
  const taken = holders.some(
    (holder) =>
      holder.profileId !== profileId &&
      holder.identities.some((i) => i.type === type && i.value === value && i.verifiedAt !== null),
  )
  if (taken) throw new Problem(409, 'identity_taken', 'this identity was proved by somebody else')
}

function onePrimary<T extends { readonly primary: boolean }>(names: readonly T[]): T[] {
  const primary = Math.max(
    0,
    names.findIndex((name) => name.primary),
  )
  return names.map((name, index) => ({ ...name, primary: index === primary }))
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({
    code: issue.code === 'unrecognized_keys' ? 'unknown_field' : 'invalid_field',
    detail: issue.message,
    pointer: `/${issue.path.join('/')}`,
  }))
  throw new Problem(400, errors[0]?.code ?? 'invalid_field', errors[0]?.detail ?? 'the body is not as described', {
    errors,
  })
}
