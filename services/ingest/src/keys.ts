import type { Database, Logger } from '@atlas/runtime'
import { Problem } from '@atlas/runtime'
import type { Counts } from './arriving.ts'
import { keyCreated, keyRevoked } from './events.ts'
import { createApiKey, formatApiKey, secretHash } from './push/api-key.ts'
import { type DefaultLimits, type KeyLimits, limitsOf } from './push/limits.ts'
import * as store from './store/api-keys.ts'

/** What others may see of a key. */
export interface KeyView {
  readonly id: string
  readonly sources: readonly string[]
  readonly state: 'active' | 'revoked' | 'expired'
  readonly holder: string | null
  readonly replaces: string | null
  readonly createdAt: string
  readonly createdBy: string
  readonly expiresAt: string | null
  readonly revokedAt: string | null
  /** When it was first sent in clear: it should be replaced. */
  readonly exposedAt: string | null
  readonly lastUsedAt: string | null
  /** As they are applied: its own, else those of the configuration. */
  readonly limits: KeyLimits
  readonly requests: number
  readonly bytes: number
  readonly counts: Counts
  readonly today: { readonly requests: number; readonly records: number; readonly bytes: number }
}

export interface KeyRequest extends Partial<store.GivenLimits> {
  readonly sources: readonly string[]
  readonly expiresAt?: Date | null
  /** Whom to tell about the key. */
  readonly holder?: string | null
}

export interface KeyParts {
  readonly database: Database
  readonly logger: Logger
  /** Those that may be given a key. */
  readonly sources: readonly string[]
  /** Active keys of one source: two, so that one can be replaced while the old one still works. */
  readonly keysPerSource: number
  readonly limits: DefaultLimits
}

export interface MadeKey {
  readonly id: string
  readonly key: string
}

/** Makes a key; the answer is the only place where it ever stands. */
export async function createKey(parts: KeyParts, request: KeyRequest, by: string): Promise<MadeKey> {
  const { sources, expiresAt = null, holder = null, ...limits } = request
  const unknown = sources.find((source) => !parts.sources.includes(source))
  if (unknown !== undefined) throw new Problem(422, 'unknown_source', `the sources are ${parts.sources.join(', ')}`)
  return insertKey(parts, { sources, expiresAt, holder, limits: { ...UNSAID, ...limits }, replaces: null }, by)
}

const UNSAID: store.GivenLimits = {
  ratePerMinute: null,
  maxBodyBytes: null,
  maxLines: null,
  dailyRecords: null,
  dailyBytes: null,
}

type Described = Pick<store.NewKey, 'sources' | 'expiresAt' | 'holder' | 'limits' | 'replaces'>

async function insertKey(parts: KeyParts, key: Described, by: string): Promise<MadeKey> {
  const { database, logger, keysPerSource } = parts
  const made = createApiKey()
  const stored = { ...key, id: made.id, secretSha256: secretHash(made.secret), createdBy: by }
  const full = await store.insertKey(database, stored, keysPerSource)
  if (full !== undefined)
    throw new Problem(409, 'too_many_active_keys', `${full} has ${keysPerSource} active keys; revoke one first`)
  keyCreated(logger, made.id, key.sources, by)
  return { id: made.id, key: formatApiKey(made) }
}

export interface Rotation {
  /** How long the old key goes on working: time to hand the new one over. */
  readonly overlapMs: number
  /** Of the new one. */
  readonly expiresAt: Date | null
}

/** A key like that one, in its place; the old one ends after the overlap. */
export async function rotateKey(
  parts: KeyParts,
  id: string,
  { overlapMs, expiresAt }: Rotation,
  by: string,
  now: number,
): Promise<MadeKey> {
  const old = await store.findKey(parts.database, id)
  if (!old) throw new Problem(404, 'not_found', 'there is no such key')
  if (stateOf(old, now) !== 'active') throw new Problem(409, 'key_not_active', 'this key ended; create a new one')
  const { sources, holder, limits } = old
  const made = await insertKey(parts, { sources, holder, limits, expiresAt, replaces: id }, by)
  await store.expireKey(parts.database, id, new Date(now + overlapMs))
  return made
}

function stateOf({ revokedAt, expiresAt }: store.StoredKey, now: number): KeyView['state'] {
  if (revokedAt) return 'revoked'
  return expiresAt && expiresAt.getTime() <= now ? 'expired' : 'active'
}

/** Newest first, secrets left out. */
export async function listKeys(
  { database, limits }: Pick<KeyParts, 'database' | 'limits'>,
  now: number,
): Promise<KeyView[]> {
  const time = (at: Date | null) => at?.toISOString() ?? null
  return (await store.listKeys(database)).map((key) => ({
    id: key.id,
    sources: key.sources,
    state: stateOf(key, now),
    holder: key.holder,
    replaces: key.replaces,
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    expiresAt: time(key.expiresAt),
    revokedAt: time(key.revokedAt),
    exposedAt: time(key.exposedAt),
    lastUsedAt: time(key.lastUsedAt),
    limits: limitsOf(key.limits, limits),
    requests: key.requests,
    bytes: key.bytes,
    counts: key.counts,
    today: { requests: key.requestsToday, records: key.recordsToday, bytes: key.bytesToday },
  }))
}

/** From now on the key opens nothing: no request, and no further chunk of one that is under way. */
export async function revokeKey(
  { database, logger }: Pick<KeyParts, 'database' | 'logger'>,
  id: string,
  by: string,
  reason: string,
): Promise<void> {
  if (!(await store.revokeKey(database, id, by, reason))) throw new Problem(404, 'not_found', 'there is no such key')
  keyRevoked(logger, id, by, reason)
}
