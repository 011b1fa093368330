import type { Queryable } from '@atlas/runtime'
import type { Counts } from '../arriving.ts'

/** Where a key stands with one request counted in: the window of its rate, and the day. */
export interface KeyStanding {
  /** Of the window, this one included. */
  readonly requests: number
  readonly windowEndsInMs: number
  readonly today: DayUsage
  readonly dayEndsInMs: number
}

/** What counts against the quotas of a day. */
export interface DayUsage {
  /** Those kept and those refused: what is sent again costs nothing. */
  readonly records: number
  readonly bytes: number
}

const DAY = `(now() at time zone 'utc')::date`
const COUNTED = 'stored + updated + stale + refused'

/** Counts a request of the key: exact over all members, since each waits for the row. Times are the database's. */
export async function countRequest(database: Queryable, keyId: string, windowMs: number): Promise<KeyStanding> {
  const over = `r.window_started_at <= now() - $2 * interval '1 millisecond'`
  const { rows } = await database.query<{
    requests: number
    window_ms: number
    records: number
    bytes: number
    day_ms: number
  }>(
    `with rate as (
       insert into key_rates as r (key_id, window_started_at, requests, last_used_at) values ($1, now(), 1, now())
       on conflict (key_id) do update
         set window_started_at = case when ${over} then now() else r.window_started_at end,
             requests = case when ${over} then 1 else r.requests + 1 end,
             last_used_at = greatest(r.last_used_at, now())
       returning requests, window_started_at),
     today as (
       insert into key_usage as u (key_id, day, requests) values ($1, ${DAY}, 1)
       on conflict (key_id, day) do update set requests = u.requests + 1
       returning ${COUNTED} as records, bytes)
     select requests, records, bytes,
            (extract(epoch from window_started_at - now()) * 1000 + $2)::float8 as window_ms,
            (extract(epoch from ((${DAY} + 1)::timestamp at time zone 'utc') - now()) * 1000)::float8 as day_ms
       from rate, today`,
    [keyId, windowMs],
  )
  const row = rows[0]
  if (!row) throw new Error(`no usage of key "${keyId}" right after it was counted`)
  const { requests, records, bytes, window_ms: windowEndsInMs, day_ms: dayEndsInMs } = row
  return { requests, windowEndsInMs: Math.max(0, windowEndsInMs), today: { records, bytes }, dayEndsInMs }
}

/** Adds what a chunk was to the day's row of the key; says where the day stands then, and whether the key still opens. */
export async function addUsage(
  database: Queryable,
  keyId: string,
  counts: Counts,
  bytes: number,
): Promise<{ readonly active: boolean; readonly today: DayUsage }> {
  const { rows } = await database.query<{ active: boolean; records: number; bytes: number }>(
    `with usage as (
       insert into key_usage as u (key_id, day, bytes, stored, updated, duplicate, stale, refused)
       values ($1, ${DAY}, $2, $3, $4, $5, $6, $7)
       on conflict (key_id, day) do update
         set bytes = u.bytes + excluded.bytes, stored = u.stored + excluded.stored,
             updated = u.updated + excluded.updated, duplicate = u.duplicate + excluded.duplicate,
             stale = u.stale + excluded.stale, refused = u.refused + excluded.refused
       returning ${COUNTED} as records, bytes)
     select k.revoked_at is null and (k.expires_at is null or k.expires_at > clock_timestamp()) as active,
            usage.records, usage.bytes
       from usage, api_keys k where k.id = $1`,
    [keyId, bytes, counts.stored, counts.updated, counts.duplicate, counts.stale, counts.refused],
  )
  const row = rows[0]
  return { active: row?.active ?? false, today: { records: row?.records ?? 0, bytes: row?.bytes ?? 0 } }
}
