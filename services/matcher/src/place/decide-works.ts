import {
  baseDoi,
  type LinkageRecord,
  leadsToWork,
  type SlotFeatures,
  type Suspicion,
  slotFeaturesOf,
  slotKeys,
  successorOf,
  type WorkFeatures,
  type WorkState,
  workFeaturesOf,
  workIdentifiers,
} from '@atlas/linkage'
import { indexedKeys } from '../block-keys.ts'
import { additionsOf, type KeptOfWork, NO_ADDITIONS, NOTHING_KEPT, type WorkAdditions } from '../kept/additions.ts'
import type { StoredRecord } from '../record.ts'
import type { SlotRow } from '../store/slots.ts'
import type { IdentifierRow } from '../store/work-identifiers.ts'
import type { WorkRow } from '../store/works.ts'
import { contentOf, emptyContent, membersOf, type ShownSlot, shownOf, type WorkContent } from './make-work.ts'

/** Stored states around the records that changed, all of them locked. */
export interface Before {
  /** Works with members, and ids without that point at one of them. */
  readonly works: readonly WorkRow[]
  readonly redirects: readonly WorkRow[]
  readonly slots: readonly SlotRow[]
}

export interface SlotChange {
  readonly slotId: string
  readonly keys: readonly string[]
  readonly features: SlotFeatures
  readonly shown: ShownSlot
  readonly replaces: readonly string[]
}

export interface WorkChange {
  readonly workId: string
  readonly state: WorkRow['state']
  readonly redirectTo: string | null
  readonly content: WorkContent
  readonly additions: WorkAdditions
  /** Anything but what is added to it, and the versions of its records, is another. */
  readonly isDescribedAnew: boolean
  readonly sources: readonly string[]
  readonly features: WorkFeatures | null
  readonly suspicions: readonly Suspicion[]
  readonly heldApart: readonly string[]
  readonly formerMembers: readonly string[]
  readonly causedBy: readonly string[]
  readonly joined: readonly { readonly recordId: string; readonly reason: string; readonly linkedTo: string | null }[]
  /** Members that are in this work no more. */
  readonly left: readonly string[]
  /** All that lead to it. */
  readonly identifiers: readonly IdentifierRow[]
  /** Only those that differ from what is stored. */
  readonly slots: readonly SlotChange[]
  /** Slots that were in this work and are in none. */
  readonly gone: readonly string[]
}

/** Records that works are decided anew for, and those of them that differ from what they were in counts at most. */
export interface Causes {
  readonly causes: readonly string[]
  readonly restated: ReadonlySet<string>
}

export const NO_CAUSES: Causes = { causes: [], restated: new Set() }

/** What is kept about works, by id. */
export type Kept = ReadonlyMap<string, KeptOfWork>

/**
 * What has to be written so that the stored works become `after`, with what is kept about them; null leaves what is added to
 * works out of account. A work whose published state, features and slots are
 * what they were is left alone: nothing is numbered or published for it. Pure.
 */
export function decideWorks(
  before: Before,
  after: readonly WorkState[],
  records: ReadonlyMap<string, StoredRecord>,
  { causes, restated }: Causes,
  kept: Kept | null,
): readonly WorkChange[] {
  const stored = new Map([...before.works, ...before.redirects].map((work) => [work.workId, work]))
  const storedSlots = new Map(before.slots.map((slot) => [slot.slotId, slot]))
  const liveSlots = new Set(after.flatMap(({ slots }) => slots.map(({ slotId }) => slotId)))
  const gone = before.slots.filter(({ slotId }) => !liveSlots.has(slotId))
  const successors = new Successors(gone, liveSlots)
  const changes = after.flatMap((work) => {
    const own = causes.filter((id) => work.members.some(({ recordId }) => recordId === id))
    const equal = own.length > 0 && own.every((id) => restated.has(id)) ? sameButVersions : isSame
    return liveChange(work, stored.get(work.workId), storedSlots, successors, records, gone, kept, equal) ?? []
  })
  const live = new Set(after.map(({ workId }) => workId))
  for (const work of stored.values()) {
    if (live.has(work.workId)) continue
    const change = vanishedChange(work, after, gone)
    if (change) changes.push(change)
  }
  return changes
    .map((change) => ({ ...change, causedBy: causesOf(change, causes) }))
    .toSorted((a, b) => (a.workId < b.workId ? -1 : 1))
}

type Undated = Omit<WorkChange, 'causedBy'>

