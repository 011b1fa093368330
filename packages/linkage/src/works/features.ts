import { foldText } from '@atlas/identifiers'
import { termsOf } from '../attribution/terms.ts'
import type {
  LinkageAffiliation,
  LinkageRecord,
  NameForm,
  SlotFeatures,
  SlotState,
  WorkFeatures,
  WorkState,
} from '../types.ts'
import { allCited } from './citations.ts'
import { toldBeside } from './told-beside.ts'

// Beyond 200 names a byline says who runs an experiment, not who knows whom; each slot would carry all of them.
const MAX_BYLINE = 200
const MAX_SUBJECTS = 40

/** What author comparison needs of a work; `members` are its records, in the order of its members. */
export function workFeaturesOf(work: WorkState, members: readonly LinkageRecord[] = []): WorkFeatures {
  const { canonical } = work
  return {
    workId: work.workId,
    title: canonical.title,
    year: canonical.published?.year ?? null,
    type: canonical.type,
    venue: canonical.venue?.name ?? null,
    issns: [...(canonical.venue?.issns ?? [])].sort(),
    subjects: [...new Set(canonical.subjects.map(({ label }) => label))].slice(0, MAX_SUBJECTS),
    terms: richestTerms(members) ?? termsOf({ title: canonical.title }),
    ...toldBeside({
      language: canonical.language,
      funders: members.flatMap(({ funders }) => funders ?? []),
      identifiers: canonical.identifiers,
      cites: allCited(members.map(({ cites }) => cites)),
    }),
    byline: work.slots
      .filter(({ collective }) => !collective)
      .slice(0, MAX_BYLINE)
      .map(({ slotId, name, given, family }) => ({ slotId, name: { name, given, family } })),
  }
}

/** Those of the member that says most; of equal ones, of the first, which has precedence. */
function richestTerms(members: readonly LinkageRecord[]): readonly string[] | undefined {
  let richest: readonly string[] | undefined
  for (const { terms } of members) if (terms && terms.length > (richest?.length ?? 0)) richest = terms
  return richest
}

/** What author comparison needs of the work's slots, in their order; `records` are its members (others are ignored). */
export function slotFeaturesOf(work: WorkState, records: readonly LinkageRecord[]): readonly SlotFeatures[] {
  const authors = new Map(
    records.map(({ recordId, authors }) => [recordId, new Map(authors.map((author) => [author.mentionKey, author]))]),
  )
  return work.slots.map((slot) => {
    const mentions = slot.mentions.flatMap(({ recordId, key }) => authors.get(recordId)?.get(key) ?? [])
    return {
      slotId: slot.slotId,
      workId: work.workId,
      position: slot.position,
      collective: slot.collective,
      names: distinct(mentions.map(nameOf), ({ name, given, family }) =>
        foldText(`${name}|${given ?? ''}|${family ?? ''}`),
      ),
      orcids: [...new Set(mentions.flatMap(({ orcid }) => orcid ?? []))].sort(),
      sourceIds: distinct(
        mentions.flatMap(({ sourceIds }) => sourceIds.map(({ scheme, value }) => ({ scheme, value }))),
        ({ scheme, value }) => `${scheme}:${value}`,
      ),
      emails: [...new Set(mentions.flatMap(({ email }) => email?.toLowerCase() ?? []))].sort(),
      affiliations: distinct(
        mentions.flatMap(({ affiliations }) => affiliations.map(affiliationOf)),
        ({ name, ror }) => `${ror ?? ''} ${foldText(name)}`,
      ),
      mentionKeys: keysOf(slot),
    }
  })
}

function nameOf({ name, given, family }: NameForm): NameForm {
  return { name, given, family }
}

function affiliationOf({ name, ror, country }: LinkageAffiliation): LinkageAffiliation {
  return { name, ror, country }
}

function keysOf({ mentions }: SlotState): readonly string[] {
  return [...new Set(mentions.flatMap(({ key, aliases }) => [key, ...aliases]))].sort()
}

/** The first of each key, sorted by key: the same for any order of members that gives the same set. */
function distinct<T>(things: readonly T[], keyOf: (thing: T) => string): readonly T[] {
  if (things.length < 2) return things
  const byKey = new Map<string, T>()
  for (const thing of things) {
    const key = keyOf(thing)
    if (!byKey.has(key)) byKey.set(key, thing)
  }
  return [...byKey.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, thing]) => thing)
}
