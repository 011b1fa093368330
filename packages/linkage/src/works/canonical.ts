import type { CanonicalWork, LinkageRecord, LinkageSubject, Member } from '../types.ts'
import { same, sameDate, sameDoi, sameLanguage, sameTitle, sameVenue } from './agreement.ts'
import { type Choice, choose } from './choose.ts'
import { type Field, membersInOrder, speakers } from './precedence.ts'
import { workIdentifiers } from './work-identifiers.ts'

/**
 * The work's own metadata: each field from the first member that has it, members of the primary one's kind before versions,
 * within them by the field's row of sources, with the confidence that those who agree and those who do not leave it. The
 * order of `members` does not matter.
 */
export function canonical(members: readonly Member[]): CanonicalWork {
  const pick = <T>(field: Field, read: (record: LinkageRecord) => T | null, agree: (a: T, b: T) => boolean) =>
    choose(field, members, read, agree)
  const chosen = {
    title: pick('title', ({ title }) => (title?.trim() ? title : null), sameTitle),
    type: typeOf(members),
    published: pick('published', ({ published }) => published, sameDate),
    language: pick('language', ({ language }) => language, sameLanguage),
    venue: pick('venue', ({ venue }) => (venue?.name || venue?.issns.length ? venue : null), sameVenue),
    doi: pick('doi', ownDoi, sameDoi),
  }
  return {
    title: chosen.title?.value ?? null,
    type: chosen.type?.value ?? 'other',
    published: chosen.published?.value ?? null,
    language: chosen.language?.value ?? null,
    venue: chosen.venue?.value ?? null,
    doi: chosen.doi?.value ?? null,
    identifiers: workIdentifiers(members).map(({ scheme, value, relation }) => ({ scheme, value, relation })),
    subjects: subjectsOf(members),
    retracted: isRetracted(members),
    fieldSources: Object.values(chosen).flatMap((choice) => choice?.source ?? []),
  }
}

/** The primary record's kind. Who says `other` says nothing of it: where the primary record does, another one is asked. */
function typeOf(members: readonly Member[]): Choice<string> | null {
  const primary = membersInOrder(members)[0]?.record.type ?? 'other'
  const read = ({ type }: LinkageRecord) => (type === 'other' ? null : type)
  const may = (type: string) => primary === 'other' || type === primary
  return choose('type', members, read, same, may) ?? choose('type', members, ({ type }) => type, same)
}

function ownDoi(record: LinkageRecord): string | null {
  const dois = record.identifiers.filter(({ scheme, relation }) => scheme === 'doi' && relation === 'self')
  return dois.map(({ value }) => value).sort()[0] ?? null
}

/** A retracted version does not retract the work: a withdrawn preprint has an article, where there is one. */
function isRetracted(members: readonly Member[]): boolean {
  return members.some(
    ({ record, role }) => role === 'retraction' || ((role === 'primary' || role === 'duplicate') && record.retracted),
  )
}

function subjectsOf(members: readonly Member[]): readonly LinkageSubject[] {
  const distinct = new Map<string, LinkageSubject>()
  for (const { record } of speakers('subjects', members)) {
    for (const { scheme, id, label } of record.subjects)
      distinct.set(`${scheme} ${id ?? ''} ${label}`, { scheme, id, label })
  }
  return [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subject]) => subject)
}
