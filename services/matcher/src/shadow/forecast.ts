import type { WorkState } from '@atlas/linkage'
import type { WorkChange } from '../place/decide-works.ts'
import type { WorkContent } from '../place/make-work.ts'
import type { StoredRecord } from '../record.ts'
import type { SlotRow } from '../store/slots.ts'
import type { WorkRow } from '../store/works.ts'

/** What may become of a work; `evidence`: nothing that is shown, but the reasons of its links or what it is compared by. */
export const CHANGE_KINDS = [
  'merges',
  'splits',
  'appears',
  'vanishes',
  'primary',
  'roles',
  'slots',
  'canonical',
  'evidence',
] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export interface ForecastMember {
  readonly recordId: string
  readonly record: string
  readonly role: string
}

/** What other rules would make of one work. */
export interface ForecastChange {
  readonly workId: string
  readonly kinds: readonly ChangeKind[]
  /** Of the work as it was looked at; 0 where its id has no members. */
  readonly atRevision: number
  /** Published on its slots. */
  readonly candidates: number
  /** Of these, on slots that would be gone: their questions would be withdrawn, and asked of their successors. */
  readonly withdrawn: number
  /** Slots of it that a person has decided on, times persons: the decisions would follow the mentions. */
  readonly decided: number
  readonly title: string | null
  readonly now: readonly ForecastMember[]
  readonly next: readonly ForecastMember[]
  /** Where a vanishing id would lead. */
  readonly redirectTo: string | null
  /** Canonical fields that would change. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>
  readonly slots: { readonly kept: number; readonly changed: number; readonly gone: number; readonly added: number }
}

/** Stored and clustered states of one closed neighbourhood. */
export interface Compared {
  readonly works: readonly WorkRow[]
  readonly slots: readonly SlotRow[]
  readonly after: readonly WorkState[]
  readonly changes: readonly WorkChange[]
  readonly records: ReadonlyMap<string, StoredRecord>
}

export interface Counted {
  /** Published candidates by slot. */
  readonly candidates: ReadonlyMap<string, number>
  /** Decided slots by work. */
  readonly decided: ReadonlyMap<string, number>
}

/** One entry for each work that would be written: what would change of what is shown, and what hangs on it. Pure. */
export function forecastOf(
  { works, slots, after, changes, records }: Compared,
  counted: Counted,
): readonly ForecastChange[] {
  const stored = new Map(works.map((work) => [work.workId, work]))
  const slotsOf = Map.groupBy(slots, ({ workId }) => workId)
  const homeNow = new Map(works.flatMap(({ workId, members }) => members.map((id) => [id, workId] as const)))
  const homeThen = new Map(
    after.flatMap(({ workId, members }) => members.map(({ recordId }) => [recordId, workId] as const)),
  )
  const liveSlots = new Set(after.flatMap((work) => work.slots.map(({ slotId }) => slotId)))
  return changes.map((change) => {
    const work = stored.get(change.workId)
    const own = slotsOf.get(change.workId) ?? []
    const before = work?.state === 'live' ? (JSON.parse(work.content) as WorkContent) : null
    const now = before?.members ?? []
    const next = change.content.members
    const published = (some: readonly SlotRow[]) =>
      some.reduce((sum, { slotId }) => sum + (counted.candidates.get(slotId) ?? 0), 0)
    const fields = before && change.state === 'live' ? changedFields(before, change.content) : {}
    const bylines = slotCounts(before, change.content)
    const homes = {
      now: new Set(next.flatMap(({ recordId }) => homeNow.get(recordId) ?? [])).size,
      next: new Set(now.flatMap(({ recordId }) => homeThen.get(recordId) ?? [])).size,
    }
    return {
      workId: change.workId,
      kinds: kindsOf({ before, change, homes, fields, bylines }),
      atRevision: before ? (work?.revision ?? 0) : 0,
      candidates: published(own),
      withdrawn: published(own.filter(({ slotId }) => !liveSlots.has(slotId))),
      decided: counted.decided.get(change.workId) ?? 0,
      title: change.content.title ?? before?.title ?? null,
      now: now.map((member) => memberOf(member, records)),
      next: next.map((member) => memberOf(member, records)),
      redirectTo: change.redirectTo,
      fields,
      slots: bylines,
    }
  })
}

interface Judged {
  readonly before: WorkContent | null
  readonly change: WorkChange
  /** In how many works its members of then are now, and those of now would be then. */
  readonly homes: { readonly now: number; readonly next: number }
  readonly fields: ForecastChange['fields']
  readonly bylines: ForecastChange['slots']
}

function kindsOf({ before, change, homes, fields, bylines }: Judged): readonly ChangeKind[] {
  const stays = before !== null && change.state === 'live'
  const roles = rolesOf(before)
  const rolesThen = rolesOf(change.content)
  const primary = (all: ReadonlyMap<string, string>) => [...all].find(([, role]) => role === 'primary')?.[0]
  const holds: Readonly<Record<Exclude<ChangeKind, 'evidence'>, boolean>> = {
    merges: homes.now > 1,
    splits: homes.next > 1,
    appears: before === null && change.state === 'live',
    vanishes: before !== null && change.state !== 'live',
    primary: stays && primary(roles) !== primary(rolesThen),
    roles: stays && [...roles].some(([id, role]) => rolesThen.has(id) && rolesThen.get(id) !== role),
    slots: stays && bylines.changed + bylines.gone + bylines.added > 0,
    canonical: Object.keys(fields).length > 0,
  }
  const kinds = CHANGE_KINDS.filter((kind) => kind !== 'evidence' && holds[kind])
  return kinds.length > 0 ? kinds : ['evidence']
}

const FIELDS = ['title', 'type', 'published', 'language', 'venue', 'doi', 'identifiers', 'retracted'] as const

function changedFields(before: WorkContent, after: WorkContent): ForecastChange['fields'] {
  return Object.fromEntries(
    FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field])).map((field) => [
      field,
      [before[field], after[field]],
    ]),
  )
}

function slotCounts(before: WorkContent | null, after: WorkContent): ForecastChange['slots'] {
  const text = ({ position, name, orcid, mentions }: WorkContent['slots'][number]) =>
    JSON.stringify([position, name, orcid, mentions.map(({ key }) => key).sort()])
  const now = new Map(before?.slots.map((slot) => [slot.slotId, text(slot)]))
  const then = new Map(after.slots.map((slot) => [slot.slotId, text(slot)]))
  const common = [...now].filter(([slotId]) => then.has(slotId))
  const changed = common.filter(([slotId, was]) => then.get(slotId) !== was).length
  return {
    kept: common.length - changed,
    changed,
    gone: now.size - common.length,
    added: then.size - common.length,
  }
}

function rolesOf(content: WorkContent | null): ReadonlyMap<string, string> {
  return new Map(content?.members.map(({ recordId, role }) => [recordId, role]))
}

function memberOf(
  { recordId, role }: { readonly recordId: string; readonly role: string },
  records: ReadonlyMap<string, StoredRecord>,
): ForecastMember {
  const record = records.get(recordId)
  return { recordId, record: record ? `${record.source}:${record.sourceId}` : recordId, role }
}
