import type { Queryable } from '@atlas/runtime'
import type { Act, Authorship, Profile } from '@atlas/schemas'

/** Keeps profiles that are newer than what is stored; returns their ids. */
export async function saveProfiles(db: Queryable, profiles: readonly Profile[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into profiles (profile_id, revision, state, content)
     select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::jsonb[])
     on conflict (profile_id) do update set revision = excluded.revision, state = excluded.state, content = excluded.content
      where profiles.revision < excluded.revision
     returning profile_id as id`,
    [
      profiles.map((profile) => profile.profileId),
      profiles.map((profile) => profile.revision),
      profiles.map((profile) => profile.state),
      profiles.map((profile) => JSON.stringify(shownProfile(profile))),
    ],
  )
  return rows.map((row) => row.id)
}

/** Keeps each act, once; returns the ids of the new ones. What is sealed stays with its owner. */
export async function saveActs(db: Queryable, acts: readonly Act[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into acts (act_id, profile_id, seq, candidate_id, content)
     select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::uuid[], $5::jsonb[])
     on conflict (act_id) do nothing
     returning act_id as id`,
    [
      acts.map((act) => act.actId),
      acts.map((act) => act.profileId),
      acts.map((act) => act.seq),
      acts.map((act) => act.about?.candidateId ?? null),
      acts.map((act) => JSON.stringify(shownAct(act))),
    ],
  )
  return rows.map((row) => row.id)
}

/** Keeps authorships that are newer than what is stored; returns their ids. */
export async function saveAuthorships(db: Queryable, authorships: readonly Authorship[]): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>(
    `insert into authorships (authorship_id, profile_id, revision, state, year, type, content)
     select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::int[], $6::text[], $7::jsonb[])
     on conflict (authorship_id) do update set revision = excluded.revision, state = excluded.state,
       year = excluded.year, type = excluded.type, content = excluded.content
      where authorships.revision < excluded.revision
     returning authorship_id as id`,
    [
      authorships.map((authorship) => authorship.authorshipId),
      authorships.map((authorship) => authorship.profileId),
      authorships.map((authorship) => authorship.revision),
      authorships.map((authorship) => authorship.state),
      authorships.map((authorship) => authorship.year),
      authorships.map((authorship) => authorship.type),
      authorships.map((authorship) => JSON.stringify(shownAuthorship(authorship))),
    ],
  )
  return rows.map((row) => row.id)
}

function shownProfile({ eventId: _eventId, ...profile }: Profile) {
  const identities = profile.identities.map((identity) => ({ ...identity, verifiedAt: moment(identity.verifiedAt) }))
  return { ...profile, identities }
}

function shownAct(act: Act) {
  const {
    eventId: _e,
    sealedAbout: _a,
    sealedPrivate: _p,
    sealedClient: _c,
    clientKeyId: _k,
    commandKey: _key,
    ...shown
  } = act
  return {
    ...shown,
    decidedAt: moment(act.decidedAt),
    prevHash: act.prevHash.toString('hex'),
    hash: act.hash.toString('hex'),
  }
}

function shownAuthorship({ eventId: _eventId, ...authorship }: Authorship) {
  return { ...authorship, verifiedAt: moment(authorship.verifiedAt) }
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
