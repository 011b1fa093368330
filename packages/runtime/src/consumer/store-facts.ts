import { createHash } from 'node:crypto'
import type { Queryable, Tx } from '../postgres/database.ts'
import type { RawMessage } from './contract.ts'
import type { FactIdentity } from './decide-fact.ts'

/** Which facts: one topic, as read by one group. */
export interface FactScope {
  readonly group: string
  readonly topic: string
}

/** A fact that came too early, with the quarantine row that holds it when the one before is in quarantine. */
export interface WaitingFact extends FactIdentity {
  readonly raw: RawMessage
  readonly quarantineId: number | undefined
}

export function sha256Of(value: Buffer | null): string {
  return createHash('sha256')
    .update(value ?? '')
    .digest('hex')
}

/** The last `seq` of each key; the rows stay locked until the transaction ends, in key order so that two never wait for each other. */
export async function lockKeys(
  tx: Tx,
  { group, topic }: FactScope,
  keys: readonly string[],
): Promise<Map<string, number>> {
  await tx.query(
    `insert into fact_progress (consumer_group, topic, key, seq)
     select $1, $2, key, 0 from unnest($3::text[]) as key order by key
     on conflict do nothing`,
    [group, topic, keys],
  )
  const { rows } = await tx.query<{ key: string; seq: number }>(
    `select key, seq from fact_progress
      where consumer_group = $1 and topic = $2 and key = any($3) order by key for update`,
    [group, topic, keys],
  )
  return new Map(rows.map(({ key, seq }) => [key, seq]))
}

/** Facts already applied that share a place or an event id with these. */
export async function findApplied(
  tx: Tx,
  { group, topic }: FactScope,
  facts: readonly FactIdentity[],
): Promise<readonly FactIdentity[]> {
  const { rows } = await tx.query<{ key: string; seq: number; event_id: string; sha256: string }>(
    `select a.key, a.seq, a.event_id, encode(a.value_sha256, 'hex') as sha256
       from facts_applied a
       join unnest($3::text[], $4::bigint[]) as t(key, seq) using (key, seq)
      where a.consumer_group = $1 and a.topic = $2
     union
     select a.key, a.seq, a.event_id, encode(a.value_sha256, 'hex')
       from facts_applied a
      where a.consumer_group = $1 and a.topic = $2 and a.event_id = any($5::uuid[])`,
    [group, topic, facts.map(({ key }) => key), facts.map(({ seq }) => seq), facts.map(({ eventId }) => eventId)],
  )
  return rows.map(({ key, seq, event_id, sha256 }) => ({ key, seq, eventId: event_id, sha256 }))
}

interface WaitingRow {
  readonly key: string
  readonly seq: number
  readonly event_id: string
  readonly partition: number
  readonly offset: string
  readonly headers: Record<string, string>
  readonly value: Buffer
  readonly produced_at: Date
  readonly quarantine_id: number | null
}

/** Everything that waits under these keys, by key and `seq`. */
export async function listWaiting(
  tx: Tx,
  { group, topic }: FactScope,
  keys: readonly string[],
): Promise<readonly WaitingFact[]> {
  const { rows } = await tx.query<WaitingRow>(
    `select key, seq, event_id, partition, "offset"::text, headers, value, produced_at, null::bigint as quarantine_id
       from held_facts where consumer_group = $1 and topic = $2 and key = any($3)
     union all
     select key, (headers->>'revision')::bigint, (headers->>'event-id')::uuid, partition, "offset"::text, headers, value,
            produced_at, id
       from quarantine
      where consumer_group = $1 and topic = $2 and key = any($3) and state = 'open'
        and error_code = 'blocked_by_quarantine'
      order by 1, 2`,
    [group, topic, keys],
  )
  return rows.map((row) => ({
    key: row.key,
    seq: row.seq,
    eventId: row.event_id,
    sha256: sha256Of(row.value),
    quarantineId: row.quarantine_id ?? undefined,
    raw: {
      topic,
      partition: row.partition,
      offset: BigInt(row.offset),
      key: row.key,
      value: row.value,
      headers: new Map(Object.entries(row.headers)),
      timestampMs: row.produced_at.getTime(),
    },
  }))
}

