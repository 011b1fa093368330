import type { RawMessage } from '../consumer/contract.ts'
import type { Queryable, Tx } from '../postgres/database.ts'
import type { Quarantined } from './quarantined.ts'

/** A message to put aside, and why. */
export interface ToQuarantine {
  readonly raw: RawMessage
  readonly code: string
  readonly detail: string
}

export async function storeQuarantine(
  tx: Tx,
  group: string,
  topic: string,
  items: readonly ToQuarantine[],
): Promise<void> {
  if (items.length === 0) return
  await tx.query(
    `insert into quarantine (consumer_group, topic, partition, "offset", key, headers, value, produced_at, error_code, error_detail)
     select $1, $2, t.*
       from unnest($3::int[], $4::bigint[], $5::text[], $6::jsonb[], $7::bytea[], $8::timestamptz[], $9::text[], $10::text[]) as t`,
    [
      group,
      topic,
      items.map(({ raw }) => raw.partition),
      items.map(({ raw }) => raw.offset.toString()),
      items.map(({ raw }) => raw.key && storable(raw.key)),
      items.map(({ raw }) =>
        JSON.stringify(Object.fromEntries([...raw.headers].map(([name, value]) => [storable(name), storable(value)]))),
      ),
      items.map(({ raw }) => raw.value),
      items.map(({ raw }) => new Date(Math.min(Math.max(raw.timestampMs, 0), LAST_TIME))),
      items.map(({ code }) => code),
      items.map(({ detail }) => storable(detail)),
    ],
  )
}

// A foreign producer may have sent any time at all; PostgreSQL takes none after the year 294276.
const LAST_TIME = Date.UTC(9999, 0)

/** PostgreSQL's text and jsonb hold no NUL and no half of a character. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd')
}

interface Row {
  readonly id: number
  readonly consumer_group: string
  readonly topic: string
  readonly partition: number
  readonly offset: string
  readonly key: string | null
  readonly headers: Record<string, string>
  readonly value: Buffer | null
  readonly produced_at: Date
  readonly error_code: string
  readonly error_detail: string
  readonly first_seen: Date
  readonly attempts: number
  readonly state: Quarantined['state']
  readonly decided_by: string | null
  readonly decided_at: Date | null
  readonly reason: string | null
}

const COLUMNS = `id, consumer_group, topic, partition, "offset"::text as "offset", key, headers, value, produced_at, error_code,
  error_detail, first_seen, attempts, state, decided_by, decided_at, reason`

function quarantinedOf(row: Row): Quarantined {
  return {
    id: row.id,
    group: row.consumer_group,
    topic: row.topic,
    partition: row.partition,
    offset: BigInt(row.offset),
    key: row.key,
    headers: row.headers,
    value: row.value,
    producedAt: row.produced_at,
    code: row.error_code,
    detail: row.error_detail,
    firstSeen: row.first_seen,
    attempts: row.attempts,
    state: row.state,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    reason: row.reason,
  }
}

export interface ListOptions {
  readonly state?: Quarantined['state']
  readonly topic?: string
  readonly code?: string
  /** Ids above this one. */
  readonly after?: number
  readonly limit?: number
}

export async function listQuarantine(db: Queryable, options: ListOptions = {}): Promise<readonly Quarantined[]> {
  const { state, topic, code, after = 0, limit = 100 } = options
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from quarantine
      where id > $1 and ($2::text is null or state = $2) and ($3::text is null or topic = $3)
        and ($4::text is null or error_code = $4)
      order by id limit $5`,
    [after, state ?? null, topic ?? null, code ?? null, limit],
  )
  return rows.map(quarantinedOf)
}

/** Undefined when there is no such row. */
export async function showQuarantine(db: Queryable, id: number): Promise<Quarantined | undefined> {
  const { rows } = await db.query<Row>(`select ${COLUMNS} from quarantine where id = $1`, [id])
  return rows[0] && quarantinedOf(rows[0])
}

/** Locks the row: two who decide it at the same time come one after the other. */
export async function lockQuarantined(tx: Tx, id: number): Promise<Quarantined | undefined> {
  const { rows } = await tx.query<Row>(`select ${COLUMNS} from quarantine where id = $1 for update`, [id])
  return rows[0] && quarantinedOf(rows[0])
}

export async function closeQuarantined(
  tx: Tx,
  id: number,
  decision: { readonly state: 'replayed' | 'discarded'; readonly by: string; readonly reason: string },
): Promise<void> {
  await tx.query(
    `with closed as (
       update quarantine set state = $2, decided_by = $3, decided_at = now(), reason = $4
        where id = $1 and state = 'open' returning id)
     insert into quarantine_decisions (quarantine_id, decision, decided_by, reason) select id, $2, $3, $4 from closed`,
    [id, decision.state, decision.by, decision.reason],
  )
}

/** A replay that failed leaves its trace, and the row open. */
export async function noteFailedReplay(
  db: Queryable,
  id: number,
  failure: { readonly by: string; readonly code: string; readonly detail: string },
): Promise<void> {
  await db.query(
    `with tried as (
       update quarantine set attempts = attempts + 1, error_code = $3, error_detail = $4
        where id = $1 and state = 'open' and error_code <> 'blocked_by_quarantine' returning id)
     insert into quarantine_decisions (quarantine_id, decision, decided_by, reason)
     select id, 'failed', $2, $3 || ': ' || $4 from tried`,
    [id, failure.by, failure.code, storable(failure.detail)],
  )
}

/** Ids of the facts that wait in quarantine under the key of this row. */
export async function listBlocked(tx: Tx, row: Quarantined): Promise<readonly number[]> {
  const { rows } = await tx.query<{ id: number }>(
    `select id from quarantine
      where consumer_group = $1 and topic = $2 and key = $3 and state = 'open' and error_code = 'blocked_by_quarantine'
      order by id`,
    [row.group, row.topic, row.key],
  )
  return rows.map(({ id }) => id)
}
