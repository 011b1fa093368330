import type { Constraint } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import type { LinkedRole, Ruling, Sides } from '../rulings/ruling.ts'
import { findConstraintsWhere } from './works.ts'

// Two numbers, so that it cannot be the hash of a key.
const LOCK = [2_011, 1]

/** Rulings come one after the other: who holds this until commit numbers and folds them. */
export async function lockRulings(db: Queryable): Promise<void> {
  await db.query('select pg_advisory_xact_lock($1, $2)', LOCK)
}

/**
 * Records that a ruling names and no work holds come back one after the other: two that are linked may share no key, and
 * neither has a work whose row the other could wait for. Take it before the locks of keys.
 */
export async function lockReturning(db: Queryable, recordIds: readonly string[]): Promise<void> {
  await db.query(
    `select pg_advisory_xact_lock($2, $3)
      where exists (
        select from unnest($1::uuid[]) as back(record_id)
         where (exists (select from work_constraints c where c.record_a = back.record_id)
             or exists (select from work_constraints c where c.record_b = back.record_id))
           and not exists (select from work_members m where m.record_id = back.record_id and m.to_revision is null))`,
    [recordIds, ...LOCK],
  )
}

/** Who ruled, and why. */
export interface Said {
  readonly actor: string
  readonly actorRole: string
  readonly onBehalfOf: string | null
  readonly via: string
  readonly reason: string
  readonly commandKey: string
  readonly decidedAtMs: number
}

export interface NewRuling extends Said, Sides {
  readonly rulingId: string
  readonly kind: 'link' | 'cut' | 'withdraw'
  readonly workId: string | null
  readonly otherWorkId: string | null
  readonly headA: string | null
  readonly headB: string | null
  readonly role: LinkedRole | null
  readonly withdraws: string | null
}

export async function appendRuling(db: Queryable, ruling: NewRuling): Promise<void> {
  await db.query(
    `insert into work_rulings (ruling_id, kind, work_id, other_work_id, side_a, side_b, head_a, head_b, role, withdraws,
            actor, actor_role, on_behalf_of, via, reason, command_key, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, to_timestamp($17::double precision / 1000))`,
    [
      ...[ruling.rulingId, ruling.kind, ruling.workId, ruling.otherWorkId, ruling.sideA, ruling.sideB],
      ...[ruling.headA, ruling.headB, ruling.role, ruling.withdraws],
      ...[ruling.actor, ruling.actorRole, ruling.onBehalfOf, ruling.via, ruling.reason, ruling.commandKey],
      ruling.decidedAtMs,
    ],
  )
}

interface RulingRow {
  readonly ruling_id: string
  readonly kind: 'link' | 'cut'
  readonly side_a: string[]
  readonly side_b: string[]
  readonly head_a: string
  readonly head_b: string
  readonly role: LinkedRole | null
}

const FOLDED = `select ruling_id, kind, side_a, side_b, head_a, head_b, role from work_rulings r
      where kind <> 'withdraw' and not exists (select from work_rulings w where w.withdraws = r.ruling_id)`

/** Rulings that cover a pair across these sides and were not withdrawn, in their order. */
export async function listRulingsAcross(db: Queryable, { sideA, sideB }: Sides): Promise<readonly Ruling[]> {
  const { rows } = await db.query<RulingRow>(
    `${FOLDED} and ((side_a && $1::uuid[] and side_b && $2::uuid[]) or (side_a && $2::uuid[] and side_b && $1::uuid[]))
      order by ruling_no`,
    [sideA, sideB],
  )
  return rows.map(toRuling)
}

/** All that were not withdrawn, in their order. */
export async function listStandingRulings(db: Queryable): Promise<readonly Ruling[]> {
  const { rows } = await db.query<RulingRow>(`${FOLDED} order by ruling_no`)
  return rows.map(toRuling)
}

const ACROSS = `(record_a = any($1::uuid[]) and record_b = any($2::uuid[]))
         or (record_a = any($2::uuid[]) and record_b = any($1::uuid[]))`

function toRuling(row: RulingRow): Ruling {
  const common = { rulingId: row.ruling_id, sideA: row.side_a, sideB: row.side_b }
  return row.kind === 'cut'
    ? { kind: 'cut', ...common }
    : { kind: 'link', ...common, headA: row.head_a, headB: row.head_b, role: row.role }
}

/** What stands on pairs across the sides. */
export async function listConstraintsAcross(db: Queryable, { sideA, sideB }: Sides): Promise<readonly Constraint[]> {
  return findConstraintsWhere(db, ACROSS, [sideA, sideB])
}

/** Makes these the constraints on pairs across the sides, and leaves all others. */
export async function replaceConstraints(
  db: Queryable,
  { sideA, sideB }: Sides,
  constraints: readonly Constraint[],
): Promise<void> {
  await db.query(`delete from work_constraints where ${ACROSS}`, [sideA, sideB])
  await db.query(
    `insert into work_constraints (record_a, record_b, kind, act_id, role, role_of)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::uuid[]) order by 1, 2`,
    [
      constraints.map(({ recordA }) => recordA),
      constraints.map(({ recordB }) => recordB),
      constraints.map(({ kind }) => kind),
      constraints.map(({ actId }) => actId),
      constraints.map(({ role }) => role?.role ?? null),
      constraints.map(({ role }) => role?.recordId ?? null),
    ],
  )
}

