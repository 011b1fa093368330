import type { Queryable, Tx } from '../postgres/database.ts'
import type { Halt } from './halt.ts'

/** Which row: one partition of one topic, as read by one group. */
export interface Place {
  readonly group: string
  readonly topic: string
  readonly partition: number
}

export interface Progress {
  readonly nextOffset: bigint
  readonly lastEventId: string | undefined
  /** Processes that began at `nextOffset` and did not finish. */
  readonly attempts: number
  /** True while a chunk that killed a process is worked through one message at a time. */
  readonly careful: boolean
  readonly halted: Halt | undefined
}

interface Row {
  readonly partition: number
  readonly next_offset: string
  readonly last_event_id: string | null
  readonly attempts: number
  readonly attempt_until: string | null
  readonly halted: Halt | null
}

const COLUMNS = 'partition, next_offset::text, last_event_id, attempts, attempt_until::text, halted'

function progressOf(row: Row): Progress {
  return {
    nextOffset: BigInt(row.next_offset),
    lastEventId: row.last_event_id ?? undefined,
    attempts: row.attempts,
    careful: row.attempt_until !== null,
    halted: row.halted ?? undefined,
  }
}

/** All stored positions of a group on a topic, by partition. */
export async function listProgress(
  db: Queryable,
  group: string,
  topic: string,
  { lock = false } = {},
): Promise<ReadonlyMap<number, Progress>> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from consumer_progress where consumer_group = $1 and topic = $2 order by partition
     ${lock ? 'for update' : ''}`,
    [group, topic],
  )
  return new Map(rows.map((row) => [row.partition, progressOf(row)]))
}

/** Where a partition is to be read from. */
export interface Start {
  readonly partition: number
  readonly nextOffset: bigint
  /** Of the message before it. */
  readonly lastEventId?: string | undefined
}

/** Creates the rows of partitions never read before; the others keep what they have. */
export async function createProgress(
  db: Queryable,
  group: string,
  topic: string,
  starts: readonly Start[],
): Promise<void> {
  await db.query(
    `insert into consumer_progress (consumer_group, topic, partition, next_offset, last_event_id)
     select $1, $2, t.* from unnest($3::int[], $4::bigint[], $5::text[]) as t
     on conflict do nothing`,
    startColumns(group, topic, starts),
  )
}

/** Sets partitions going from here with a clean slate, whether they were read before or not. */
export async function moveProgress(tx: Tx, group: string, topic: string, starts: readonly Start[]): Promise<void> {
  await tx.query(
    `insert into consumer_progress (consumer_group, topic, partition, next_offset, last_event_id)
     select $1, $2, t.* from unnest($3::int[], $4::bigint[], $5::text[]) as t
     on conflict (consumer_group, topic, partition) do update
       set next_offset = excluded.next_offset, last_event_id = excluded.last_event_id, halted = null, brake_from = now(),
           attempts = 0, attempt_by = null, attempt_until = null, updated_at = now()`,
    startColumns(group, topic, starts),
  )
}

function startColumns(group: string, topic: string, starts: readonly Start[]): readonly unknown[] {
  return [
    group,
    topic,
    starts.map(({ partition }) => partition),
    starts.map(({ nextOffset }) => nextOffset.toString()),
    starts.map(({ lastEventId }) => lastEventId ?? null),
  ]
}

/** Remembers where the log began and ended when we looked. */
export async function noteLogEnds(
  db: Queryable,
  group: string,
  topic: string,
  seen: readonly { readonly partition: number; readonly low: bigint; readonly high: bigint }[],
): Promise<void> {
  await db.query(
    `update consumer_progress p
        set log_start_seen = t.low, log_end_seen = t.high
       from unnest($3::int[], $4::bigint[], $5::bigint[]) as t(partition, low, high)
      where p.consumer_group = $1 and p.topic = $2 and p.partition = t.partition`,
    [
      group,
      topic,
      seen.map(({ partition }) => partition),
      seen.map(({ low }) => low.toString()),
      seen.map(({ high }) => high.toString()),
    ],
  )
}

/** What is about to be worked through in one partition. */
export interface Attempt {
  readonly place: Place
  readonly first: bigint
  readonly last: bigint
}

/**
 * Writes down that `by` begins at `first`, before it does: three processes that died there make the message suspect.
 * Partitions in which there is nothing to begin (moved on, halted, or a gap) are left out of the answer. Not synced to
 * disk: only our own death counts. All places are of one group and topic.
 *
 * With `suspectsWait` nothing is begun where another process has died: the answer only says so. A partition that waits
 * for its turn must not be counted as begun, or the deaths of those before it would be held against it.
 */
export async function beginAttempts(
  db: Queryable,
  attempts: readonly Attempt[],
  by: string,
  { suspectsWait = false } = {},
): Promise<ReadonlyMap<number, Progress>> {
  const { rows } = await db.query<Row>(
    `with relaxed as materialized (select set_config('synchronous_commit', 'off', true)),
     before as materialized (
       select p.*, t.last, $7 and p.attempts > 0 and p.attempt_by is distinct from $6 as waits
         from relaxed, consumer_progress p
         join unnest($3::int[], $4::bigint[], $5::bigint[]) as t(partition, first, last)
           on t.partition = p.partition and t.first = p.next_offset
        where consumer_group = $1 and topic = $2 and halted is null
        order by p.partition
          for update of p),
     begun as (
       update consumer_progress p
          set attempts = before.attempts + (before.attempt_by is distinct from $6)::int,
              attempt_by = $6,
              attempt_until = greatest(before.attempt_until, before.last),
              updated_at = now()
         from before
        where p.consumer_group = $1 and p.topic = $2 and p.partition = before.partition and not before.waits
       returning p.partition, p.next_offset, p.last_event_id, p.attempts,
                 case when before.attempt_by is distinct from $6 then before.attempt_until end as attempt_until, p.halted)
     select ${COLUMNS} from begun
     union all
     select partition, next_offset::text, last_event_id, attempts, coalesce(attempt_until, last)::text, halted
       from before where waits`,
    [
      ...ofOneTopic(attempts.map(({ place }) => place)),
      attempts.map(({ first }) => first.toString()),
      attempts.map(({ last }) => last.toString()),
      by,
      suspectsWait,
    ],
    'begin-attempts',
  )
  return new Map(rows.map((row) => [row.partition, progressOf(row)]))
}

/** Takes the attempt back: we gave up in good order, and the message is not to blame. */
export async function withdrawAttempt(db: Queryable, place: Place, by: string): Promise<void> {
  await db.query(
    `update consumer_progress set attempts = attempts - 1, attempt_by = null
      where consumer_group = $1 and topic = $2 and partition = $3 and attempt_by = $4 and attempts > 0`,
    [place.group, place.topic, place.partition, by],
  )
}

/** Locks the rows until the transaction ends: whoever comes second finds the positions moved. One group, one topic. */
export async function lockProgresses(tx: Tx, places: readonly Place[]): Promise<ReadonlyMap<number, Progress>> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from consumer_progress
      where consumer_group = $1 and topic = $2 and partition = any($3::int[]) order by partition for update`,
    [...ofOneTopic(places)],
  )
  return new Map(rows.map((row) => [row.partition, progressOf(row)]))
}

