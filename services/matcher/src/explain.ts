import {
  ATTRIBUTION_2,
  attributedProfile,
  attributedSlot,
  attributedWork,
  prepareRecord,
  SHIPPED_FREQUENCIES,
  verdictOf,
  type WorkFeatures,
} from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import { lookUp } from './compare/find-pairs.ts'
import { graphOf, rulesNow } from './explain-graph.ts'
import { candidateOf, workOf } from './snapshots.ts'
import { countProfilesUnder } from './store/blocks.ts'
import { listSlotsInWideBlocks, loadSlots } from './store/compare.ts'
import {
  countWaitingFor,
  findRecordFacts,
  findWorkFeatures,
  listActsOfCandidate,
  listCandidateIdsOfRecord,
  listCandidateIdsOfWork,
  listMemberships,
  listSharedKeys,
} from './store/explain.ts'
import { findKeptHeads } from './store/kept-records.ts'
import { loadOdds } from './store/odds.ts'
import { loadProfiles } from './store/profiles.ts'
import { loadPublishedCandidates, loadPublishedWorks } from './store/published.ts'
import { findRecordPlace, type RecordPlace } from './store/record-places.ts'
import { loadRecords } from './store/records.ts'
import { listRulingsById } from './store/rulings.ts'
import { findConstraints } from './store/works.ts'
import { type Waterfall, waterfallOf } from './waterfall.ts'

/** Why a record is where it is: its keys, every membership and the rule that made it, rulings, its candidates. */
export async function explainRecord(db: Queryable, recordId: string) {
  const place = await findRecordPlace(db, recordId)
  if (!place) return undefined
  if (place.state === 'kept') return explainKept(db, place)
  const facts = await findRecordFacts(db, recordId)
  if (!facts) return undefined
  const memberships = await listMemberships(db, recordId)
  const linkedTo = memberships.at(-1)?.linkedTo
  return {
    recordId,
    ...facts,
    memberships,
    verdict: linkedTo ? await verdictOn(db, recordId, linkedTo) : null,
    constraints: await ruledConstraints(db, recordId),
    candidates: await shownCandidates(db, await listCandidateIdsOfRecord(db, recordId)),
  }
}

const DESCRIBES: Readonly<Record<string, string>> = {
  author: 'describes a person',
  institution: 'describes an organisation',
  citation: 'links two works',
  enrichment: 'adds to a work that others describe',
}

/** A record that describes no work: what it is, what it is about, and the works it was in when it described one. */
async function explainKept(db: Queryable, { recordId, version, kind, live, addsTo }: RecordPlace) {
  const head = (await findKeptHeads(db, [recordId])).get(recordId)
  return {
    recordId,
    version,
    kind,
    live,
    terminalState: { state: 'kept', version, why: `kept: ${DESCRIBES[kind] ?? `describes no work (${kind})`}` },
    about: head?.about ?? null,
    cites: head?.cites ?? null,
    addsTo,
    memberships: await listMemberships(db, recordId),
    constraints: await ruledConstraints(db, recordId),
  }
}

/** What persons ruled on the record and others: which ruling, by whom and why. */
async function ruledConstraints(db: Queryable, recordId: string) {
  const constraints = await findConstraints(db, [recordId])
  const rulings = await listRulingsById(db, [...new Set(constraints.map(({ actId }) => actId))])
  const byId = new Map(rulings.map((ruling) => [ruling.rulingId, ruling]))
  return constraints.map(({ recordA, recordB, kind, role, actId }) => {
    const { kind: ruled, actor, actorRole, reason, decidedAt } = byId.get(actId) ?? {}
    return {
      with: recordA === recordId ? recordB : recordA,
      kind,
      role: role ?? null,
      ruling: { rulingId: actId, kind: ruled, by: actor, as: actorRole, reason, decidedAt },
    }
  })
}

/** What the rules say today of the record and of the one it was linked to. */
async function verdictOn(db: Queryable, recordId: string, other: string) {
  const [a, b] = await loadRecords(db, [recordId, other])
  return a && b ? { with: other, ...verdictOf(prepareRecord(a), prepareRecord(b), await rulesNow(db)) } : null
}

/** A work as it was last published, why its records are together, its candidates, and whether a comparison still waits. */
export async function explainWork(db: Queryable, workId: string) {
  const [stored] = await loadPublishedWorks(db, [workId])
  if (!stored) return undefined
  const work = workOf(stored)
  return {
    work,
    graph: await graphOf(db, work),
    waiting: await countWaitingFor(db, workId),
    candidates: await shownCandidates(db, await listCandidateIdsOfWork(db, workId)),
  }
}

/**
 * A candidate as it was last published, how its probability comes about as things stand now, the keys its two sides met
 * under, the blocks it was not compared with as a whole, and what was decided on it.
 */
export async function explainCandidate(db: Queryable, candidateId: string) {
  const [stored] = await loadPublishedCandidates(db, [candidateId])
  if (!stored) return undefined
  return {
    candidate: candidateOf(stored),
    waterfall: (await waterfallNow(db, stored)) ?? null,
    keys: await listSharedKeys(db, stored.slotId, stored.profileId),
    cut: await cutBlocksOf(db, stored.slotId),
    acts: await listActsOfCandidate(db, candidateId, stored.profileId),
    waiting: (await countWaitingFor(db, stored.workId)) + (await countWaitingFor(db, stored.profileId)),
  }
}

/** Blocks that are too wide and that nothing splits for this slot: whoever stands in those alone, it does not meet. */
async function cutBlocksOf(db: Queryable, slotId: string) {
  const [slot] = await loadSlots(db, [slotId])
  const features = slot && (await findWorkFeatures(db, slot.workId))
  if (!features || (await listSlotsInWideBlocks(db, [slotId])).length === 0) return []
  const lookup = (await lookUp(db, [slot], new Map([[slot.workId, { features }]]))).get(slotId)
  return countProfilesUnder(
    db,
    (lookup?.cut ?? []).map(({ key }) => key),
  )
}

/** Undefined where the two sides do not meet any more. */
async function waterfallNow(
  db: Queryable,
  { slotId, profileId }: { readonly slotId: string; readonly profileId: string },
): Promise<Waterfall | undefined> {
  const [slot] = await loadSlots(db, [slotId])
  const [profile] = await loadProfiles(db, [profileId])
  const work = slot && (await findWorkFeatures(db, slot.workId))
  if (!work || !profile?.features) return undefined
  const odds = await loadOdds(db, [slot.workId], { slotIds: [slotId], profileIds: [profileId] })
  const prepared = (features: WorkFeatures) => attributedWork(features, SHIPPED_FREQUENCIES)
  return waterfallOf(
    attributedSlot(slot.features, prepared(work)),
    attributedProfile(profile.features, prepared),
    odds.flatMap(({ pairs }) => pairs).filter((pair) => pair.slotId === slotId || pair.profileId === profileId),
    ATTRIBUTION_2,
  )
}

async function shownCandidates(db: Queryable, ids: readonly string[]) {
  return (await loadPublishedCandidates(db, ids)).map((row) => ({
    candidateId: row.candidateId,
    profileId: row.profileId,
    slotId: row.slotId,
    score: row.score,
    revision: row.revision,
    withdrawn: row.withdrawn,
    withdrawnReason: row.withdrawnReason,
    reasons: row.content.reasons,
  }))
}
