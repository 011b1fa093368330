import type { Constraint, Suspicion } from '@atlas/linkage'
import { jsonRows, type Queryable } from '@atlas/runtime'

/** A work as stored, with who is in it now. */
export interface WorkRow {
  readonly workId: string
  readonly revision: number
  /** Of the last state that was described anew: what was only added since changes nothing that is ruled on. */
  readonly describedRevision: number
  readonly state: 'live' | 'redirect' | 'gone'
  readonly redirectTo: string | null
  /** The published state, as its JSON text: equal text is an equal state. */
  readonly content: string
  /** The same of what is added to it. */
  readonly additions: string
  readonly features: string | null
  /** As their JSON text, too. */
  readonly suspicions: string
  readonly heldApart: readonly string[]
  readonly formerMembers: readonly string[]
  readonly members: readonly string[]
}

interface Row {
  readonly work_id: string
  readonly revision: number
  readonly described_revision: number
  readonly state: WorkRow['state']
  readonly redirect_to: string | null
  readonly content: string
  readonly additions: string
  readonly features: string | null
  readonly suspicions: string
  readonly held_apart: string[]
  readonly former_members: string[]
  readonly members: string[]
}

const COLUMNS = `w.work_id, w.revision, coalesce(w.described_revision, w.revision) as described_revision, w.state, w.redirect_to, w.content::text as content, w.additions::text as additions, w.features::text as features,
       w.suspicions::text as suspicions, w.held_apart, w.former_members,
       array(select m.record_id from work_members m where m.work_id = w.work_id and m.to_revision is null) as members`

/** The works of these records, and the works of what a guard keeps apart from them, and so on. */
export async function findTouchedWorks(db: Queryable, recordIds: readonly string[]): Promise<readonly WorkRow[]> {
  if (recordIds.length === 0) return []
  const { rows } = await db.query<Row>(
    `with recursive touched (work_id) as (
       select m.work_id from work_members m where m.record_id = any($1::uuid[]) and m.to_revision is null
       union
       select m.work_id
         from touched t join works w using (work_id) cross join unnest(w.held_apart) as apart(record_id)
         join work_members m on m.record_id = apart.record_id and m.to_revision is null
     )
     select ${COLUMNS} from touched join works w using (work_id) order by w.work_id`,
    [recordIds],
  )
  return rows.map(toWork)
}

/** Those of these works that are live. */
export async function findLiveWorks(db: Queryable, workIds: readonly string[]): Promise<readonly WorkRow[]> {
  if (workIds.length === 0) return []
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from works w where w.work_id = any($1::uuid[]) and w.state = 'live' order by w.work_id`,
    [workIds],
  )
  return rows.map(toWork)
}

/** Locks in id order, so that two transactions that touch the same works cannot deadlock. */
export async function lockWorks(db: Queryable, workIds: readonly string[]): Promise<void> {
  await db.query('select from works where work_id = any($1::uuid[]) order by work_id for update', [workIds])
}

/** Ids without members that point at one of `targets`, or are among `own`; locked, after the works with members. */
export async function lockRedirects(
  db: Queryable,
  targets: readonly string[],
  own: readonly string[],
): Promise<readonly WorkRow[]> {
  if (targets.length === 0 && own.length === 0) return []
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from works w
      where w.redirect_to = any($1::uuid[]) or (w.work_id = any($2::uuid[]) and w.state <> 'live')
      order by w.work_id for update of w`,
    [targets, own],
  )
  return rows.map(toWork)
}

function toWork(row: Row): WorkRow {
  return {
    workId: row.work_id,
    revision: row.revision,
    describedRevision: row.described_revision,
    state: row.state,
    redirectTo: row.redirect_to,
    content: row.content,
    additions: row.additions,
    features: row.features,
    suspicions: row.suspicions,
    heldApart: row.held_apart,
    formerMembers: row.former_members,
    members: row.members,
  }
}

export function findConstraints(db: Queryable, recordIds: readonly string[]): Promise<readonly Constraint[]> {
  return findConstraintsWhere(db, 'record_a = any($1::uuid[]) or record_b = any($1::uuid[])', [recordIds])
}

export async function findConstraintsWhere(
  db: Queryable,
  where: string,
  values: readonly unknown[],
): Promise<readonly Constraint[]> {
  const { rows } = await db.query<{
    record_a: string
    record_b: string
    kind: Constraint['kind']
    act_id: string
    role: NonNullable<Constraint['role']>['role'] | null
    role_of: string | null
  }>(
    `select record_a, record_b, kind, act_id, role, role_of from work_constraints
      where ${where} order by record_a, record_b`,
    values,
  )
  return rows.map(({ record_a, record_b, kind, act_id, role, role_of }) => ({
    recordA: record_a,
    recordB: record_b,
    kind,
    actId: act_id,
    role: role === null || role_of === null ? null : { recordId: role_of, role },
  }))
}

