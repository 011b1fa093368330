import { choose, type SlotFeatures, type SlotState, speakers, type WorkRole, type WorkState } from '@atlas/linkage'
import type { CandidateMention, Work, WorkSlot, WorkSubject } from '@atlas/schemas'
import type { StoredRecord } from '../record.ts'

/** A slot as published, without the number of the work that last changed it. */
export type SlotContent = Omit<WorkSlot, 'revision'>

/** A work as published, without its numbers and causes: two equal texts of it are one state. */
export type WorkContent = Omit<Work, 'eventId' | 'revision' | 'state' | 'redirectTo' | 'slots' | 'causedBy'> & {
  readonly slots: readonly SlotContent[]
}

/** The published state of a live work; `records` are its members. */
export function contentOf(
  work: WorkState,
  slots: readonly SlotFeatures[],
  records: ReadonlyMap<string, StoredRecord>,
  formerMembers: readonly string[],
): WorkContent {
  const members = work.members.flatMap(({ recordId, role }): StoredMember[] => {
    const record = records.get(recordId)
    return record ? [{ record, role }] : []
  })
  const openAccess = choose(
    'openAccess',
    members,
    (record) => record.openAccess,
    (a, b) => a === b,
  )
  const features = new Map(slots.map((slot) => [slot.slotId, slot]))
  const { subjects: _, fieldSources, ...canonical } = work.canonical
  return {
    workId: work.workId,
    ...canonical,
    fieldSources: openAccess === null ? fieldSources : [...fieldSources, openAccess.source],
    subjects: subjectsOf(speakers('subjects', members)),
    openAccess: openAccess?.value ?? null,
    members: work.members,
    slots: work.slots.map((slot) => {
      const affiliations = features.get(slot.slotId)?.affiliations ?? []
      return {
        ...slot,
        rors: distinct(affiliations.map(({ ror }) => ror)),
        countries: distinct(affiliations.map(({ country }) => country)),
      }
    }),
    formerMembers,
    flags: work.flags,
  }
}

/** What a candidate shows of its slot. */
export interface ShownSlot {
  readonly name: string
  readonly position: number
  readonly collective: boolean
  readonly mentions: readonly CandidateMention[]
}

export function shownOf({ name, position, collective, mentions }: SlotState): ShownSlot {
  return {
    name,
    position,
    collective,
    mentions: mentions.map(({ key, recordId, version, position }) => ({ key, recordId, version, position })),
  }
}

/** What is left to say of an id without members. */
export function emptyContent(workId: string, formerMembers: readonly string[]): WorkContent {
  return {
    workId,
    title: null,
    type: 'other',
    published: null,
    language: null,
    venue: null,
    doi: null,
    identifiers: [],
    subjects: [],
    fieldSources: [],
    retracted: false,
    openAccess: null,
    members: [],
    slots: [],
    formerMembers,
    flags: [],
  }
}

interface StoredMember {
  readonly record: StoredRecord
  readonly role: WorkRole
}

/** The members' subjects, distinct by scheme and label, in the order of the members; the best score of each. */
function subjectsOf(members: readonly StoredMember[]): readonly WorkSubject[] {
  const found = new Map<string, WorkSubject>()
  for (const { record } of members)
    for (const subject of record.subjects) {
      const key = `${subject.scheme}\u001f${subject.id ?? subject.label}`
      const known = found.get(key)
      if (!known || (subject.score ?? -1) > (known.score ?? -1)) found.set(key, subject)
    }
  return [...found.values()]
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))]
}