/** A ruling as it is told. */
export interface ToldRuling {
  readonly rulingId: string
  readonly kind: 'link' | 'cut' | 'withdraw'
  readonly workId: string | null
  readonly otherWorkId: string | null
  readonly records: readonly string[]
  readonly otherRecords: readonly string[]
  /** What the first of `records` is in the other's work, where the ruling says so. */
  readonly role: LinkedRole | null
  readonly withdraws: string | null
  readonly withdrawnBy: string | null
  /** Whether clustering follows it: neither withdrawn nor outranked on all of its pairs. */
  readonly inForce: boolean
  readonly actor: string
  readonly actorRole: string
  readonly onBehalfOf: string | null
  readonly via: string
  readonly reason: string
  readonly decidedAt: string
}

interface ToldRow {
  readonly ruling_id: string
  readonly kind: ToldRuling['kind']
  readonly work_id: string | null
  readonly other_work_id: string | null
  readonly side_a: string[]
  readonly side_b: string[]
  readonly role: LinkedRole | null
  readonly withdraws: string | null
  readonly withdrawn_by: string | null
  readonly in_force: boolean
  readonly actor: string
  readonly actor_role: string
  readonly on_behalf_of: string | null
  readonly via: string
  readonly reason: string
  readonly decided_at: Date
}

const TOLD = `select ruling_id, kind, work_id, other_work_id, side_a, side_b, role, withdraws, actor, actor_role, on_behalf_of,
       via, reason, decided_at,
       (select w.ruling_id from work_rulings w where w.withdraws = r.ruling_id) as withdrawn_by,
       exists (select from work_constraints c where c.act_id = r.ruling_id) as in_force
  from work_rulings r`

export async function findRuling(db: Queryable, rulingId: string): Promise<ToldRuling | undefined> {
  const { rows } = await db.query<ToldRow>(`${TOLD} where ruling_id = $1`, [rulingId])
  return rows[0] && toTold(rows[0])
}

/** The newest rulings that name one of these records, and their withdrawals. */
export async function listRulingsOf(
  db: Queryable,
  recordIds: readonly string[],
  limit: number,
): Promise<readonly ToldRuling[]> {
  const { rows } = await db.query<ToldRow>(
    `${TOLD} where side_a && $1::uuid[] or side_b && $1::uuid[]
        or exists (select from work_rulings o
                    where o.ruling_id = r.withdraws and (o.side_a && $1::uuid[] or o.side_b && $1::uuid[]))
      order by ruling_no desc limit $2`,
    [recordIds, limit],
  )
  return rows.map(toTold)
}

export async function listRulingsById(db: Queryable, rulingIds: readonly string[]): Promise<readonly ToldRuling[]> {
  const { rows } = await db.query<ToldRow>(`${TOLD} where ruling_id = any($1::uuid[]) order by ruling_no`, [rulingIds])
  return rows.map(toTold)
}

function toTold(row: ToldRow): ToldRuling {
  return {
    rulingId: row.ruling_id,
    kind: row.kind,
    workId: row.work_id,
    otherWorkId: row.other_work_id,
    records: row.side_a,
    otherRecords: row.side_b,
    role: row.role,
    withdraws: row.withdraws,
    withdrawnBy: row.withdrawn_by,
    inForce: row.in_force,
    actor: row.actor,
    actorRole: row.actor_role,
    onBehalfOf: row.on_behalf_of,
    via: row.via,
    reason: row.reason,
    decidedAt: row.decided_at.toISOString(),
  }
}

/** Whether links in force lead from the one work to the other, however many there are on the way. */
export async function isLinkedInto(db: Queryable, fromWorkId: string, toWorkId: string): Promise<boolean> {
  const { rows } = await db.query<{ reached: boolean }>(
    `with recursive reached (work_id) as (
       select $1::uuid
       union
       select r.other_work_id from reached join work_rulings r using (work_id)
        where r.kind = 'link' and exists (select from work_constraints c where c.act_id = r.ruling_id)
     )
     select exists (select from reached where work_id = $2) as reached`,
    [fromWorkId, toWorkId],
  )
  return rows[0]?.reached ?? false
}

/** What a ruling on a work is checked against. */
export interface RuledWork {
  readonly workId: string
  readonly revision: number
  /** Of the last state that was described anew: what was only added since changes nothing that is ruled on. */
  readonly describedRevision: number
  readonly state: 'live' | 'redirect' | 'gone'
  readonly redirectTo: string | null
  /** The primary one first. */
  readonly members: readonly string[]
  readonly formerMembers: readonly string[]
}

export async function findRuledWorks(db: Queryable, workIds: readonly string[]): Promise<readonly RuledWork[]> {
  return ruledWorks(db, 'work_id = any($1::uuid[])', workIds)
}

/** Live works that hold one of these records, in id order. */
export async function findWorksHolding(db: Queryable, recordIds: readonly string[]): Promise<readonly RuledWork[]> {
  return ruledWorks(
    db,
    'work_id in (select m.work_id from work_members m where m.record_id = any($1::uuid[]) and m.to_revision is null)',
    recordIds,
  )
}

async function ruledWorks(db: Queryable, where: string, ids: readonly string[]): Promise<readonly RuledWork[]> {
  const { rows } = await db.query<{
    work_id: string
    revision: number
    described_revision: number
    state: RuledWork['state']
    redirect_to: string | null
    members: string[]
    former_members: string[]
  }>(
    `select work_id, revision, coalesce(described_revision, revision) as described_revision, state, redirect_to, former_members,
            array(select (member->>'recordId')::uuid from json_array_elements(content->'members') as member) as members
       from works where ${where} order by work_id`,
    [ids],
  )
  return rows.map((row) => ({
    workId: row.work_id,
    revision: row.revision,
    describedRevision: row.described_revision,
    state: row.state,
    redirectTo: row.redirect_to,
    members: row.members,
    formerMembers: row.former_members,
  }))
}
