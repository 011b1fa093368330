import { createHash } from 'node:crypto'
import type { Constraint } from '@atlas/linkage'
import {
  type Clock,
  classOf,
  type Database,
  type Failpoints,
  type Ids,
  idempotent,
  type Outbox,
  type Principal,
  Problem,
  RetryableError,
  type Tx,
} from '@atlas/runtime'
import { workChanged } from '../changes.ts'
import { placeAsRuled } from '../place/arrive.ts'
import type { Inspect } from '../place/place-records.ts'
import { lockRecords } from '../store/records.ts'
import {
  appendRuling,
  findRuledWorks,
  findRuling,
  findWorksHolding,
  isLinkedInto,
  listConstraintsAcross,
  listRulingsAcross,
  lockRulings,
  type RuledWork,
  replaceConstraints,
  type ToldRuling,
} from '../store/rulings.ts'
import { across, foldRulings } from './fold.ts'
import { checkShown, type Plan, planCut, planLink, planWithdrawal } from './plan.ts'
import type { MergeBody, Precondition, UnmergeBody } from './requests.ts'

export interface RulingParts {
  readonly database: Database
  readonly outbox: Pick<Outbox, 'append'>
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'next'>
  readonly failpoints: Failpoints
}

/** What a person asks for. */
export type Wish =
  | { readonly type: 'link'; readonly workId: string; readonly precondition: Precondition; readonly body: MergeBody }
  | { readonly type: 'cut'; readonly workId: string; readonly precondition: Precondition; readonly body: UnmergeBody }
  | { readonly type: 'withdraw'; readonly rulingId: string }

export interface RulingCommand {
  readonly wish: Wish
  readonly principal: Principal
  readonly said: { readonly reason: string; readonly via: string }
  readonly key: string
  /** Of method, path and body: see `requestFingerprint`. */
  readonly fingerprint: Buffer
}

/** What is answered, and answered again to the same key. */
export interface Ruled {
  readonly ruling: ToldRuling
  /** Where the records of both sides are now. */
  readonly works: readonly Pick<RuledWork, 'workId' | 'revision' | 'members'>[]
  /** Works whose published state is another one now. */
  readonly changed: readonly string[]
}

// Locks are taken in one order; what is left are neighbourhoods that grow while they are locked.
const TRIES = 10

/**
 * Makes one ruling: ledger, constraints, works, messages and the answer itself in one transaction. A refusal leaves
 * nothing behind.
 */
export async function ruleOnWorks(
  command: RulingCommand,
  parts: RulingParts,
): Promise<{ readonly ruled: Ruled; readonly replay: boolean }> {
  const { principal, key, fingerprint } = command
  for (let tries = 1; ; tries++) {
    try {
      const { body, replay } = await parts.database.transaction(async (tx) => {
        const answer = await idempotent(tx, { principal: principal.actor, key, fingerprint }, async () => ({
          status: 201,
          body: await makeRuling(tx, command, parts),
        }))
        parts.failpoints.hit('ruling.before_commit')
        return answer
      })
      return { ruled: body as Ruled, replay }
    } catch (error) {
      if (!(classOf(error) === 'contention' || error instanceof RetryableError) || tries === TRIES) throw error
    }
  }
}

/** All of a ruling, in a transaction that may have to be begun again: see `ruleOnWorks`. */
export async function makeRuling(
  tx: Tx,
  { wish, principal, said, key }: Omit<RulingCommand, 'fingerprint'>,
  parts: Pick<RulingParts, 'ids' | 'clock' | 'outbox'>,
): Promise<Ruled> {
  const first = await planOf(tx, wish)
  // In the order of whoever places records: their rows, then the lock of rulings, then works.
  await lockRecords(tx, [...new Set([...first.sideA, ...headsOf(first)])])
  await lockRulings(tx)
  // Who ruled a moment before us may have left another work, or nothing to rule on.
  const plan = await planOf(tx, wish)
  const rulingId = parts.ids.next()
  await appendRuling(tx, {
    ...plan,
    ...said,
    ...(plan.kind === 'withdraw' ? NO_SIDES : {}),
    rulingId,
    actor: principal.actor,
    actorRole: actorRoleOf(principal),
    onBehalfOf: principal.onBehalfOf,
    commandKey: createHash('sha256').update(`${principal.actor}\n${key}`).digest('hex'),
    decidedAtMs: parts.clock.now(),
  })
  const bent = await foldAgain(tx, plan)
  const moved = [...new Set([...headsOf(plan), ...plan.sideA.filter((recordId) => bent.has(recordId))])]
  const changed = await placeAsRuled(tx, moved, inspecting(plan))
  await parts.outbox.append(tx, changed.map(workChanged))
  const ruling = await findRuling(tx, rulingId)
  if (!ruling) throw new Error(`no ruling "${rulingId}"`)
  const works = await findWorksHolding(tx, [...plan.sideA, ...plan.sideB])
  return { ruling, works: works.map(({ workId, revision, members }) => ({ workId, revision, members })), changed }
}

