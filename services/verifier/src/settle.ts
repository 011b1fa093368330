import type { Clock, Database, Ids, Tx } from '@atlas/runtime'
import { type PlanContext, planUnit, type QuestionChange } from './plan.ts'
import type { LoadedUnit } from './question.ts'
import { appendActs } from './store/acts.ts'
import { lockUnits } from './store/load-units.ts'
import { askForProfile, askToSettle, isWaiting, slotsOfWorks, takeWaiting, type Waiting } from './store/to-settle.ts'
import { type Writing, writeChanges } from './write-changes.ts'

export interface Settling extends Writing {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'random'>
}

// 100 acts hold the chain's head for about 20 ms: persons who decide meanwhile wait that long at most.
const MAX_ACTS = 100
/** At most so many rows that wait are taken at once. */
export const MAX_WAITING = 200
const PROFILE_PAGE = 1_000

/**
 * Takes what waits and lets every question of those slots stand as it should: one bounded transaction. Both sides of a
 * pair (a work and a question about it) ask after they have committed, so whoever comes second here sees both.
 *
 * Returns how many rows it took: as many as it may, and more are likely to wait.
 */
export async function settleSome(settling: Settling): Promise<number> {
  // A look that finds nothing, and most do, is one round trip instead of three.
  if (!(await isWaiting(settling.database))) return 0
  return settling.database.transaction(async (tx) => {
    const waiting = await takeWaiting(tx, MAX_WAITING)
    if (waiting.length === 0) return 0
    for (const row of waiting.filter(({ kind }) => kind === 'profile')) await askForProfile(tx, row, PROFILE_PAGE)
    const rows = waiting.filter(({ kind }) => kind !== 'profile')
    await settleSlots(tx, await slotsOf(tx, rows), settling)
    return waiting.length
  })
}

async function slotsOf(tx: Tx, rows: readonly Waiting[]): Promise<readonly string[]> {
  const slots = rows.filter(({ kind }) => kind === 'slot').map(({ objectId }) => objectId)
  const works = rows.filter(({ kind }) => kind === 'work').map(({ objectId }) => objectId)
  return [...new Set([...slots, ...(works.length > 0 ? await slotsOfWorks(tx, works) : [])])]
}

async function settleSlots(tx: Tx, slots: readonly string[], settling: Settling): Promise<void> {
  if (slots.length === 0) return
  const units = await lockUnits(tx, slots)
  const context: PlanContext = { nowMs: settling.clock.now(), nextId: () => settling.ids.random() }
  const { changes, left } = planWithin(units, context, MAX_ACTS)
  await askToSettle(tx, 'slot', left)
  const acts = await writeChanges(tx, changes, settling)
  await appendActs(tx, acts)
}

/** As many changes as bring at most so many acts, and the slots that must be looked at again for the rest. */
export function planWithin(
  units: readonly LoadedUnit[],
  context: PlanContext,
  maxActs: number,
): { readonly changes: readonly QuestionChange[]; readonly left: readonly string[] } {
  const changes: QuestionChange[] = []
  const left: string[] = []
  let acts = 0
  for (const unit of units) {
    for (const change of acts < maxActs ? planUnit(unit, context) : []) {
      if (change.act && acts === maxActs) break
      if (change.act) acts++
      changes.push(change)
    }
    if (acts === maxActs) left.push(unit.seed)
  }
  return { changes, left }
}
