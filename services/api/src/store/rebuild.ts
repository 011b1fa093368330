import type { Queryable, Tx } from '@atlas/runtime'

/** True from the beginning of a rebuild to its end, also when it was cut short. */
export async function isRebuilding(db: Queryable): Promise<boolean> {
  return (await db.query('select from rebuilds where ended_at is null')).rows.length > 0
}

/** Begins a rebuild with an empty read model, or goes on with one that was cut short; true when it is a new one. */
export async function beginRebuild(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query(
    'insert into rebuilds default values on conflict ((true)) where ended_at is null do nothing returning rebuild_id',
  )
  if (rows.length === 0) return false
  await tx.query('select empty_read_model()')
  return true
}

export async function endRebuild(db: Queryable): Promise<void> {
  await db.query('update rebuilds set ended_at = now() where ended_at is null')
}
