import type { Queryable, Tx } from '@atlas/runtime'

/** Marks a rebuild as begun; false when one that was cut short is there to be gone on with. */
export async function beginRebuild(tx: Tx): Promise<boolean> {
  const { rows } = await tx.query(
    'insert into rebuilds default values on conflict ((true)) where ended_at is null do nothing returning rebuild_id',
  )
  return rows.length > 0
}

/** Whoever reads waits for the end of the transaction, and then finds nothing. */
export async function emptyReadModel(tx: Tx): Promise<void> {
  await tx.query('select empty_read_model()')
}

export async function endRebuild(db: Queryable): Promise<void> {
  await db.query('update rebuilds set ended_at = now() where ended_at is null')
}
