import type { Queryable } from '@atlas/runtime'

/** Candidates of any profile on these slots. */
export async function candidatesOfSlots(db: Queryable, slotIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ candidate_id: string }>(
    'select candidate_id from candidates where slot_id = any($1::uuid[])',
    [slotIds],
  )
  return rows.map((row) => row.candidate_id)
}

/** Candidates whose standing these acts may change: those they were about, and those whose slot holds their mentions. */
export async function candidatesOfActs(db: Queryable, actIds: readonly string[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ candidate_id: string }>(
    `select c.candidate_id from acts a join candidates c on c.candidate_id = a.candidate_id where a.act_id = any($1::uuid[])
     union
     select c.candidate_id from act_mentions m join slot_mentions s using (mention_key)
       join candidates c on c.slot_id = s.slot_id and c.profile_id = m.profile_id where m.act_id = any($1::uuid[])`,
    [actIds],
  )
  return rows.map((row) => row.candidate_id)
}

/**
 * Writes what the acts say of these questions. The last act that changed the state of a question about these mentions
 * counts; nobody's answer leaves a question pending, or expired when the claim was withdrawn.
 */
export async function refreshStanding(db: Queryable, candidateIds: readonly string[]): Promise<void> {
  if (candidateIds.length === 0) return
  await db.query(
    `with touched as (
       select c.candidate_id, c.profile_id, c.withdrawn, array(
         select distinct x.act_id from (
           select a.act_id from acts a where a.candidate_id = c.candidate_id
           union all
           select m.act_id from slot_mentions s join act_mentions m on m.mention_key = s.mention_key and m.profile_id = c.profile_id
            where s.slot_id = c.slot_id) x) as act_ids
         from candidates c where c.candidate_id = any($1::uuid[])),
     state as (
       select t.candidate_id, l.status, l.version, l.flags, t.withdrawn
         from touched t left join lateral (
           select a.content->>'statusAfter' as status, (a.content->>'questionVersion')::int as version,
                  array(select jsonb_array_elements_text(a.content->'flagsAfter')) as flags
             from acts a where a.act_id = any(t.act_ids)
            order by a.state_changing desc, a.seq desc limit 1) l on true)
     update candidates c set status = coalesce(s.status, case when s.withdrawn then 'expired' else 'pending' end),
            version = coalesce(s.version, 0), flags = coalesce(s.flags, '{}')
       from state s where s.candidate_id = c.candidate_id
        and (c.status, c.version, c.flags) is distinct from
            (coalesce(s.status, case when s.withdrawn then 'expired' else 'pending' end), coalesce(s.version, 0), coalesce(s.flags, '{}'))`,
    [candidateIds],
  )
  await db.query(
    `delete from decision_overlay o using candidates c
      where c.candidate_id = o.candidate_id and c.version >= o.version and o.candidate_id = any($1::uuid[])`,
    [candidateIds],
  )
}
