import { Problem } from '@atlas/runtime'
import type { RuledWork, ToldRuling } from '../store/rulings.ts'
import type { MergeBody, Precondition, UnmergeBody } from './requests.ts'
import { type LinkedRole, MAX_PAIRS, type Sides } from './ruling.ts'

/** A ruling that may be made, of works as they were read, and which revisions of them it is about. */
export interface Plan extends Sides {
  readonly kind: 'link' | 'cut' | 'withdraw'
  readonly workId: string | null
  readonly otherWorkId: string | null
  /** Of a link, the primary records of both. */
  readonly headA: string | null
  readonly headB: string | null
  readonly role: LinkedRole | null
  readonly withdraws: string | null
  readonly shown: readonly Shown[]
}

/** What the person had before him: the ruling is refused when it is not that any more. */
export interface Shown extends Precondition {
  readonly workId: string
}

type Works = ReadonlyMap<string, RuledWork>

/** Two works that are one: refuses what is no two works, or not those that were shown. Pure. */
export function planLink(
  works: Works,
  workId: string,
  precondition: Precondition,
  { targetWorkId, targetRevision, role }: Pick<MergeBody, 'targetWorkId' | 'targetRevision' | 'role'>,
): Plan {
  const shown = [
    { workId, ...precondition },
    { workId: targetWorkId, revision: targetRevision, byHeader: false },
  ]
  const [work, target] = [liveWork(works, workId), liveWork(works, targetWorkId)]
  for (const one of shown) checkShown(one, works.get(one.workId))
  return {
    kind: 'link',
    workId,
    otherWorkId: targetWorkId,
    sideA: work.members,
    sideB: target.members,
    headA: headOf(work),
    headB: headOf(target),
    role,
    withdraws: null,
    shown,
  }
}

/** Members that do not belong with the rest of their work. Pure. */
export function planCut(
  works: Works,
  workId: string,
  precondition: Precondition,
  { recordIds }: Pick<UnmergeBody, 'recordIds'>,
): Plan {
  const shown = { workId, ...precondition }
  const { members } = liveWork(works, workId)
  checkShown(shown, works.get(workId))
  const cut = new Set(recordIds)
  if (cut.size < recordIds.length) throw new Problem(400, 'repeated_item', 'a record is named twice')
  const strangers = recordIds.filter((id) => !members.includes(id))
  if (strangers.length > 0)
    throw new Problem(422, 'not_a_member', 'only members of the work can be cut from it', {
      extensions: { recordIds: strangers },
    })
  const rest = members.filter((id) => !cut.has(id))
  if (rest.length === 0) throw new Problem(422, 'nothing_to_cut_from', 'a cut leaves at least one member in the work')
  if (cut.size * rest.length > MAX_PAIRS)
    throw new Problem(422, 'too_many_pairs', `a cut separates at most ${MAX_PAIRS} pairs of records`)
  return {
    ...{ kind: 'cut', workId, otherWorkId: null, sideA: recordIds, sideB: rest },
    ...{ headA: null, headB: null, role: null, withdraws: null, shown: [shown] },
  }
}

/** As if the ruling had never been made. Pure. */
export function planWithdrawal(ruling: ToldRuling | undefined): Plan {
  if (!ruling) throw new Problem(404, 'not_found', 'there is no such ruling')
  if (ruling.kind === 'withdraw' || ruling.withdrawnBy !== null)
    throw new Problem(409, 'already_withdrawn', 'the ruling is withdrawn, or is itself a withdrawal; rule anew')
  const { workId, otherWorkId, rulingId, records, otherRecords } = ruling
  return {
    ...{ kind: 'withdraw', workId, otherWorkId, sideA: records, sideB: otherRecords },
    ...{ headA: null, headB: null, role: null, withdraws: rulingId, shown: [] },
  }
}

/** Refuses when a work is not the one that was shown; what was only added to it since does not count. */
export function checkShown(
  { workId, revision, byHeader }: Shown,
  current: Pick<RuledWork, 'revision' | 'describedRevision'> | undefined,
): void {
  if (current && current.describedRevision <= revision && revision <= current.revision) return
  throw new Problem(byHeader ? 412 : 409, 'work_changed', 'the work has changed since it was shown', {
    extensions: { current: current ? { workId, revision: current.revision } : null },
  })
}

function liveWork(works: Works, workId: string): RuledWork {
  const work = works.get(workId)
  if (!work || work.state === 'gone') throw new Problem(404, 'not_found', 'there is no such work')
  if (work.state === 'redirect')
    throw new Problem(409, 'work_merged', 'the work is part of another one', {
      extensions: { survivor: work.redirectTo },
    })
  return work
}

function headOf({ workId, members: [primary] }: RuledWork): string {
  if (primary === undefined) throw new Error(`live work "${workId}" without members`)
  return primary
}
