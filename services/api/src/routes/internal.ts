import { type CommandVerifier, type Database, methodNotAllowed, Problem, quoted } from '@atlas/runtime'
import { Router } from 'express'
import { DIGEST_ENTITIES, type DigestEntity, digestOf } from '../store/digest.ts'

/** For the services' checks: needs a service's credential, and the ingress routes nothing of it. */
export function internalRoutes(database: Database, verifier: CommandVerifier): Router {
  return Router({ caseSensitive: true, strict: true })
    .get('/internal/digest', async (request, response) => {
      verifier.verifyService(request.headers)
      const digests = []
      for (const entity of entitiesOf(request.query['entity'])) digests.push(await digestOf(database, entity))
      response.json({ digests })
    })
    .all('/internal/digest', methodNotAllowed(['GET']))
}

function entitiesOf(value: unknown): readonly DigestEntity[] {
  if (value === undefined) return DIGEST_ENTITIES
  const found = DIGEST_ENTITIES.find((entity) => entity === value)
  if (!found) throw new Problem(400, 'invalid_enum', `${quoted(value)} is not one of ${DIGEST_ENTITIES.join(', ')}`)
  return [found]
}