export interface Advance {
  readonly place: Place
  readonly nextOffset: bigint
  readonly lastEventId: string
}

/** Moves positions past what this transaction has done. One group, one topic. */
export async function advanceProgresses(tx: Tx, advances: readonly Advance[]): Promise<void> {
  await tx.query(
    `update consumer_progress p
        set next_offset = t.next_offset, last_event_id = t.last_event_id, attempts = 0, attempt_by = null,
            attempt_until = case when attempt_until >= t.next_offset then attempt_until end, updated_at = now()
       from unnest($3::int[], $4::bigint[], $5::text[]) as t(partition, next_offset, last_event_id)
      where p.consumer_group = $1 and p.topic = $2 and p.partition = t.partition`,
    [
      ...ofOneTopic(advances.map(({ place }) => place)),
      advances.map(({ nextOffset }) => nextOffset.toString()),
      advances.map(({ lastEventId }) => lastEventId),
    ],
  )
}

export interface Move extends Advance {
  /** Where the partition must be, and not halted, to be moved. */
  readonly first: bigint
}

/**
 * Locks positions and moves them in one statement, before the effects of the same transaction: whoever comes second finds
 * them moved. Returns how many were where they should be; the caller undoes all when some were not. One group, one topic.
 */
export async function moveProgresses(tx: Tx, moves: readonly Move[]): Promise<number> {
  const { rowCount } = await tx.query(
    `with held as (
       select p.partition, t.next_offset, t.last_event_id
         from consumer_progress p
         join unnest($3::int[], $4::bigint[], $5::bigint[], $6::text[]) as t(partition, first, next_offset, last_event_id)
           on t.partition = p.partition and t.first = p.next_offset
        where p.consumer_group = $1 and p.topic = $2 and p.halted is null
        order by p.partition
          for update of p)
     update consumer_progress p
        set next_offset = held.next_offset, last_event_id = held.last_event_id, attempts = 0, attempt_by = null,
            attempt_until = case when attempt_until >= held.next_offset then attempt_until end, updated_at = now()
       from held
      where p.consumer_group = $1 and p.topic = $2 and p.partition = held.partition`,
    [
      ...ofOneTopic(moves.map(({ place }) => place)),
      moves.map(({ first }) => first.toString()),
      moves.map(({ nextOffset }) => nextOffset.toString()),
      moves.map(({ lastEventId }) => lastEventId),
    ],
    'move-progresses',
  )
  return rowCount
}

