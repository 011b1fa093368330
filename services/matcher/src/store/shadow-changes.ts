import { jsonRows, type Queryable, readAsJson } from '@atlas/runtime'
import type { ForecastChange } from '../shadow/forecast.ts'

/** Writes what is known of these works now in place of what was found before. */
export async function saveChanges(
  db: Queryable,
  runId: string,
  lookedAt: readonly string[],
  changes: readonly ForecastChange[],
): Promise<void> {
  await db.query('delete from shadow_changes where run_id = $1 and work_id = any($2::uuid[])', [runId, lookedAt])
  if (changes.length === 0) return
  await db.query(
    `insert into shadow_changes (run_id, work_id, kinds, at_revision, candidates, withdrawn, decided, detail)
     select $1, work_id, kinds, at_revision, candidates, withdrawn, decided, detail
       from json_to_recordset($2) as t(work_id uuid, kinds text[], at_revision bigint, candidates int, withdrawn int,
            decided int, detail json)
     on conflict (run_id, work_id) do update set kinds = excluded.kinds, at_revision = excluded.at_revision,
       candidates = excluded.candidates, withdrawn = excluded.withdrawn, decided = excluded.decided, detail = excluded.detail`,
    [
      runId,
      jsonRows(
        changes.map(({ workId, kinds, atRevision, candidates, withdrawn, decided, ...detail }) => ({
          work_id: workId,
          kinds,
          at_revision: atRevision,
          candidates,
          withdrawn,
          decided,
          detail,
        })),
      ),
    ],
  )
}

export interface ShadowSummary {
  /** Works of each kind of change; one may be of several. */
  readonly kinds: Readonly<Record<string, number>>
  readonly changes: number
  readonly candidates: number
  readonly withdrawn: number
  readonly decided: number
  /** Changes whose work has another state by now: to be computed again by another run. */
  readonly outdated: number
  /** States of anything numbered since the run began, at most: what arrived meanwhile may not be in it. */
  readonly numberedSince: number
}

export async function summariseChanges(db: Queryable, runId: string): Promise<ShadowSummary> {
  const { rows } = await db.query<{
    changes: number
    candidates: number
    withdrawn: number
    decided: number
    outdated: number
    numbered: number
  }>(
    `select count(*) as changes, coalesce(sum(candidates), 0) as candidates, coalesce(sum(withdrawn), 0) as withdrawn,
            coalesce(sum(decided), 0) as decided,
            count(*) filter (where coalesce(w.revision, 0) <> c.at_revision) as outdated,
            (select s.last_value - r.from_revision from revisions s, shadow_runs r where r.run_id = $1) as numbered
       from shadow_changes c left join works w on w.work_id = c.work_id and w.state = 'live'
      where c.run_id = $1`,
    [runId],
  )
  const kinds = await db.query<{ kind: string; n: number }>(
    `select kind, count(*) as n from shadow_changes cross join unnest(kinds) as k(kind)
      where run_id = $1 group by kind order by kind`,
    [runId],
  )
  const [row] = rows
  return {
    kinds: Object.fromEntries(kinds.rows.map(({ kind, n }) => [kind, n])),
    changes: row?.changes ?? 0,
    candidates: row?.candidates ?? 0,
    withdrawn: row?.withdrawn ?? 0,
    decided: row?.decided ?? 0,
    outdated: row?.outdated ?? 0,
    numberedSince: row?.numbered ?? 0,
  }
}

/** The next page of changes, those of a kind or all, in the order of work ids. */
export async function listChanges(
  db: Queryable,
  runId: string,
  { kind, after, limit }: { readonly kind: string | null; readonly after: string | null; readonly limit: number },
): Promise<readonly ForecastChange[]> {
  const rows = await readAsJson<{
    work_id: string
    kinds: ForecastChange['kinds']
    at_revision: number
    candidates: number
    withdrawn: number
    decided: number
    detail: Pick<ForecastChange, 'title' | 'now' | 'next' | 'redirectTo' | 'fields' | 'slots'>
  }>(
    db,
    `select work_id, kinds, at_revision, candidates, withdrawn, decided, detail from shadow_changes
      where run_id = $1 and ($2::text is null or $2 = any(kinds)) and ($3::uuid is null or work_id > $3)
      order by work_id limit $4`,
    [runId, kind, after, limit],
  )
  return rows.map(({ work_id, at_revision, detail, ...same }) => ({
    workId: work_id,
    atRevision: at_revision,
    ...same,
    ...detail,
  }))
}
