import type { Queryable, Tx } from '../postgres/database.ts'
import { readAsJson } from '../postgres/read-as-json.ts'

export interface ReferenceRow {
  readonly id: number
  readonly xid: string
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly objectId: string
  readonly traceparent: string | undefined
  readonly causedBy: string | undefined
}

export interface FactRow {
  readonly factNo: number
  readonly topic: string
  readonly partition: number
  readonly key: string
  readonly eventId: string
  readonly seq: number
  readonly type: string
  readonly value: Buffer
  readonly traceparent: string | undefined
  readonly causedBy: string | undefined
}

/** How far references are sent. */
export interface ReferencePointer {
  readonly xid: string
  readonly id: number
}

/**
 * Makes the pointers that are missing. Where the cluster or the database is another one than the pointer knows, transaction
 * ids have started again: everything kept is sent once more, and the event is written down. Returns the names reset.
 */
export async function openPointers(tx: Tx, names: readonly string[]): Promise<readonly string[]> {
  await tx.query(
    `insert into relay_pointers (name, system_identifier, database_oid)
     select name, (select system_identifier::text from pg_control_system()),
            (select oid::text from pg_database where datname = current_database())
       from unnest($1::text[]) as name
     on conflict do nothing`,
    [names],
  )
  const { rows } = await tx.query<{ name: string }>(
    `with here as (
       select (select system_identifier::text from pg_control_system()) as system_identifier,
              (select oid::text from pg_database where datname = current_database()) as database_oid),
     stale as (
       select p.* from relay_pointers p, here
        where (p.system_identifier, p.database_oid) <> (here.system_identifier, here.database_oid) for update of p),
     noted as (
       insert into relay_events (name, detail)
       select 'pointer_reset', to_jsonb(stale) from stale)
     update relay_pointers p
        set system_identifier = here.system_identifier, database_oid = here.database_oid, last_xid = '0', last_id = 0,
            last_fact_no = 0, updated_at = now()
       from stale, here where p.name = stale.name
     returning p.name`,
  )
  if (rows.length > 0) await tx.query('select outbox_readopt()')
  return rows.map(({ name }) => name)
}

export async function readReferencePointer(db: Queryable): Promise<ReferencePointer> {
  const { rows } = await db.query<{ xid: string; id: number }>(
    `select last_xid::text as xid, last_id as id from relay_pointers where name = 'references'`,
  )
  if (!rows[0]) throw new Error('no relay pointer for references')
  return rows[0]
}

/** Below the snapshot's xmin no transaction is open any more, so that no row can still appear there. */
export async function readReferences(db: Queryable, after: ReferencePointer, limit: number): Promise<ReferenceRow[]> {
  const rows = await readAsJson<Record<'xid' | 'topic' | 'key' | 'object_id', string> & Rest & { id: number }>(
    db,
    `select id, xid::text, topic, partition, key, object_id, traceparent, caused_by
       from outbox_references
      where (xid, id) > ($1::xid8, $2::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by outbox_references.xid, id limit $3`,
    [after.xid, after.id, limit],
  )
  return rows.map(({ object_id, ...row }) => ({ ...row, objectId: object_id, ...contextOf(row) }))
}

/** Moves the pointer; false when somebody else has moved it since it was read. */
export async function moveReferencePointer(tx: Tx, from: ReferencePointer, to: ReferencePointer): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update relay_pointers set last_xid = $3::xid8, last_id = $4, updated_at = now()
      where name = 'references' and last_xid = $1::xid8 and last_id = $2`,
    [from.xid, from.id, to.xid, to.id],
  )
  return rowCount > 0
}

export async function readFactPointer(db: Queryable, topic: string): Promise<number> {
  const { rows } = await db.query<{ last_fact_no: number }>(
    `select last_fact_no from relay_pointers where name = 'facts:' || $1`,
    [topic],
  )
  if (!rows[0]) throw new Error(`no relay pointer for facts of "${topic}"`)
  return rows[0].last_fact_no
}

/** The next facts in the order of their numbers, at most `limit` and about `maxBytes`. */
export async function readFacts(
  db: Queryable,
  topic: string,
  after: number,
  limit: number,
  maxBytes: number,
): Promise<FactRow[]> {
  const { rows } = await db.query<
    Rest & Record<'key' | 'event_id' | 'type', string> & { fact_no: number; seq: number; value: Buffer }
  >(
    `with next as (
       select *, sum(octet_length(value)) over (order by fact_no) - octet_length(value) as bytes_before
         from (select * from outbox_facts where topic = $1 and fact_no > $2 order by fact_no limit $3) f)
     select fact_no, partition, key, event_id, seq, type, value, traceparent, caused_by
       from next where bytes_before < $4 order by fact_no`,
    [topic, after, limit, maxBytes],
  )
  return rows.map(({ fact_no, event_id, ...row }) => ({
    ...row,
    topic,
    factNo: fact_no,
    eventId: event_id,
    ...contextOf(row),
  }))
}

export async function moveFactPointer(tx: Tx, topic: string, from: number, to: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update relay_pointers set last_fact_no = $3, updated_at = now()
      where name = 'facts:' || $1 and last_fact_no = $2`,
    [topic, from, to],
  )
  return rowCount > 0
}

/** Makes the partitions of the hours to come and drops those that are done with. */
export async function maintainOutbox(
  db: Queryable,
): Promise<readonly { readonly action: string; readonly partition_name: string }[]> {
  return (await db.query<{ action: string; partition_name: string }>('select * from outbox_maintain()')).rows
}

/** Whoever has held a transaction id longest keeps every relay of the cluster waiting. */
export async function oldestWriter(db: Queryable): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { rows } = await db.query(
    `select pid, datname, usename, application_name, state, backend_xid::text, xact_start
       from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
      order by age(backend_xid) desc limit 1`,
  )
  return rows[0]
}

interface Rest {
  readonly partition: number
  readonly traceparent: string | null
  readonly caused_by: string | null
}

function contextOf(row: Rest): { readonly traceparent: string | undefined; readonly causedBy: string | undefined } {
  return { traceparent: row.traceparent ?? undefined, causedBy: row.caused_by ?? undefined }
}