function liveChange(
  work: WorkState,
  stored: WorkRow | undefined,
  storedSlots: ReadonlyMap<string, SlotRow>,
  successors: Successors,
  records: ReadonlyMap<string, StoredRecord>,
  gone: readonly SlotRow[],
  kept: Kept | null,
  equal: Equal,
): Undated | undefined {
  const ids = work.members.map(({ recordId }) => recordId)
  const now = new Set(ids)
  const members: readonly LinkageRecord[] = ids.flatMap((id) => records.get(id) ?? [])
  const slotFeatures = slotFeaturesOf(work, members)
  const features = workFeaturesOf(work, members)
  const formerMembers = distinctSorted([...(stored?.formerMembers ?? []), ...(stored?.members ?? [])]).filter(
    (id) => !now.has(id),
  )
  const content = contentOf(work, slotFeatures, records, formerMembers)
  const shown = new Map(work.slots.map((slot) => [slot.slotId, shownOf(slot)]))
  const slots = slotFeatures.flatMap((slot) => {
    const shownSlot = shown.get(slot.slotId)
    if (!shownSlot) throw new Error(`features of a slot "${slot.slotId}" that the work does not have`)
    return slotChange({ slot, shown: shownSlot, features }, storedSlots.get(slot.slotId), successors, equal) ?? []
  })
  const goneHere = gone.filter(({ workId }) => workId === work.workId).map(({ slotId }) => slotId)
  const isDescribed =
    stored?.state === 'live' &&
    slots.length === 0 &&
    goneHere.length === 0 &&
    equalIds(stored.heldApart, work.heldApart) &&
    stored.features === JSON.stringify(features) &&
    stored.suspicions === JSON.stringify(work.suspicions) &&
    equal(stored.content, JSON.stringify(content))
  const additions =
    kept === null ? NO_ADDITIONS : additionsOf(membersOf(work.members, records), kept.get(work.workId) ?? NOTHING_KEPT)
  const isAsStored = isDescribed && stored.content === JSON.stringify(content)
  if (isAsStored && (kept === null || stored.additions === JSON.stringify(additions))) return undefined
  const before = new Set(stored?.members)
  return {
    workId: work.workId,
    state: 'live',
    redirectTo: null,
    content,
    additions,
    isDescribedAnew: !isDescribed,
    sources: distinctSorted(work.members.map(({ source }) => source)),
    features,
    suspicions: work.suspicions,
    heldApart: work.heldApart,
    formerMembers,
    joined: work.members.filter(({ recordId }) => !before.has(recordId)),
    left: (stored?.members ?? []).filter((id) => !now.has(id)),
    identifiers: identifiersOf(work, records),
    slots,
    gone: goneHere,
  }
}

function identifiersOf(
  { workId, members }: WorkState,
  records: ReadonlyMap<string, LinkageRecord>,
): readonly IdentifierRow[] {
  const known = members.flatMap(({ recordId, role }) => {
    const record = records.get(recordId)
    return record === undefined ? [] : [{ record, role }]
  })
  return workIdentifiers(known)
    .filter(leadsToWork)
    .map(({ scheme, value, relation, recordIds }) => {
      const base = scheme === 'doi' ? baseDoi(value) : value
      return { workId, scheme, value, relation, base: base === value ? null : base, recordIds }
    })
}

function slotChange(
  now: { readonly slot: SlotFeatures; readonly shown: ShownSlot; readonly features: WorkFeatures },
  stored: SlotRow | undefined,
  successors: Successors,
  equal: Equal,
): SlotChange | undefined {
  const { slot, shown } = now
  const keys = indexedKeys(slotKeys(slot, now.features))
  const replaces = successors.replacedBy(slot, stored)
  const isEqual =
    stored?.workId === slot.workId &&
    equalIds(stored.keys, keys) &&
    equalIds(stored.replaces, replaces) &&
    stored.features === JSON.stringify(slot) &&
    equal(stored.shown, JSON.stringify(shown))
  return isEqual ? undefined : { slotId: slot.slotId, keys, features: slot, shown, replaces }
}

/** Whether two JSON texts say the same. */
type Equal = (one: string, other: string) => boolean

function isSame(one: string, other: string): boolean {
  return one === other
}

/**
 * Whether two JSON texts differ in nothing but the versions of records: a new version of a record that says the same of what is
 * compared is told, and compared by nobody.
 */
function sameButVersions(one: string, other: string): boolean {
  return one === other || withoutVersions(one) === withoutVersions(other)
}

// Inside a string the quote behind the word would be escaped.
function withoutVersions(json: string): string {
  return json.replaceAll(/"version":\d+/g, '"version":0')
}

/** An id that lost its members points at the work that has them now, and is gone when none is alive. */
function vanishedChange(work: WorkRow, after: readonly WorkState[], gone: readonly SlotRow[]): Undated | undefined {
  const formerMembers = distinctSorted([...work.formerMembers, ...work.members])
  const redirectTo = successorOf(formerMembers, after)
  const state = redirectTo === null ? 'gone' : 'redirect'
  if (work.state === state && work.redirectTo === redirectTo) return undefined
  return {
    workId: work.workId,
    state,
    redirectTo,
    content: emptyContent(work.workId, formerMembers),
    additions: NO_ADDITIONS,
    isDescribedAnew: true,
    sources: [],
    features: null,
    suspicions: [],
    heldApart: [],
    formerMembers,
    joined: [],
    left: work.members,
    identifiers: [],
    slots: [],
    gone: gone.filter(({ workId }) => workId === work.workId).map(({ slotId }) => slotId),
  }
}

/** Which slots became which: those that are gone, by the mentions they share with a live one. */
class Successors {
  readonly #byMention = new Map<string, SlotRow[]>()
  readonly #live: ReadonlySet<string>

  constructor(gone: readonly SlotRow[], live: ReadonlySet<string>) {
    this.#live = live
    for (const slot of gone)
      for (const key of slot.mentionKeys) this.#byMention.set(key, [...(this.#byMention.get(key) ?? []), slot])
  }

  replacedBy(features: SlotFeatures, stored: SlotRow | undefined): readonly string[] {
    const replaced = new Set(stored?.replaces)
    for (const key of features.mentionKeys)
      for (const slot of this.#byMention.get(key) ?? []) {
        replaced.add(slot.slotId)
        for (const earlier of slot.replaces) replaced.add(earlier)
      }
    replaced.delete(features.slotId)
    return [...replaced].filter((slotId) => !this.#live.has(slotId)).sort()
  }
}

function causesOf(change: Undated, causes: readonly string[]): readonly string[] {
  const around = new Set([
    ...change.content.members.map(({ recordId }) => recordId),
    ...change.left,
    ...change.formerMembers,
  ])
  const own = causes.filter((recordId) => around.has(recordId))
  return own.length > 0 ? own : causes
}

function equalIds(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index])
}

function distinctSorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort()
}