/** Key and `seq` of facts that lie in quarantine for a fault of their own. */
export async function listQuarantined(
  tx: Tx,
  { group, topic }: FactScope,
  keys: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await tx.query<{ place: string }>(
    `select key || '#' || (headers->>'revision') as place from quarantine
      where consumer_group = $1 and topic = $2 and key = any($3) and state = 'open'
        and error_code <> 'blocked_by_quarantine' and headers ? 'revision'`,
    [group, topic, keys],
  )
  return new Set(rows.map(({ place }) => place))
}

export async function saveApplied(tx: Tx, { group, topic }: FactScope, facts: readonly FactIdentity[]): Promise<void> {
  if (facts.length === 0) return
  await tx.query(
    `with applied as (
       insert into facts_applied (consumer_group, topic, key, seq, event_id, value_sha256)
       select $1, $2, t.key, t.seq, t.event_id, decode(t.sha256, 'hex')
         from unnest($3::text[], $4::bigint[], $5::uuid[], $6::text[]) as t(key, seq, event_id, sha256)
       returning key, seq)
     update fact_progress p set seq = a.seq
       from (select key, max(seq) as seq from applied group by key) a
      where p.consumer_group = $1 and p.topic = $2 and p.key = a.key and p.seq < a.seq`,
    [
      group,
      topic,
      facts.map(({ key }) => key),
      facts.map(({ seq }) => seq),
      facts.map(({ eventId }) => eventId),
      facts.map(({ sha256 }) => sha256),
    ],
  )
}

/** Lets the key go on after a fact that was given up. */
export async function passOver(tx: Tx, { group, topic }: FactScope, key: string, seq: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update fact_progress set seq = $4 where consumer_group = $1 and topic = $2 and key = $3 and seq = $4 - 1`,
    [group, topic, key, seq],
  )
  return rowCount > 0
}

export async function saveHeld(tx: Tx, { group, topic }: FactScope, facts: readonly WaitingFact[]): Promise<void> {
  if (facts.length === 0) return
  await tx.query(
    `insert into held_facts (consumer_group, topic, key, seq, event_id, partition, "offset", headers, value, produced_at)
     select $1, $2, t.*
       from unnest($3::text[], $4::bigint[], $5::uuid[], $6::int[], $7::bigint[], $8::jsonb[], $9::bytea[],
                   $10::timestamptz[]) as t`,
    [
      group,
      topic,
      facts.map(({ key }) => key),
      facts.map(({ seq }) => seq),
      facts.map(({ eventId }) => eventId),
      facts.map(({ raw }) => raw.partition),
      facts.map(({ raw }) => raw.offset.toString()),
      facts.map(({ raw }) => JSON.stringify(Object.fromEntries(raw.headers))),
      facts.map(({ raw }) => raw.value),
      facts.map(({ raw }) => new Date(raw.timestampMs)),
    ],
  )
}

/** The ones that waited are done with: applied, or in quarantine for a fault of their own. */
export async function release(tx: Tx, { group, topic }: FactScope, facts: readonly WaitingFact[]): Promise<void> {
  if (facts.length === 0) return
  await tx.query(
    `delete from held_facts h using unnest($3::text[], $4::bigint[]) as t(key, seq)
      where h.consumer_group = $1 and h.topic = $2 and h.key = t.key and h.seq = t.seq`,
    [group, topic, facts.map(({ key }) => key), facts.map(({ seq }) => seq)],
  )
  await tx.query(
    `update quarantine set state = 'replayed', decided_by = 'runtime', decided_at = now(),
            reason = 'the fact before it was settled'
      where id = any($1::bigint[]) and state = 'open'`,
    [facts.flatMap(({ quarantineId }) => (quarantineId === undefined ? [] : [quarantineId]))],
  )
}

/** How many facts have waited longer than `olderThanMs`, and one of them. */
export async function countHeld(
  db: Queryable,
  { group, topic }: FactScope,
  olderThanMs: number,
): Promise<{ readonly held: number; readonly late: number; readonly example: string | undefined }> {
  const { rows } = await db.query<{ held: number; late: number; example: string | null }>(
    `select count(*) as held,
            count(*) filter (where held_at < now() - make_interval(secs => $3::float8 / 1000)) as late,
            min(key || ' seq ' || seq) as example
       from held_facts where consumer_group = $1 and topic = $2`,
    [group, topic, olderThanMs],
  )
  const row = rows[0]
  return { held: row?.held ?? 0, late: row?.late ?? 0, example: row?.example ?? undefined }
}
