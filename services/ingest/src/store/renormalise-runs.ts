import type { Queryable } from '@atlas/runtime'

/** A run over all records of a source; `cursor` is the last record that is done. */
export interface RenormaliseRun {
  readonly id: number
  readonly cursor: string | null
  readonly counts: Readonly<Record<string, number>>
}

/** The unfinished run of this normaliser, or a new one. */
export async function openRun(database: Queryable, source: string, normaliser: string): Promise<RenormaliseRun> {
  await database.query(
    `insert into renormalise_runs (source, normaliser) values ($1, $2)
     on conflict (source, normaliser) where finished_at is null do nothing`,
    [source, normaliser],
  )
  const { rows } = await database.query<RenormaliseRun>(
    'select id, cursor, counts from renormalise_runs where source = $1 and normaliser = $2 and finished_at is null',
    [source, normaliser],
  )
  const row = rows[0]
  if (!row) throw new Error(`no run of "${normaliser}" right after it was stored`)
  return row
}

export async function saveRun(database: Queryable, run: RenormaliseRun): Promise<void> {
  await database.query('update renormalise_runs set cursor = $2, counts = $3, updated_at = now() where id = $1', [
    run.id,
    run.cursor,
    JSON.stringify(run.counts),
  ])
}

export async function finishRun(database: Queryable, id: number): Promise<void> {
  await database.query('update renormalise_runs set finished_at = now(), updated_at = now() where id = $1', [id])
}

/** Published records of a source after this one that another normaliser made, in the order of ids. */
export async function listOutdated(
  database: Queryable,
  source: string,
  normaliser: string,
  after: string | null,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await database.query<{ id: string }>(
    `select record_id as id from heads
      where source = $1 and version > 0 and normaliser <> $2 and ($3::uuid is null or record_id > $3::uuid)
      order by record_id limit $4`,
    [source, normaliser, after, limit],
  )
  return rows.map(({ id }) => id)
}
