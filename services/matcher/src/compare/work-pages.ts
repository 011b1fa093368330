import type { Queryable } from '@atlas/runtime'
import { type ComparedWork, listSlotsOfWorks, type SlotPlace } from '../store/compare.ts'
import type { Taken } from '../store/queue.ts'
import { earlier, parseWorkPosition, type WorkPosition } from './position.ts'

/** A part of a work that one step compares. */
export interface WorkPage {
  readonly workId: string
  readonly phase: WorkPosition['phase']
  readonly slots: readonly SlotPlace[]
  /** All slots of the work: what is claimed of them can be told at once. */
  readonly isWhole: boolean
}

export interface WorkPages {
  readonly pages: readonly WorkPage[]
  /** Rows there is nothing left to do for. */
  readonly finished: readonly Taken[]
  /** Rows of long bylines, and where they go on. */
  readonly moved: readonly { readonly no: number; readonly position: WorkPosition }[]
}

/** Which slots this step compares: whole works as long as they fit, of a longer one a page of `limit`. */
export async function readWorkPages(
  db: Queryable,
  rows: readonly Taken[],
  works: ReadonlyMap<string, ComparedWork>,
  limit: number,
): Promise<WorkPages> {
  // A newer revision has a row of its own, and what is stored is that revision.
  const current = rows.filter(({ subject, revision }) => works.get(subject)?.revision === revision)
  const wanted = [...Map.groupBy(current, ({ subject }) => subject)].map(([workId, same]) => ({
    workId,
    no: same[0]?.no ?? 0,
    position: same.map(({ position }) => parseWorkPosition(position)).reduce(earlier),
  }))
  const listed = Map.groupBy(
    await listSlotsOfWorks(
      db,
      wanted.map(({ workId, position }) => ({ workId, after: position.after })),
      limit,
    ),
    ({ workId }) => workId,
  )
  const pages: WorkPage[] = []
  const moved: { no: number; position: WorkPosition }[] = []
  const postponed = new Set<string>()
  let taken = 0
  for (const { workId, no, position } of wanted) {
    const slots = listed.get(workId) ?? []
    if (taken > 0 && taken + slots.length > limit) {
      postponed.add(workId)
      continue
    }
    taken += slots.length
    const isWhole = position.phase === 'pairs' && position.after === null && slots.length < limit
    pages.push({ workId, phase: position.phase, slots, isWhole })
    const next = isWhole ? undefined : nextOf(position, slots, limit)
    if (next) moved.push({ no, position: next })
  }
  const staying = new Set(moved.map(({ no }) => no))
  return { pages, moved, finished: rows.filter(({ no, subject }) => !staying.has(no) && !postponed.has(subject)) }
}

function nextOf({ phase }: WorkPosition, slots: readonly SlotPlace[], limit: number): WorkPosition | undefined {
  const last = slots.at(-1)
  if (slots.length === limit && last) return { phase, after: last.slotId }
  return phase === 'pairs' ? { phase: 'claims', after: null } : undefined
}
