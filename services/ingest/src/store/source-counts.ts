import type { Queryable } from '@atlas/runtime'
import type { Counts, LineResult } from '../arriving.ts'
import { countsOf } from '../arriving.ts'

const SHARDS = 16

/**
 * Counts what became of a chunk, in the transaction that keeps it. One of 16 rows of the source is taken, and held until
 * the commit: those who write at the same time seldom meet.
 */
export async function countArrivals(tx: Queryable, source: string, results: readonly LineResult[]): Promise<void> {
  if (results.length === 0) return
  const counts = countsOf(results)
  await tx.query(
    `insert into source_counts as c (source, shard, stored, updated, duplicate, stale, refused, last_success_at)
     values ($1, pg_backend_pid() % ${SHARDS}, $2, $3, $4, $5, $6, now())
     on conflict (source, shard) do update
       set stored = c.stored + excluded.stored, updated = c.updated + excluded.updated,
           duplicate = c.duplicate + excluded.duplicate, stale = c.stale + excluded.stale,
           refused = c.refused + excluded.refused, last_success_at = excluded.last_success_at`,
    [source, counts.stored, counts.updated, counts.duplicate, counts.stale, counts.refused],
  )
  if (counts.refused > 0) await countRefusals(tx, source, results)
}

/** By the first mistake of each line. In the order of the codes: two transactions in one shard would deadlock otherwise. */
async function countRefusals(tx: Queryable, source: string, results: readonly LineResult[]): Promise<void> {
  const lines = new Map<string, number>()
  for (const { outcome, errors } of results) {
    const code = errors?.[0]?.code
    if (outcome === 'refused' && code !== undefined) lines.set(code, (lines.get(code) ?? 0) + 1)
  }
  const codes = [...lines.keys()].sort()
  await tx.query(
    `insert into source_refusals as r (source, code, shard, lines)
     select $1, u.code, pg_backend_pid() % ${SHARDS}, u.lines from unnest($2::text[], $3::bigint[]) as u (code, lines)
      order by u.code collate "C"
     on conflict (source, code, shard) do update set lines = r.lines + excluded.lines`,
    [source, codes, codes.map((code) => lines.get(code))],
  )
}

/** What is known of a source without reading its records. */
export interface SourceState {
  readonly source: string
  readonly counts: Counts
  readonly refusedByCode: Readonly<Record<string, number>>
  readonly lastSuccessAt: Date | null
}

export async function listSourceStates(database: Queryable, sources: readonly string[]): Promise<SourceState[]> {
  const { rows } = await database.query<Counts & { source: string; last: Date | null; codes: Record<string, number> }>(
    `select s.source, coalesce(sum(c.stored), 0)::bigint as stored, coalesce(sum(c.updated), 0)::bigint as updated,
            coalesce(sum(c.duplicate), 0)::bigint as duplicate, coalesce(sum(c.stale), 0)::bigint as stale,
            coalesce(sum(c.refused), 0)::bigint as refused, max(c.last_success_at) as last,
            (select coalesce(jsonb_object_agg(f.code, f.lines order by f.code), '{}')
               from (select code, sum(lines) as lines from source_refusals r where r.source = s.source group by code) f
            ) as codes
       from unnest($1::text[]) as s (source) left join source_counts c using (source)
      group by s.source order by s.source`,
    [sources],
  )
  return rows.map(({ source, last, codes, ...counts }) => ({
    source,
    counts,
    refusedByCode: codes,
    lastSuccessAt: last,
  }))
}

/** References of a source that the relay has still to send. */
export interface Waiting {
  readonly source: string
  readonly rows: number
  readonly oldestMs: number
}

/** The first 200,000 unsent references by source: beyond that nothing more is taken in anyway. */
export async function listWaiting(database: Queryable): Promise<Waiting[]> {
  const { rows } = await database.query<{ source: string; rows: number; oldest_ms: number }>(
    `with pointer as (
       select coalesce(max(last_xid), '0'::xid8) as last_xid, coalesce(max(last_id), 0) as last_id
         from relay_pointers where name = 'references'),
     waiting as (
       select split_part(r.key, ':', 1) as source, r.created_at from outbox_references r, pointer p
        where (r.xid, r.id) > (p.last_xid, p.last_id) order by r.xid, r.id limit 200000)
     select source, count(*) as rows,
            greatest(0, extract(epoch from clock_timestamp() - min(created_at)) * 1000)::float8 as oldest_ms
       from waiting group by source`,
  )
  return rows.map(({ source, rows: waiting, oldest_ms: oldestMs }) => ({ source, rows: waiting, oldestMs }))
}
