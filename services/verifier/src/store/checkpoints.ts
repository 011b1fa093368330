import type { Queryable, Tx } from '@atlas/runtime'

export interface CheckpointPointer {
  readonly chainSeq: number
  readonly ageMs: number
}

/** How far checkpoints have come, if no other member is at it; the row stays locked until the transaction ends. */
export async function takePointer(tx: Tx): Promise<CheckpointPointer | undefined> {
  const { rows } = await tx.query<{ chain_seq: number; age_ms: number }>(
    `select chain_seq, least(extract(epoch from now() - written_at) * 1000, 1e15)::float8 as age_ms
       from checkpoint_pointer for update skip locked`,
  )
  return rows[0] && { chainSeq: rows[0].chain_seq, ageMs: rows[0].age_ms }
}

export async function movePointer(db: Queryable, chainSeq: number): Promise<void> {
  await db.query('update checkpoint_pointer set chain_seq = $1, written_at = now()', [chainSeq])
}
