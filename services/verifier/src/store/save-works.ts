import type { Queryable } from '@atlas/runtime'
import type { Work } from '@atlas/schemas'

/** Stores works over older states only, slots and mentions with them. Returns the ids of those that were written. */
export async function saveWorks(db: Queryable, works: readonly Work[]): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ work_id: string }>(
    `insert into works (work_id, revision, state, redirect_to, title, year, type, doi, sources)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::text[], $9::jsonb[])
     on conflict (work_id) do update set revision = excluded.revision, state = excluded.state,
       redirect_to = excluded.redirect_to, title = excluded.title, year = excluded.year, type = excluded.type,
       doi = excluded.doi, sources = excluded.sources
      where works.revision < excluded.revision
     returning work_id`,
    [
      works.map((work) => work.workId),
      works.map((work) => work.revision),
      works.map((work) => work.state),
      works.map((work) => work.redirectTo),
      works.map((work) => work.title),
      works.map((work) => work.published?.year ?? null),
      works.map((work) => work.type),
      works.map((work) => work.doi),
      works.map((work) => JSON.stringify(Object.fromEntries(work.members.map((m) => [m.recordId, m.source])))),
    ],
  )
  const written = new Set(rows.map((row) => row.work_id))
  const fresh = works.filter((work) => written.has(work.workId))
  if (fresh.length > 0) {
    await replaceSlots(db, fresh)
    await replaceMentions(db, fresh)
  }
  return written
}

/** Only a live work has slots. */
function slotsOf(work: Work): Work['slots'] {
  return work.state === 'live' ? work.slots : []
}

async function replaceSlots(db: Queryable, works: readonly Work[]): Promise<void> {
  const rows = works.flatMap((work) => slotsOf(work).map((slot) => ({ workId: work.workId, ...slot })))
  await db.query(
    `delete from slots s where s.work_id = any($1::uuid[]) and not exists (
       select from unnest($2::uuid[], $3::uuid[]) t(work_id, slot_id) where t.work_id = s.work_id and t.slot_id = s.slot_id)`,
    [works.map((work) => work.workId), rows.map((row) => row.workId), rows.map((row) => row.slotId)],
  )
  await db.query(
    `insert into slots (work_id, slot_id, position, name, collective, corresponding, ambiguous)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::boolean[], $6::boolean[], $7::boolean[])
     on conflict (work_id, slot_id) do update set position = excluded.position, name = excluded.name,
       collective = excluded.collective, corresponding = excluded.corresponding, ambiguous = excluded.ambiguous
      where (slots.position, slots.name, slots.collective, slots.corresponding, slots.ambiguous)
         is distinct from (excluded.position, excluded.name, excluded.collective, excluded.corresponding, excluded.ambiguous)`,
    [
      rows.map((row) => row.workId),
      rows.map((row) => row.slotId),
      rows.map((row) => row.position),
      rows.map((row) => row.name),
      rows.map((row) => row.collective),
      rows.map((row) => row.corresponding),
      rows.map((row) => row.ambiguous),
    ],
  )
}

interface MentionRow {
  readonly workId: string
  readonly key: string
  readonly slotId: string
  readonly entryKey: string
  readonly recordId: string
  readonly version: number
  readonly position: number
  readonly name: string
}

/** Keys before earlier keys: a name that came back is an entry again, whatever alias it left behind. */
function mentionsOf(work: Work): readonly MentionRow[] {
  const rows = new Map<string, MentionRow>()
  const mentions = slotsOf(work).flatMap(({ slotId, mentions }) => mentions.map((mention) => ({ slotId, ...mention })))
  for (const { slotId, key: entryKey, aliases: _aliases, ...mention } of mentions)
    rows.set(entryKey, { workId: work.workId, key: entryKey, slotId, entryKey, ...mention })
  for (const { slotId, key: entryKey, aliases, ...mention } of mentions)
    for (const key of aliases)
      if (!rows.has(key)) rows.set(key, { workId: work.workId, key, slotId, entryKey, ...mention })
  return [...rows.values()]
}

async function replaceMentions(db: Queryable, works: readonly Work[]): Promise<void> {
  const rows = works.flatMap(mentionsOf)
  // Questions whose slot has left the work stand by themselves until another work claims it.
  await db.query(
    `with gone as (
       delete from slot_mentions m where m.work_id = any($1::uuid[]) and not exists (
         select from unnest($2::uuid[], $3::uuid[]) t(work_id, key) where t.work_id = m.work_id and t.key = m.mention_key)
       returning m.mention_key)
     insert into to_settle (kind, object_id)
     select distinct 'slot', q.slot_id from gone g join questions q on q.slot_id = g.mention_key`,
    [works.map((work) => work.workId), rows.map((row) => row.workId), rows.map((row) => row.key)],
  )
  await db.query(
    `insert into slot_mentions as m (work_id, mention_key, slot_id, entry_key, record_id, version, position, name)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bigint[], $7::int[], $8::text[])
     on conflict (work_id, mention_key) do update set slot_id = excluded.slot_id, entry_key = excluded.entry_key,
       record_id = excluded.record_id, version = excluded.version, position = excluded.position, name = excluded.name
      where (m.slot_id, m.entry_key, m.record_id, m.version, m.position, m.name)
         is distinct from (excluded.slot_id, excluded.entry_key, excluded.record_id, excluded.version, excluded.position, excluded.name)`,
    [
      rows.map((row) => row.workId),
      rows.map((row) => row.key),
      rows.map((row) => row.slotId),
      rows.map((row) => row.entryKey),
      rows.map((row) => row.recordId),
      rows.map((row) => row.version),
      rows.map((row) => row.position),
      rows.map((row) => row.name),
    ],
  )
}
