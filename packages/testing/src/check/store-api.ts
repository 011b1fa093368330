import type { Queryable } from '@atlas/runtime'
import type { ReadModel, ReadRow, Stored } from './dumps.ts'

export async function readShownQuestions(db: Queryable): Promise<ReadModel['questions']> {
  const { rows } = await db.query<ReadModel['questions'][number]>(
    `select candidate_id as "candidateId", revision, status, version, flags from questions where revision > 0`,
  )
  return rows
}

/** Everything the read model keeps, as it keeps it. */
export async function readContents(db: Queryable): Promise<ReadModel['contents']> {
  const { rows } = await db.query<ReadModel['contents'][number]>(
    `select 'works' as topic, work_id as "objectId", content from works
     union all
     select 'candidates', candidate_id, content from questions where revision > 0
     union all
     select 'profiles', profile_id, content from profiles
     union all
     select 'acts', act_id, content from acts
     union all
     select 'authorships', authorship_id, content from authorships`,
  )
  return rows
}

/** Every row with all its columns, whatever it is that a reader sees of it: a read model made anew has the same ones. */
export async function readRows(db: Queryable): Promise<readonly ReadRow[]> {
  const { rows } = await db.query<ReadRow>(
    `select 'work' as kind, work_id as id, to_jsonb(w)::text as text from works w
     union all
     select 'question', candidate_id, to_jsonb(q)::text from questions q
     union all
     select 'profile', profile_id, to_jsonb(p)::text from profiles p
     union all
     select 'act', act_id, to_jsonb(a)::text from acts a
     union all
     select 'authorship', authorship_id, to_jsonb(s)::text from authorships s`,
  )
  return rows
}

/** The revisions of the snapshots it keeps. */
export async function readStoredByApi(db: Queryable): Promise<readonly (Stored & { readonly group: string })[]> {
  const { rows } = await db.query<Stored & { readonly group: string }>(
    `select 'api.works.v1' as group, 'works' as topic, work_id as "objectId", revision from works
     union all
     select 'api.candidates.v1', 'candidates', candidate_id, revision from questions where revision > 0
     union all
     select 'api.profiles.v1', 'profiles', profile_id, revision from profiles
     union all
     select 'api.authorships.v1', 'authorships', authorship_id, revision from authorships`,
  )
  return rows
}
