import type { Tx } from '@atlas/runtime'
import { ownKeys } from '../kept/additions.ts'
import { findKeptOf, saveAdditions } from '../store/kept-records.ts'
import { loadRecords } from '../store/records.ts'
import { drawRevisions, findLiveWorks, lockWorks } from '../store/works.ts'
import { decideAdditions } from './decide-additions.ts'
import { addedToOf } from './neighbourhood.ts'

/**
 * Counts the links of these works by what is one work now, and writes what they show of it; returns those that show something
 * else. Only these are locked: what the works at the other ends do meanwhile leaves a row of its own.
 */
export async function recountWorks(tx: Tx, workIds: readonly string[]): Promise<readonly string[]> {
  await lockWorks(tx, workIds)
  const rows = await findLiveWorks(tx, workIds)
  const records = await loadRecords(
    tx,
    rows.flatMap(({ members }) => members),
  )
  const works = addedToOf(rows, records)
  const kept = await findKeptOf(
    tx,
    works.flatMap(({ work: { workId }, members }) => ownKeys(members).map((key) => ({ workId, key }))),
  )
  const changed = decideAdditions(works, kept, [])
  const revisions = await drawRevisions(tx, changed.length)
  await saveAdditions(
    tx,
    changed.map((change, index) => ({ ...change, revision: revisions[index] ?? 0 })),
  )
  return changed.map(({ workId }) => workId)
}