/** Numbers for new states; draw them under the locks of what they number. */
export async function drawRevisions(db: Queryable, count: number): Promise<readonly number[]> {
  if (count === 0) return []
  const { rows } = await db.query<{ numbers: number[] }>(
    "select array(select nextval('revisions') from generate_series(1, $1)) as numbers",
    [count],
  )
  return rows[0]?.numbers ?? []
}

export interface WorkToSave {
  readonly workId: string
  readonly revision: number
  readonly state: WorkRow['state']
  readonly redirectTo: string | null
  readonly content: unknown
  readonly additions: unknown
  /** Anything but the additions is another. */
  readonly isDescribedAnew: boolean
  readonly slotRevisions: readonly number[]
  readonly sources: readonly string[]
  readonly features: unknown
  readonly suspicions: readonly Suspicion[]
  readonly heldApart: readonly string[]
  readonly formerMembers: readonly string[]
  readonly causedBy: readonly string[]
}

export async function saveWorks(db: Queryable, works: readonly WorkToSave[]): Promise<void> {
  if (works.length === 0) return
  await db.query(
    `insert into works (work_id, revision, described_revision, state, redirect_to, content, additions, slot_revisions, sources, features, suspicions,
            suspicion_kinds, held_apart, former_members, caused_by)
     select work_id, revision, described_revision, state, redirect_to, content, additions, slot_revisions, sources, features, suspicions,
            suspicion_kinds, held_apart, former_members, caused_by
       from json_to_recordset($1) as t(work_id uuid, revision bigint, described_revision bigint, state text, redirect_to uuid, content json,
            additions json, slot_revisions bigint[], sources text[], features json, suspicions json, suspicion_kinds text[], held_apart uuid[], former_members uuid[], caused_by uuid[])
      order by work_id
     on conflict (work_id) do update set revision = excluded.revision, state = excluded.state,
       redirect_to = excluded.redirect_to, content = excluded.content, additions = excluded.additions,
       slot_revisions = excluded.slot_revisions,
       described_revision = case when excluded.described_revision is null then null
         else coalesce(works.described_revision, works.revision) end,
       sources = excluded.sources, features = excluded.features, suspicions = excluded.suspicions,
       suspicion_kinds = excluded.suspicion_kinds, held_apart = excluded.held_apart,
       former_members = excluded.former_members, caused_by = excluded.caused_by`,
    [
      jsonRows(
        works.map((work) => ({
          work_id: work.workId,
          revision: work.revision,
          // Says that it stays what it was; which one that is only the stored row knows.
          described_revision: work.isDescribedAnew ? null : work.revision,
          state: work.state,
          redirect_to: work.redirectTo,
          content: work.content,
          additions: work.additions,
          slot_revisions: work.slotRevisions,
          sources: work.sources,
          features: work.features,
          suspicions: work.suspicions,
          suspicion_kinds: [...new Set(work.suspicions.map(({ kind }) => kind))].sort(),
          held_apart: work.heldApart,
          former_members: work.formerMembers,
          caused_by: work.causedBy,
        })),
      ),
    ],
  )
}

export interface Joined {
  readonly recordId: string
  readonly workId: string
  readonly revision: number
  readonly reason: string
  readonly linkedTo: string | null
}

export interface Left {
  readonly recordId: string
  readonly revision: number
}

/** Closes the open membership of those who left, then opens those of who joined. */
export async function saveMembers(db: Queryable, left: readonly Left[], joined: readonly Joined[]): Promise<void> {
  if (left.length > 0)
    await db.query(
      `update work_members m set to_revision = t.revision
         from unnest($1::uuid[], $2::bigint[]) as t(record_id, revision)
        where m.record_id = t.record_id and m.to_revision is null`,
      [left.map(({ recordId }) => recordId), left.map(({ revision }) => revision)],
    )
  if (joined.length > 0)
    await db.query(
      `insert into work_members (record_id, work_id, from_revision, reason, linked_to)
       select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::uuid[])`,
      [
        joined.map(({ recordId }) => recordId),
        joined.map(({ workId }) => workId),
        joined.map(({ revision }) => revision),
        joined.map(({ reason }) => reason),
        joined.map(({ linkedTo }) => linkedTo),
      ],
    )
}
