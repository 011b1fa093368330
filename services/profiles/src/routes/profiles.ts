import {
  type CommandVerifier,
  type Database,
  type Ids,
  jsonBody,
  methodNotAllowed,
  Problem,
  parseBody,
} from '@atlas/runtime'
import { Router } from 'express'
import type { ProfileCommands } from '../commands.ts'
import { isRefusal, unlessSame, withIdentity, withoutIdentity } from '../decide-profile.ts'
import { given, makeProfile, onePrimary } from '../make-profile.ts'
import { normaliseIdentity } from '../normalise-identity.ts'
import { identityRequest, profilePatch, profilesRequest, settingsRequest } from '../requests.ts'
import { findByIdentity, findProfiles } from '../store/read-profiles.ts'
import { authenticated, idOf, managersOnly, mayManage, ownProfile } from './access.ts'

export interface RouteParts {
  readonly database: Database
  readonly commands: ProfileCommands
  readonly verifier: CommandVerifier
  readonly ids: Ids
}

// 512 KiB: with 500 identities added later, the largest profile still fits a message of 900 KiB.
const IMPORT_BYTES = 512 * 1024

/** The service's own interface: every call carries a service credential and, but for look-ups, a signed principal. */
export function profileRoutes(parts: RouteParts): Router {
  const router = Router({ caseSensitive: true, strict: true })
  makingRoutes(router, parts)
  readingRoutes(router, parts)
  changingRoutes(router, parts)
  return router
    .all('/v1/profiles', methodNotAllowed(['POST']))
    .all('/v1/profiles/by-identity', methodNotAllowed(['GET']))
    .all('/v1/profiles/:profileId', methodNotAllowed(['GET', 'PATCH']))
    .all('/v1/profiles/:profileId/settings', methodNotAllowed(['PATCH']))
    .all('/v1/profiles/:profileId/identities', methodNotAllowed(['POST']))
    .all('/v1/profiles/:profileId/identities/:identityId', methodNotAllowed(['DELETE']))
}

function makingRoutes(router: Router, { commands, verifier, ids }: RouteParts): void {
  router.post('/v1/profiles', managersOnly(verifier), jsonBody(IMPORT_BYTES), async (request, response) => {
    const { profiles } = parseBody(profilesRequest, request.body)
    const made = await commands.make(
      profiles.map((wish) => {
        const profileId = wish.profileId ?? ids.next()
        return { profileId, stateFrom: (stored) => makeProfile({ ...wish, profileId }, ids, stored) }
      }),
    )
    response.status(201).json({ profiles: made })
  })
}

function readingRoutes(router: Router, { database, verifier }: RouteParts): void {
  router
    .get('/v1/profiles/by-identity', async (request, response) => {
      verifier.verifyService(request.headers)
      const { type, value } = request.query
      if (typeof type !== 'string' || typeof value !== 'string')
        throw new Problem(400, 'invalid_parameter', 'name type and value, once each')
      response.json({ profiles: await findByIdentity(database, type, value) })
    })
    .get('/v1/profiles/:profileId', async (request, response) => {
      const id = ownProfile(verifier.verify(request.headers), request)
      const [profile] = await findProfiles(database, [id])
      if (profile?.state !== 'active') throw new Problem(404, 'not_found', 'there is no such profile')
      response.json(profile)
    })
}

function changingRoutes(router: Router, { commands, verifier, ids }: RouteParts): void {
  const known = authenticated(verifier)
  const body = jsonBody()
  router
    .patch('/v1/profiles/:profileId', known, body, async (request, response) => {
      const id = ownProfile(verifier.verify(request.headers), request)
      const { names, ...rest } = given(parseBody(profilePatch, request.body))
      response.json(
        await commands.change(id, (profile) =>
          unlessSame(profile, { ...rest, ...(names ? { names: onePrimary(names) } : {}) }),
        ),
      )
    })
    .patch('/v1/profiles/:profileId/settings', known, body, async (request, response) => {
      const id = ownProfile(verifier.verify(request.headers), request)
      const named = given(parseBody(settingsRequest, request.body))
      response.json(
        await commands.change(id, (profile) => unlessSame(profile, { settings: { ...profile.settings, ...named } })),
      )
    })
    .post('/v1/profiles/:profileId/identities', known, body, async (request, response) => {
      const principal = verifier.verify(request.headers)
      const id = ownProfile(principal, request)
      const wish = parseBody(identityRequest, request.body)
      // What a person says of himself is a claim; proof comes from a service that has seen it.
      const claimed = mayManage(principal) ? wish : { ...wish, verifiedAt: null, method: 'manual' as const }
      const identity = normaliseIdentity(claimed, ids.next())
      if (isRefusal(identity)) throw new Problem(identity.status, identity.code, identity.detail)
      response.status(201).json(await commands.change(id, (profile) => withIdentity(profile, identity)))
    })
    .delete('/v1/profiles/:profileId/identities/:identityId', async (request, response) => {
      const id = ownProfile(verifier.verify(request.headers), request)
      const identityId = idOf(request.params['identityId'])
      response.json(await commands.change(id, (profile) => withoutIdentity(profile, identityId)))
    })
}
