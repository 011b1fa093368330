import type { Tx } from '@atlas/runtime'
import { workChanged } from '../changes.ts'
import { recountWorks } from '../place/recount-works.ts'
import { queueLinked } from '../store/link-ends.ts'
import { deleteWaiting, takeWaiting } from '../store/queue.ts'
import type { Compared } from './compare-works.ts'

const WORKS = 64

/** Counts links anew where two ends have become one work, or are one no more; who is at the other ends waits for the next step. */
export async function recountLinks(tx: Tx): Promise<Compared> {
  const rows = await takeWaiting(tx, 'links', WORKS)
  await queueLinked(
    tx,
    rows.map(({ keys }) => keys),
  )
  const changed = rows.length > 0 ? await recountWorks(tx, [...new Set(rows.map(({ subject }) => subject))]) : []
  await deleteWaiting(
    tx,
    rows.map(({ no }) => no),
  )
  return { taken: rows.length, outbox: changed.map(workChanged) }
}
