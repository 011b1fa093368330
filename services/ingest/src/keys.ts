import type { Database, Logger } from '@atlas/runtime'
import { Problem } from '@atlas/runtime'
import { keyCreated, keyRevoked } from './events.ts'
import { createApiKey, formatApiKey, secretHash } from './push/api-key.ts'
import * as store from './store/api-keys.ts'

/** What others may see of a key. */
export interface KeyView {
  readonly id: string
  readonly sources: readonly string[]
  readonly state: 'active' | 'revoked' | 'expired'
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  readonly lastUsedOn: string | null
  readonly maxBodyBytes: number | null
  readonly maxLines: number | null
}

export interface KeyRequest {
  readonly sources: readonly string[]
  readonly expiresAt?: Date | null
  readonly maxBodyBytes?: number | null
  readonly maxLines?: number | null
}

export interface KeyParts {
  readonly database: Database
  readonly logger: Logger
  /** Those that may be given a key. */
  readonly sources: readonly string[]
}

/** Two, so that a key can be replaced while the old one still works. */
const ACTIVE_PER_SOURCE = 2

/** Makes a key; the answer is the only place where it ever stands. */
export async function createKey(
  { database, logger, sources: known }: KeyParts,
  { sources, expiresAt = null, maxBodyBytes = null, maxLines = null }: KeyRequest,
  by: string,
): Promise<{ readonly id: string; readonly key: string }> {
  const unknown = sources.find((source) => !known.includes(source))
  if (unknown !== undefined) throw new Problem(422, 'unknown_source', `the sources are ${known.join(', ')}`)
  const made = createApiKey()
  const key = {
    id: made.id,
    secretSha256: secretHash(made.secret),
    sources,
    createdBy: by,
    expiresAt,
    maxBodyBytes,
    maxLines,
  }
  const full = await store.insertKey(database, key, ACTIVE_PER_SOURCE)
  if (full !== undefined)
    throw new Problem(409, 'too_many_active_keys', `${full} has ${ACTIVE_PER_SOURCE} active keys; revoke one first`)
  keyCreated(logger, made.id, sources, by)
  return { id: made.id, key: formatApiKey(made) }
}

/** Newest first, secrets left out. */
export async function listKeys({ database }: Pick<KeyParts, 'database'>, now: number): Promise<KeyView[]> {
  return (await store.listKeys(database)).map((key) => ({
    id: key.id,
    sources: key.sources,
    state: key.revokedAt ? 'revoked' : key.expiresAt && key.expiresAt.getTime() <= now ? 'expired' : 'active',
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedOn: key.lastUsedOn,
    maxBodyBytes: key.maxBodyBytes,
    maxLines: key.maxLines,
  }))
}

/** From the next request on the key opens nothing. */
export async function revokeKey(
  { database, logger }: Omit<KeyParts, 'sources'>,
  id: string,
  by: string,
  reason: string,
): Promise<void> {
  if (!(await store.revokeKey(database, id, by, reason))) throw new Problem(404, 'not_found', 'there is no such key')
  keyRevoked(logger, id, by, reason)
}
