import type { Queryable } from '@atlas/runtime'

/** A block that is split because it is too wide. */
export interface WideBlock {
  readonly key: string
  readonly since: Date
  readonly profiles: number
  /** Slots under the key itself; those of a frequent name also stand under its parts. */
  readonly slots: number
}

export async function countWideBlocks(db: Queryable): Promise<number> {
  return (await db.query<{ n: number }>('select count(*) as n from wide_blocks')).rows[0]?.n ?? 0
}

/** The widest blocks, the widest first, of equal ones by key. */
export async function listWidestBlocks(db: Queryable, limit: number): Promise<readonly WideBlock[]> {
  const { rows } = await db.query<WideBlock>(
    `with widest as (
       select key, since, (select count(*) from profile_keys p where p.key = w.key) as profiles
         from wide_blocks w order by profiles desc, key limit $1)
     select key, since, profiles, (select count(*) from slot_keys s where s.key = widest.key) as slots
       from widest order by profiles desc, key`,
    [limit],
  )
  return rows
}

/** How many profiles stand under each of these keys. */
export async function countProfilesUnder(
  db: Queryable,
  keys: readonly string[],
): Promise<readonly { readonly key: string; readonly profiles: number }[]> {
  const { rows } = await db.query<{ key: string; profiles: number }>(
    `select k.key, (select count(*) from profile_keys p where p.key = k.key) as profiles
       from unnest($1::text[]) as k(key) order by k.key`,
    [keys],
  )
  return rows
}
