import { parseUuid } from '@atlas/identifiers'
import {
  type Clock,
  type CommandVerifier,
  type Database,
  jsonBody,
  type Logger,
  type Outbox,
  type Principal,
  Problem,
  parseBody,
} from '@atlas/runtime'
import type { Codec } from '@atlas/schemas'
import { type Request, type RequestHandler, Router } from 'express'
import { z } from 'zod'
import type { Adapter } from './adapters/adapter.ts'
import { explainRecord } from './explain.ts'
import { createKey, type KeyParts, listKeys, revokeKey, rotateKey } from './keys.ts'
import { renormalise } from './renormalise.ts'
import { countVersions } from './store/explain.ts'

export interface InternalRouteParts {
  readonly database: Database
  readonly codec: Codec
  readonly clock: Clock
  readonly logger: Logger
  readonly verifier: CommandVerifier
  readonly outbox: Outbox
  readonly adapters: ReadonlyMap<string, Adapter>
  readonly keysPerSource: KeyParts['keysPerSource']
  readonly limits: KeyParts['limits']
  /** Aborted when the service stops. */
  readonly signal: AbortSignal
}

const keyRequest = z.strictObject({
  sources: z.array(z.string().min(1)).min(1),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
  holder: z.string().trim().min(1).max(200).nullish(),
  // 0: no limit, whatever the configuration says.
  ratePerMinute: z.int().nonnegative().max(1_000_000).nullish(),
  maxBodyBytes: z.int().nonnegative().nullish(),
  maxLines: z.int().nonnegative().nullish(),
  dailyRecords: z.int().nonnegative().nullish(),
  dailyBytes: z.int().nonnegative().nullish(),
})
const rotation = z.strictObject({
  overlapHours: z
    .int()
    .nonnegative()
    .max(24 * 90),
  expiresAt: z.iso.datetime({ offset: true }).nullish(),
})
const renormalisation = z.strictObject({ source: z.string().optional() })
const revocation = z.strictObject({ reason: z.string().trim().min(1).max(1_000) })

/** For operators and for other services; nothing of it is reachable from outside. */
export function internalRoutes(parts: InternalRouteParts): Router {
  const { database, codec, clock, logger, verifier } = parts
  const admin = (request: Request): Principal => {
    const principal = verifier.verify(request.headers)
    if (principal.roles.includes('admin')) return principal
    throw new Problem(403, 'forbidden', 'this is for operators')
  }
  const body = jsonBody()
  // Before the body is read.
  const guard: RequestHandler = (request, _response, next) => {
    admin(request)
    next()
  }
  const { keysPerSource, limits } = parts
  const keys = { database, logger, sources: [...parts.adapters.keys()], keysPerSource, limits }
  return Router()
    .get('/internal/records/:recordId', async (request, response) => {
      verifier.verifyService(request.headers)
      const recordId = parseUuid(String(request.params.recordId))
      if (recordId === undefined) throw new Problem(400, 'invalid_id', 'a record id is a UUID')
      const explanation = await explainRecord(database, codec, recordId)
      if (!explanation) throw new Problem(404, 'not_found', 'there is no such record')
      response.json(explanation)
    })
    .get('/internal/versions', async (request, response) => {
      verifier.verifyService(request.headers)
      response.json({ versions: await countVersions(database) })
    })
    .get('/internal/keys', async (request, response) => {
      admin(request)
      response.json({ keys: await listKeys(keys, clock.now()) })
    })
    .post('/internal/keys', guard, body, async (request, response) => {
      const { expiresAt, sources, holder, ...given } = parseBody(keyRequest, request.body)
      const wanted = {
        sources: [...new Set(sources)],
        expiresAt: expiresAt ? new Date(expiresAt) : null,
        holder: holder ?? null,
        ratePerMinute: given.ratePerMinute ?? null,
        maxBodyBytes: given.maxBodyBytes ?? null,
        maxLines: given.maxLines ?? null,
        dailyRecords: given.dailyRecords ?? null,
        dailyBytes: given.dailyBytes ?? null,
      }
      response.status(201).json(await createKey(keys, wanted, admin(request).actor))
    })
    .post('/internal/keys/:keyId/rotate', guard, body, async (request, response) => {
      const { overlapHours, expiresAt } = parseBody(rotation, request.body)
      const wanted = { overlapMs: overlapHours * 3_600_000, expiresAt: expiresAt ? new Date(expiresAt) : null }
      const id = String(request.params['keyId'])
      response.status(201).json(await rotateKey(keys, id, wanted, admin(request).actor, clock.now()))
    })
    .post('/internal/renormalise', guard, body, async (request, response) => {
      const { source } = parseBody(renormalisation, request.body)
      response.json(await renormaliseFor(parts, source === undefined ? keys.sources : [source]))
    })
    .post('/internal/keys/:keyId/revoke', guard, body, async (request, response) => {
      const { reason } = parseBody(revocation, request.body)
      await revokeKey(keys, String(request.params['keyId']), admin(request).actor, reason)
      response.json({ id: request.params['keyId'], state: 'revoked' })
    })
}

/** An answer comes within this time; where `finished` is false, asking again goes on. */
const SLICE_MS = 20_000

async function renormaliseFor(parts: InternalRouteParts, sources: readonly string[]) {
  const signal = AbortSignal.any([parts.signal, AbortSignal.timeout(SLICE_MS)])
  const done = []
  for (const source of sources) {
    const adapter = parts.adapters.get(source)
    if (!adapter) throw new Problem(404, 'unknown_source', `the sources are ${[...parts.adapters.keys()].join(', ')}`)
    done.push({ source, ...(await renormalise(parts, { adapter, signal })) })
  }
  return { finished: done.every(({ finished }) => finished), sources: done }
}
