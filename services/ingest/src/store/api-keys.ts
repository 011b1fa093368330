import type { Database, Queryable } from '@atlas/runtime'

/** A push key as it is stored: never its secret. */
export interface StoredKey {
  readonly id: string
  readonly secretSha256: Buffer
  readonly sources: readonly string[]
  readonly maxBodyBytes: number | null
  readonly maxLines: number | null
  readonly createdAt: Date
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  readonly lastUsedOn: string | null
}

const COLUMNS = `id, secret_sha256 as "secretSha256", sources, max_body_bytes as "maxBodyBytes", max_lines as "maxLines",
  created_at as "createdAt", created_by as "createdBy", expires_at as "expiresAt", revoked_at as "revokedAt",
  last_used_on::text as "lastUsedOn"`

export async function findKey(database: Queryable, id: string): Promise<StoredKey | undefined> {
  return (await database.query<StoredKey>(`select ${COLUMNS} from api_keys where id = $1`, [id])).rows[0]
}

/** Newest first. */
export async function listKeys(database: Queryable): Promise<StoredKey[]> {
  return (await database.query<StoredKey>(`select ${COLUMNS} from api_keys order by created_at desc, id`)).rows
}

export interface NewKey {
  readonly id: string
  readonly secretSha256: Buffer
  readonly sources: readonly string[]
  readonly createdBy: string
  readonly expiresAt: Date | null
  readonly maxBodyBytes: number | null
  readonly maxLines: number | null
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
      `insert into api_keys (id, secret_sha256, sources, created_by, expires_at, max_body_bytes, max_lines)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      [key.id, key.secretSha256, key.sources, key.createdBy, key.expiresAt, key.maxBodyBytes, key.maxLines],
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

/** Written once a day and key. */
export async function noteUse(database: Queryable, id: string): Promise<void> {
  await database.query(
    'update api_keys set last_used_on = current_date where id = $1 and last_used_on is distinct from current_date',
    [id],
  )
}
