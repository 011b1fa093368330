import type { Queryable } from '@atlas/runtime'
import type { Act, Authorship, Candidate, Profile, Work } from '@atlas/schemas'

// Each function writes a batch in one statement, over older states only, and returns the ids that changed.

export async function storeWorks(db: Queryable, works: readonly Work[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ work_id: string }>(
    `insert into works (work_id, revision, state, redirect_to, title, type, year, doi, content)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::int[], $8::text[], $9::jsonb[])
     on conflict (work_id) do update set revision = excluded.revision, state = excluded.state, redirect_to = excluded.redirect_to,
       title = excluded.title, type = excluded.type, year = excluded.year, doi = excluded.doi, content = excluded.content
      where works.revision < excluded.revision
     returning work_id`,
    [
      works.map((work) => work.workId),
      works.map((work) => work.revision),
      works.map((work) => work.state),
      works.map((work) => work.redirectTo),
      works.map((work) => work.title),
      works.map((work) => work.type),
      works.map((work) => work.published?.year ?? null),
      works.map((work) => work.doi),
      works.map((work) => JSON.stringify(work)),
    ],
  )
  return rows.map((row) => row.work_id)
}

/** Replaces the mentions of these works; returns the slots that were or are in them. */
export async function storeSlotMentions(db: Queryable, works: readonly Work[]): Promise<readonly string[]> {
  const rows = works.flatMap((work) =>
    work.slots.flatMap((slot) =>
      slot.mentions.flatMap((mention) =>
        [mention.key, ...mention.aliases].map((key) => ({ work: work.workId, key, slot: slot.slotId })),
      ),
    ),
  )
  const before = await db.query<{ slot_id: string }>(
    'delete from slot_mentions where work_id = any($1::uuid[]) returning slot_id',
    [works.map((work) => work.workId)],
  )
  await db.query(
    `insert into slot_mentions (work_id, mention_key, slot_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) on conflict (work_id, mention_key) do nothing`,
    [rows.map((row) => row.work), rows.map((row) => row.key), rows.map((row) => row.slot)],
  )
  return [...new Set([...before.rows.map((row) => row.slot_id), ...rows.map((row) => row.slot)])]
}

export async function storeCandidates(db: Queryable, candidates: readonly Candidate[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ candidate_id: string }>(
    `insert into candidates (candidate_id, profile_id, revision, kind, work_id, slot_id, score, year, sources, withdrawn, content, status, version, flags)
     select candidate_id, profile_id, revision, kind, work_id, slot_id, score, year, array(select jsonb_array_elements_text(sources)),
            withdrawn, content, case when withdrawn then 'expired' else 'pending' end, 0, '{}'
       from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::uuid[], $7::float8[], $8::int[], $9::jsonb[], $10::boolean[], $11::jsonb[])
         as t(candidate_id, profile_id, revision, kind, work_id, slot_id, score, year, sources, withdrawn, content)
     on conflict (candidate_id) do update set revision = excluded.revision, kind = excluded.kind, work_id = excluded.work_id,
       slot_id = excluded.slot_id, score = excluded.score, year = excluded.year, sources = excluded.sources,
       withdrawn = excluded.withdrawn, content = excluded.content
      where candidates.revision < excluded.revision
     returning candidate_id`,
    [
      candidates.map((candidate) => candidate.candidateId),
      candidates.map((candidate) => candidate.profileId),
      candidates.map((candidate) => candidate.revision),
      candidates.map((candidate) => candidate.kind),
      candidates.map((candidate) => candidate.workId),
      candidates.map((candidate) => candidate.slotId),
      candidates.map((candidate) => candidate.score),
      candidates.map((candidate) => candidate.year),
      candidates.map((candidate) => JSON.stringify(candidate.sources)),
      candidates.map((candidate) => candidate.withdrawn),
      candidates.map((candidate) => JSON.stringify(candidate)),
    ],
  )
  return rows.map((row) => row.candidate_id)
}

export async function storeProfiles(db: Queryable, profiles: readonly Profile[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ profile_id: string }>(
    `insert into profiles (profile_id, revision, state, display_name, content)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::jsonb[])
     on conflict (profile_id) do update set revision = excluded.revision, state = excluded.state,
       display_name = excluded.display_name, content = excluded.content
      where profiles.revision < excluded.revision
     returning profile_id`,
    [
      profiles.map((profile) => profile.profileId),
      profiles.map((profile) => profile.revision),
      profiles.map((profile) => profile.state),
      profiles.map((profile) => profile.displayName),
      profiles.map((profile) => JSON.stringify(profile)),
    ],
  )
  return rows.map((row) => row.profile_id)
}

/** Facts: kept each, once. The sealed parts stay with their owner. */
export async function storeActs(db: Queryable, acts: readonly Act[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ act_id: string }>(
    `insert into acts (act_id, profile_id, seq, chain_seq, question_ref, candidate_id, state_changing, content)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::bigint[], $5::uuid[], $6::uuid[], $7::boolean[], $8::jsonb[])
     on conflict (act_id) do nothing
     returning act_id`,
    [
      acts.map((act) => act.actId),
      acts.map((act) => act.profileId),
      acts.map((act) => act.seq),
      acts.map((act) => act.chainSeq),
      acts.map((act) => act.questionRef),
      acts.map((act) => act.about?.candidateId ?? null),
      acts.map((act) => act.stateChanging),
      acts.map((act) => JSON.stringify(shownAct(act))),
    ],
  )
  const mentions = acts.flatMap((act) =>
    (act.about?.mentions ?? []).map((mention) => ({ profile: act.profileId, key: mention.key, act: act.actId })),
  )
  await db.query(
    `insert into act_mentions (profile_id, mention_key, act_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) on conflict do nothing`,
    [mentions.map((row) => row.profile), mentions.map((row) => row.key), mentions.map((row) => row.act)],
  )
  return rows.map((row) => row.act_id)
}

function shownAct(act: Act) {
  const { sealedAbout: _about, sealedPrivate: _private, prevHash, hash, ...shown } = act
  return { ...shown, prevHash: prevHash.toString('hex'), hash: hash.toString('hex') }
}

export async function storeAuthorships(db: Queryable, authorships: readonly Authorship[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ authorship_id: string }>(
    `insert into authorships (authorship_id, profile_id, revision, work_id, state, year, type, content)
     select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::text[], $6::int[], $7::text[], $8::jsonb[])
     on conflict (authorship_id) do update set revision = excluded.revision, work_id = excluded.work_id, state = excluded.state,
       year = excluded.year, type = excluded.type, content = excluded.content
      where authorships.revision < excluded.revision
     returning authorship_id`,
    [
      authorships.map((authorship) => authorship.authorshipId),
      authorships.map((authorship) => authorship.profileId),
      authorships.map((authorship) => authorship.revision),
      authorships.map((authorship) => authorship.workId),
      authorships.map((authorship) => authorship.state),
      authorships.map((authorship) => authorship.year),
      authorships.map((authorship) => authorship.type),
      authorships.map((authorship) => JSON.stringify(authorship)),
    ],
  )
  return rows.map((row) => row.authorship_id)
}