function ofOneTopic(places: readonly Place[]): readonly [string, string, readonly number[]] {
  const [first] = places
  if (!first) throw new Error('no partition given')
  if (places.some(({ group, topic }) => group !== first.group || topic !== first.topic))
    throw new Error('partitions of several topics or groups')
  return [first.group, first.topic, places.map(({ partition }) => partition)]
}

/** Stops the partition at `nextOffset`; a position that has moved on meanwhile is left alone. */
export async function haltPartition(db: Queryable, place: Place, nextOffset: bigint, halt: Halt): Promise<boolean> {
  const { rowCount } = await db.query(
    `update consumer_progress
        set halted = $5::jsonb || jsonb_build_object('at', now()), attempts = 0, attempt_by = null, attempt_until = null
      where consumer_group = $1 and topic = $2 and partition = $3 and next_offset = $4 and halted is null`,
    [place.group, place.topic, place.partition, nextOffset.toString(), JSON.stringify(halt)],
  )
  return rowCount > 0
}

/** Sets halted partitions going from `to`, with a clean slate, and records who said so and why. */
export async function resumePartitions(
  tx: Tx,
  group: string,
  topic: string,
  moves: readonly { readonly partition: number; readonly to: bigint }[],
  by: { readonly reason: string; readonly by: string },
): Promise<void> {
  const partitions = moves.map(({ partition }) => partition)
  const targets = moves.map(({ to }) => to.toString())
  await tx.query(
    `insert into consumer_accepts (consumer_group, topic, partition, from_offset, to_offset, halted, reason, accepted_by)
     select consumer_group, topic, partition, next_offset, t.target, halted, $5, $6
       from consumer_progress join unnest($3::int[], $4::bigint[]) as t(partition, target) using (partition)
      where consumer_group = $1 and topic = $2`,
    [group, topic, partitions, targets, by.reason, by.by],
  )
  await tx.query(
    `update consumer_progress p
        set halted = null, brake_from = now(), attempts = 0, attempt_by = null, attempt_until = null, updated_at = now(),
            last_event_id = case when p.next_offset = t.target then p.last_event_id end, next_offset = t.target
       from unnest($3::int[], $4::bigint[]) as t(partition, target)
      where p.consumer_group = $1 and p.topic = $2 and p.partition = t.partition`,
    [group, topic, partitions, targets],
  )
}

/** Offsets rejected lately in this partition, as far as the brake counts them. */
export async function recentRejections(tx: Tx, place: Place, from: bigint): Promise<readonly bigint[]> {
  const { rows } = await tx.query<{ at: string }>(
    `select q."offset"::text as at
       from quarantine q
       join consumer_progress p using (consumer_group, topic, partition)
      where q.consumer_group = $1 and q.topic = $2 and q.partition = $3
        and q."offset" between $4 and p.next_offset - 1
        and q.first_seen > p.brake_from and q.error_code <> 'blocked_by_quarantine'`,
    [place.group, place.topic, place.partition, from.toString()],
  )
  return rows.map(({ at }) => BigInt(at))
}
