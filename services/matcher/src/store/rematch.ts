import type { Queryable } from '@atlas/runtime'

export type RematchPhase = 'records' | 'profiles' | 'works' | 'done'

export interface RematchRun {
  readonly runId: string
  readonly modelVersion: string
  readonly phase: RematchPhase
  readonly position: string | null
  /** Subjects gone through so far, of all phases. */
  readonly queued: number
}

interface Row {
  readonly run_id: string
  readonly model_version: string
  readonly phase: RematchPhase
  readonly position: string | null
  readonly queued: number
}

const COLUMNS = 'run_id, model_version, phase, position, queued'

function toRun(row: Row): RematchRun {
  return {
    runId: row.run_id,
    modelVersion: row.model_version,
    phase: row.phase,
    position: row.position,
    queued: row.queued,
  }
}

/** Begins a run unless one is under way; returns the one that is. */
export async function addRematch(db: Queryable, runId: string, modelVersion: string): Promise<RematchRun | undefined> {
  await db.query(
    `insert into rematch_runs (run_id, model_version, phase) values ($1, $2, 'records') on conflict do nothing`,
    [runId, modelVersion],
  )
  return findRun(db)
}

/** Begins a run, or the one under way from its start, where there is anything to go through. */
export async function restartRematch(db: Queryable, runId: string, modelVersion: string): Promise<void> {
  await db.query(
    `insert into rematch_runs (run_id, model_version, phase)
     select $1, $2, 'records' where exists (select from records) or exists (select from profiles)
     on conflict ((true)) where phase <> 'done' do update set model_version = excluded.model_version, phase = 'records', position = null`,
    [runId, modelVersion],
  )
}

/** The run under way, else the last one. */
export async function findRun(db: Queryable): Promise<RematchRun | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from rematch_runs order by (phase <> 'done') desc, started_at desc limit 1`,
  )
  return rows[0] && toRun(rows[0])
}

/** The run under way, locked, unless another member moves it at this moment. */
export async function takeRun(db: Queryable): Promise<RematchRun | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from rematch_runs where phase <> 'done' for update skip locked`,
  )
  return rows[0] && toRun(rows[0])
}

export async function moveRun(db: Queryable, run: RematchRun): Promise<void> {
  await db.query(
    `update rematch_runs set phase = $2, position = $3, queued = $4,
            finished_at = case when $2 = 'done' then now() end
      where run_id = $1`,
    [run.runId, run.phase, run.position, run.queued],
  )
}
