import type { IncomingMessage } from 'node:http'
import { type Clock, type Logger, type Metrics, Problem, type Queryable } from '@atlas/runtime'
import { type KeyRefusal, keyExposed, keyRefused, keyRevoked } from '../events.ts'
import { findKey, noteExposure, revokeKey, type StoredKey } from '../store/api-keys.ts'
import { keysInUrl, parseApiKey, secretMatches } from './api-key.ts'

export interface AuthenticateParts {
  readonly database: Queryable
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
}

/** The key behind a push, or a `Problem`. Reads nothing but the head of the request. */
export async function authenticate(parts: AuthenticateParts, request: IncomingMessage): Promise<StoredKey> {
  const { database, clock, logger, metrics } = parts
  await refuseKeyInUrl(parts, request.url ?? '')
  const { id, secret } = keyOf(request)
  const key = await findKey(database, id)
  const matches = secretMatches(secret, key?.secretSha256)
  const reason = refusalOf(key, matches, clock.now())
  if (key === undefined || reason !== undefined) {
    keyRefused(logger, metrics, id, reason ?? 'unknown')
    throw new Problem(401, 'invalid_api_key', 'this key does not open anything here', CHALLENGE)
  }
  return key
}

const CHALLENGE = { headers: { 'WWW-Authenticate': 'Bearer', Connection: 'close' } }

function refusalOf(key: StoredKey | undefined, matches: boolean, now: number): KeyRefusal | undefined {
  if (key === undefined) return 'unknown'
  if (!matches) return 'wrong_secret'
  if (key.revokedAt !== null) return 'revoked'
  return key.expiresAt !== null && key.expiresAt.getTime() <= now ? 'expired' : undefined
}

function keyOf(request: IncomingMessage) {
  const given = request.headersDistinct['authorization'] ?? []
  if (given.length === 0)
    throw new Problem(401, 'missing_api_key', 'send the key of the source as "Authorization: Bearer avk_…"', CHALLENGE)
  const key = given.length === 1 ? parseApiKey(/^Bearer (\S{1,100})$/i.exec(given[0] ?? '')?.[1] ?? '') : undefined
  if (!key)
    throw new Problem(401, 'malformed_api_key', 'send one key, as "Authorization: Bearer avk_<id>_<secret>"', CHALLENGE)
  return key
}

/** A key in a URL stands in logs already: it is revoked at once, if it is one. */
async function refuseKeyInUrl({ database, logger, metrics }: AuthenticateParts, url: string): Promise<void> {
  const found = keysInUrl(url)
  if (found.length === 0) return
  for (const { id, secret } of found) {
    const key = await findKey(database, id)
    keyRefused(logger, metrics, id, 'in_url')
    if (!secretMatches(secret, key?.secretSha256)) continue
    await revokeKey(database, id, 'system', 'was sent in a url')
    keyRevoked(logger, id, 'system', 'was sent in a url')
  }
  throw new Problem(
    400,
    'api_key_in_url',
    'a key in a URL can be read by others: it was revoked; send the new one in a header',
    {
      headers: { Connection: 'close' },
    },
  )
}

/** A key that came in clear was read by whoever wanted to: it is flagged, for its holder to replace. */
export async function flagKeyInClear(parts: AuthenticateParts, request: IncomingMessage): Promise<void> {
  const { database, logger, metrics } = parts
  for (const given of request.headersDistinct['authorization'] ?? []) {
    const sent = parseApiKey(/^Bearer (\S{1,100})$/i.exec(given)?.[1] ?? '')
    const key = sent && (await findKey(database, sent.id))
    if (!sent || !key || !secretMatches(sent.secret, key.secretSha256)) continue
    keyRefused(logger, metrics, key.id, 'in_clear')
    if (await noteExposure(database, key.id)) keyExposed(logger, key.id, key.holder)
  }
}
