import { standsUnder } from '@atlas/linkage'
import type { Tx } from '@atlas/runtime'
import { listSlotsOfKey } from '../store/compare.ts'
import { addWaiting, addWorksAgain, deleteWaiting, moveWaiting, takeWaiting } from '../store/queue.ts'
import type { Compared } from './compare-works.ts'

const PAGE = 500

/**
 * Queues the works of a block that became too wide, or is so no longer: their slots now meet other profiles. Where
 * slots do not stand under the key themselves, those of the block that it is a part of are queued as well.
 */
export async function compareBlock(tx: Tx): Promise<Compared> {
  const [row] = await takeWaiting(tx, 'block', 1)
  if (!row) return { taken: 0, outbox: [] }
  const { subject, position } = row
  const block = standsUnder(subject)
  if (position === null && block !== subject) await addWaiting(tx, [{ kind: 'block', subject: block, revision: 0 }])
  const slots = await listSlotsOfKey(tx, subject, position, PAGE)
  await addWorksAgain(tx, [...new Set(slots.map(({ workId }) => workId))])
  const last = slots.at(-1)
  if (slots.length === PAGE && last) await moveWaiting(tx, row.no, last.slotId)
  else await deleteWaiting(tx, [row.no])
  return { taken: 1, outbox: [] }
}
