import type { Queryable, Tx } from '../postgres/database.ts'
import type { Envelope } from './envelope.ts'

/** A row the relay has passed without sending it. */
export interface Parked {
  readonly id: number
  readonly topic: string
  readonly partition: number
  readonly key: string
  /** Of a reference; the relay sends the state of the moment. */
  readonly objectId: string | undefined
  /** Of a fact. */
  readonly fact: (Envelope & { readonly factNo: number }) | undefined
  readonly traceparent: string | undefined
  readonly causedBy: string | undefined
}

export type ToPark = Omit<Parked, 'id'> & { readonly reason: 'message_too_large' | 'same_key' }

/** A second reference to a parked object adds nothing: its state of the moment is what will be sent. */
export async function park(tx: Tx, items: readonly ToPark[]): Promise<void> {
  if (items.length === 0) return
  await tx.query(
    `insert into outbox_parked (topic, partition, key, object_id, fact_no, event_id, seq, type, value, traceparent,
                                caused_by, reason)
     select t.*
       from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::bigint[], $6::uuid[], $7::bigint[], $8::text[],
                   $9::bytea[], $10::text[], $11::text[], $12::text[])
              as t(topic, partition, key, object_id, fact_no, event_id, seq, type, value, traceparent, caused_by, reason)
      where not exists (select from outbox_parked p where p.topic = t.topic and p.object_id = t.object_id)
        and not exists (select from outbox_parked p where p.topic = t.topic and p.fact_no = t.fact_no)`,
    [
      items.map(({ topic }) => topic),
      items.map(({ partition }) => partition),
      items.map(({ key }) => key),
      items.map(({ objectId }) => objectId ?? null),
      items.map(({ fact }) => fact?.factNo ?? null),
      items.map(({ fact }) => fact?.eventId ?? null),
      items.map(({ fact }) => fact?.revision ?? null),
      items.map(({ fact }) => fact?.type ?? null),
      items.map(({ fact }) => fact?.value ?? null),
      items.map(({ traceparent }) => traceparent ?? null),
      items.map(({ causedBy }) => causedBy ?? null),
      items.map(({ reason }) => reason),
    ],
  )
}

interface Row {
  readonly id: number
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly object_id: string | null
  readonly fact_no: number | null
  readonly event_id: string | null
  readonly seq: number | null
  readonly type: string | null
  readonly value: Buffer | null
  readonly traceparent: string | null
  readonly caused_by: string | null
}

/** What waits, oldest first; a key's rows in the order they have to be sent. */
export async function listParked(db: Queryable, limit = 500): Promise<readonly Parked[]> {
  const { rows } = await db.query<Row>(
    `select id, topic, partition, key, object_id, fact_no, event_id, seq, type, value, traceparent, caused_by
       from outbox_parked order by id limit $1`,
    [limit],
  )
  return rows.map((row) => {
    const { id, topic, partition, key } = row
    const common = {
      topic,
      partition,
      key,
      traceparent: row.traceparent ?? undefined,
      causedBy: row.caused_by ?? undefined,
    }
    const fact =
      row.fact_no !== null && row.value && row.event_id
        ? {
            ...common,
            factNo: row.fact_no,
            eventId: row.event_id,
            revision: row.seq ?? 0,
            type: row.type ?? '',
            value: row.value,
          }
        : undefined
    return { ...common, id, objectId: row.object_id ?? undefined, fact }
  })
}

/** `topic#key` of everything that waits. */
export async function listParkedKeys(db: Queryable): Promise<Set<string>> {
  const { rows } = await db.query<{ place: string }>(`select distinct topic || '#' || key as place from outbox_parked`)
  return new Set(rows.map(({ place }) => place))
}

export async function unpark(db: Queryable, ids: readonly number[]): Promise<void> {
  await db.query('delete from outbox_parked where id = any($1::bigint[])', [ids])
}
