import type { Database, Queryable } from '@atlas/runtime'
import type { Counts } from '../arriving.ts'

/** A push key as it is stored: never its secret. */
export interface StoredKey {
  readonly id: string
  readonly secretSha256: Buffer
  readonly sources: readonly string[]
  readonly limits: GivenLimits
  readonly holder: string | null
  readonly replaces: string | null
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly exposedAt: Date | null
}

/** Of one key; null: as configured, 0: none. */
export interface GivenLimits {
  readonly ratePerMinute: number | null
  readonly maxBodyBytes: number | null
  readonly maxLines: number | null
  readonly dailyRecords: number | null
  readonly dailyBytes: number | null
}

const COLUMNS = `k.id, k.secret_sha256 as "secretSha256", k.sources, k.rate_per_minute as "ratePerMinute",
  k.max_body_bytes as "maxBodyBytes", k.max_lines as "maxLines", k.daily_records as "dailyRecords",
  k.daily_bytes as "dailyBytes", k.holder, k.replaces, k.created_at as "createdAt", k.created_by as "createdBy",
  k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.exposed_at as "exposedAt"`

type KeyRow = Omit<StoredKey, 'limits'> & GivenLimits

function keyOf<R extends KeyRow>({ ratePerMinute, maxBodyBytes, maxLines, dailyRecords, dailyBytes, ...key }: R) {
  return { ...key, limits: { ratePerMinute, maxBodyBytes, maxLines, dailyRecords, dailyBytes } }
}

export async function findKey(database: Queryable, id: string): Promise<StoredKey | undefined> {
  const { rows } = await database.query<KeyRow>(`select ${COLUMNS} from api_keys k where k.id = $1`, [id])
  return rows[0] && keyOf(rows[0])
}

/** What a key was used for: ever, and today. */
export interface ListedKey extends StoredKey {
  readonly lastUsedAt: Date | null
  readonly requests: number
  readonly bytes: number
  readonly counts: Counts
  readonly requestsToday: number
  readonly recordsToday: number
  readonly bytesToday: number
}

/** Newest first. */
export async function listKeys(database: Queryable): Promise<ListedKey[]> {
  const sum = (column: string) => `coalesce(sum(u.${column}), 0)::bigint`
  const today = `filter (where u.day = (now() at time zone 'utc')::date)`
  const { rows } = await database.query<KeyRow & Omit<ListedKey, keyof StoredKey | 'counts'> & Counts>(
    `select ${COLUMNS}, r.last_used_at as "lastUsedAt", u.*
       from api_keys k left join key_rates r on r.key_id = k.id
      cross join lateral (
        select ${sum('requests')} as requests, ${sum('bytes')} as bytes, ${sum('stored')} as stored,
               ${sum('updated')} as updated, ${sum('duplicate')} as duplicate, ${sum('stale')} as stale,
               ${sum('refused')} as refused,
               coalesce(sum(u.requests) ${today}, 0)::bigint as "requestsToday",
               coalesce(sum(u.stored + u.updated + u.stale + u.refused) ${today}, 0)::bigint as "recordsToday",
               coalesce(sum(u.bytes) ${today}, 0)::bigint as "bytesToday"
          from key_usage u where u.key_id = k.id) u
      order by k.created_at desc, k.id`,
  )
  return rows.map(({ stored, updated, duplicate, stale, refused, ...row }) => ({
    ...keyOf(row),
    counts: { stored, updated, duplicate, stale, refused },
  }))
}

export interface NewKey {
  readonly id: string
  readonly secretSha256: Buffer
  readonly sources: readonly string[]
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly limits: GivenLimits
  readonly holder: string | null
  readonly replaces: string | null
}

/** Undefined, or the source that has `limit` active keys already; then nothing is stored. */
export async function insertKey(database: Database, key: NewKey, limit: number): Promise<string | undefined> {
  return database.transaction(async (tx) => {
    // Two keys made at once would both see one active key.
    await tx.query('lock table api_keys in share row exclusive mode')
    const { rows } = await tx.query<{ source: string }>(
      `select s.source from unnest($1::text[]) as s (source)
        where (select count(*) from api_keys k
                where s.source = any(k.sources) and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())) >= $2
        limit 1`,
      [key.sources, limit],
    )
    if (rows[0]) return rows[0].source
    await tx.query(
      `insert into api_keys (id, secret_sha256, sources, created_by, expires_at, holder, replaces, rate_per_minute,
                             max_body_bytes, max_lines, daily_records, daily_bytes)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      valuesOf(key),
    )
    return undefined
  })
}

/** False when there is no such key; a key revoked before stays as it was. */
export async function revokeKey(database: Queryable, id: string, by: string, reason: string): Promise<boolean> {
  const { rowCount } = await database.query(
    `update api_keys
        set revoked_at = coalesce(revoked_at, now()), revoked_by = coalesce(revoked_by, $2),
            revoked_reason = coalesce(revoked_reason, $3)
      where id = $1`,
    [id, by, reason],
  )
  return rowCount > 0
}

function valuesOf({ id, secretSha256, sources, createdBy, expiresAt, holder, replaces, limits }: NewKey): unknown[] {
  const { ratePerMinute, maxBodyBytes, maxLines, dailyRecords, dailyBytes } = limits
  const about = [id, secretSha256, sources, createdBy, expiresAt, holder, replaces]
  return [...about, ratePerMinute, maxBodyBytes, maxLines, dailyRecords, dailyBytes]
}

/** Lets an active key end at that time, unless it ends before. */
export async function expireKey(database: Queryable, id: string, at: Date): Promise<void> {
  await database.query('update api_keys set expires_at = least(expires_at, $2) where id = $1 and revoked_at is null', [
    id,
    at,
  ])
}

/** Notes that the key was sent where others could read it; false when that is known already. */
export async function noteExposure(database: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await database.query(
    'update api_keys set exposed_at = now() where id = $1 and exposed_at is null',
    [id],
  )
  return rowCount > 0
}