// A withdrawal is about a ruling, and about records through it alone.
const NO_SIDES = { sideA: [], sideB: [] }

async function planOf(tx: Tx, wish: Wish): Promise<Plan> {
  if (wish.type === 'withdraw') return planWithdrawal(await findRuling(tx, wish.rulingId))
  if (wish.type === 'cut') {
    const works = await worksById(tx, [wish.workId])
    return planCut(works, wish.workId, wish.precondition, wish.body)
  }
  const { workId, precondition, body } = wish
  if (workId === body.targetWorkId) throw new Problem(422, 'same_work', 'a work is not merged into itself')
  const works = await worksById(tx, [workId, body.targetWorkId])
  await refuseCircle(tx, works, workId, body.targetWorkId)
  return planLink(works, workId, precondition, body)
}

async function worksById(tx: Tx, workIds: readonly string[]): Promise<ReadonlyMap<string, RuledWork>> {
  return new Map((await findRuledWorks(tx, workIds)).map((work) => [work.workId, work]))
}

/** A was merged into B, perhaps by way of others, and now B into A. */
async function refuseCircle(
  tx: Tx,
  works: ReadonlyMap<string, RuledWork>,
  workId: string,
  targetWorkId: string,
): Promise<void> {
  const [survivor, other] = [workId, targetWorkId].map((id) => works.get(id)?.redirectTo ?? id)
  if (survivor === other && (await isLinkedInto(tx, targetWorkId, workId)))
    throw new Problem(409, 'merge_cycle', 'the target was merged into this work', { extensions: { survivor } })
}

/** Folds the rulings on the pairs across anew; returns the records on whose pairs something else stands now. */
async function foldAgain(tx: Tx, plan: Plan): Promise<ReadonlySet<string>> {
  const before = await listConstraintsAcross(tx, plan)
  const now = foldRulings(await listRulingsAcross(tx, plan)).filter(across(plan))
  await replaceConstraints(tx, plan, now)
  const [old, fresh] = [before, now].map((all) => new Map(all.map((one) => [standingOf(one), one])))
  const differing = [
    ...[...(old ?? [])].filter(([key]) => !fresh?.has(key)),
    ...[...(fresh ?? [])].filter(([key]) => !old?.has(key)),
  ]
  return new Set(differing.flatMap(([, { recordA, recordB }]) => [recordA, recordB]))
}

function standingOf({ recordA, recordB, kind, role }: Constraint): string {
  return JSON.stringify([recordA, recordB, kind, role?.recordId, role?.role])
}

/** Under the locks: the works are those that were shown, and what was linked is one. */
function inspecting({ shown, headA, headB }: Plan): Inspect {
  return (before, after) => {
    for (const one of shown)
      checkShown(
        one,
        before.works.find(({ workId }) => workId === one.workId),
      )
    if (headA === null || headB === null) return
    const holds = (id: string) => after.find(({ members }) => members.some(({ recordId }) => recordId === id))?.workId
    // Every earlier cut between the members of both was lifted: nothing is left that could keep them apart.
    if (holds(headA) !== holds(headB)) throw new Error(`records "${headA}" and "${headB}" were linked and are apart`)
  }
}

function headsOf({ headA, headB }: Plan): readonly string[] {
  return [headA, headB].filter((id) => id !== null)
}

const RULING_ROLES = ['curator', 'admin'] as const

/** In which role a principal rules; 403 for whoever may not. */
export function actorRoleOf({ roles }: Principal): string {
  const role = RULING_ROLES.find((one) => roles.includes(one))
  if (!role) throw new Problem(403, 'forbidden', 'only curators rule on works')
  return role
}
