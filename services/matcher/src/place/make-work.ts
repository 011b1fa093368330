import { type SlotFeatures, type SlotState, speakers, type WorkState } from '@atlas/linkage'
import type { CandidateMention, Work, WorkSlot, WorkSubject } from '@atlas/schemas'
import type { AddingMember, WorkAdditions } from '../kept/additions.ts'
import type { StoredRecord } from '../record.ts'

/** A slot as published, without the number of the work that last changed it. */
export type SlotContent = Omit<WorkSlot, 'revision'>

type Numbered = 'eventId' | 'revision' | 'state' | 'redirectTo' | 'slots' | 'causedBy'

/**
 * The description of a work as published, without its numbers, its causes and what is added to it: two equal texts of it
 * are one state.
 */
export type WorkContent = Omit<Work, Numbered | keyof WorkAdditions> &
  Pick<Work, 'fieldSources'> & { readonly slots: readonly SlotContent[] }

/** The published state of a live work; `records` are its members. */
export function contentOf(
  work: WorkState,
  slots: readonly SlotFeatures[],
  records: ReadonlyMap<string, StoredRecord>,
  formerMembers: readonly string[],
): WorkContent {
  const features = new Map(slots.map((slot) => [slot.slotId, slot]))
  const { subjects: _, ...canonical } = work.canonical
  return {
    workId: work.workId,
    ...canonical,
    subjects: subjectsOf(speakers('subjects', membersOf(work.members, records))),
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

/** Members with their records, as far as they are known. */
export function membersOf(
  members: readonly Pick<WorkState['members'][number], 'recordId' | 'role'>[],
  records: ReadonlyMap<string, StoredRecord>,
): readonly AddingMember[] {
  return members.flatMap(({ recordId, role }) => {
    const record = records.get(recordId)
    return record ? [{ record, role }] : []
  })
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
    members: [],
    slots: [],
    formerMembers,
    flags: [],
  }
}

/** The members' subjects, distinct by scheme and label, in the order of the members; the best score of each. */
function subjectsOf(members: readonly AddingMember[]): readonly WorkSubject[] {
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
