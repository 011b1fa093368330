import { jsonRows, type Queryable } from '@atlas/runtime'
import type { Work } from '@atlas/schemas'

/**
 * Stores works over older states only, slots and mentions with them, and asks that they, and the slots that have left them,
 * be looked at. Returns the ids of those that were written.
 *
 * One statement with one text: a chunk of a stream is small, and each round trip costs as much as ten works.
 */
export async function saveWorks(db: Queryable, works: readonly Work[]): Promise<ReadonlySet<string>> {
  if (works.length === 0) return new Set()
  const { rows } = await db.query<{ work_id: string }>(
    `with given as materialized (
       select * from json_to_recordset($1) as t(work_id uuid, revision bigint, state text, redirect_to uuid, title text,
              year int, type text, doi text, suspicious boolean, sources jsonb, slots json, mentions json)),
     written as (
       insert into works (work_id, revision, state, redirect_to, title, year, type, doi, suspicious, sources)
       select work_id, revision, state, redirect_to, title, year, type, doi, suspicious, sources from given
       on conflict (work_id) do update set revision = excluded.revision, state = excluded.state,
         redirect_to = excluded.redirect_to, title = excluded.title, year = excluded.year, type = excluded.type,
         doi = excluded.doi, suspicious = excluded.suspicious, sources = excluded.sources
        where works.revision < excluded.revision
       returning work_id),
     slot as materialized (
       select work_id, s.*
         from written join given using (work_id)
        cross join json_to_recordset(given.slots) as s(slot_id uuid, position int, name text, collective boolean,
              corresponding boolean, ambiguous boolean)),
     gone_slots as (
       delete from slots s where s.work_id in (select work_id from written)
          and not exists (select from slot t where t.work_id = s.work_id and t.slot_id = s.slot_id)),
     kept_slots as (
       insert into slots (work_id, slot_id, position, name, collective, corresponding, ambiguous)
       select work_id, slot_id, position, name, collective, corresponding, ambiguous from slot
       on conflict (work_id, slot_id) do update set position = excluded.position, name = excluded.name,
         collective = excluded.collective, corresponding = excluded.corresponding, ambiguous = excluded.ambiguous
        where (slots.position, slots.name, slots.collective, slots.corresponding, slots.ambiguous)
           is distinct from (excluded.position, excluded.name, excluded.collective, excluded.corresponding, excluded.ambiguous)),
     mention as materialized (
       select work_id, m.*
         from written join given using (work_id)
        cross join json_to_recordset(given.mentions) as m(mention_key uuid, slot_id uuid, entry_key uuid, record_id uuid,
              version bigint, position int, name text)),
     gone as (
       delete from slot_mentions m where m.work_id in (select work_id from written)
          and not exists (select from mention t where t.work_id = m.work_id and t.mention_key = m.mention_key)
       returning m.mention_key),
     kept_mentions as (
       insert into slot_mentions as m (work_id, mention_key, slot_id, entry_key, record_id, version, position, name)
       select work_id, mention_key, slot_id, entry_key, record_id, version, position, name from mention
       on conflict (work_id, mention_key) do update set slot_id = excluded.slot_id, entry_key = excluded.entry_key,
         record_id = excluded.record_id, version = excluded.version, position = excluded.position, name = excluded.name
        where (m.slot_id, m.entry_key, m.record_id, m.version, m.position, m.name)
           is distinct from (excluded.slot_id, excluded.entry_key, excluded.record_id, excluded.version, excluded.position, excluded.name)),
     asked as (
       -- A slot that has left stands by itself until another work claims it. Also where no question is seen: one may be
       -- committing beside us.
       insert into to_settle (kind, object_id)
       select 'work', work_id from written union select 'slot', mention_key from gone)
     select work_id from written`,
    [jsonRows(works.map(rowOf))],
    'save-works',
  )
  return new Set(rows.map((row) => row.work_id))
}

function rowOf(work: Work) {
  return {
    work_id: work.workId,
    revision: work.revision,
    state: work.state,
    redirect_to: work.redirectTo,
    title: work.title,
    year: work.published?.year ?? null,
    type: work.type,
    doi: work.doi,
    suspicious: work.flags.includes('suspicious'),
    sources: Object.fromEntries(work.members.map(({ recordId, source }) => [recordId, source])),
    slots: slotsOf(work).map(({ slotId, position, name, collective, corresponding, ambiguous }) => {
      return { slot_id: slotId, position, name, collective, corresponding, ambiguous }
    }),
    mentions: mentionsOf(work),
  }
}

/** Only a live work has slots. */
function slotsOf(work: Work): Work['slots'] {
  return work.state === 'live' ? work.slots : []
}

interface MentionRow {
  readonly mention_key: string
  readonly slot_id: string
  readonly entry_key: string
  readonly record_id: string
  readonly version: number
  readonly position: number
  readonly name: string
}

/** Keys before earlier keys: a name that came back is an entry again, whatever alias it left behind. */
function mentionsOf(work: Work): readonly MentionRow[] {
  const rows = new Map<string, MentionRow>()
  const mentions = slotsOf(work).flatMap(({ slotId, mentions }) => mentions.map((mention) => ({ slotId, ...mention })))
  const rowOf = (
    key: string,
    { slotId, key: entryKey, recordId, version, position, name }: (typeof mentions)[number],
  ) => {
    return { mention_key: key, slot_id: slotId, entry_key: entryKey, record_id: recordId, version, position, name }
  }
  for (const mention of mentions) rows.set(mention.key, rowOf(mention.key, mention))
  for (const mention of mentions)
    for (const key of mention.aliases) if (!rows.has(key)) rows.set(key, rowOf(key, mention))
  return [...rows.values()]
}
