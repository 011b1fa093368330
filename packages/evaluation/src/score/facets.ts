import { initialsOnly, nameBlock, nameWords } from '../names/plain-name.ts'
import type { AuthorSet, NeutralProfile, NeutralRecord, SlotRef } from '../neutral/types.ts'

// Three people of one surname and initial among those at hand: a name that does not settle it.
const FREQUENT = 3

type Facets = Readonly<Record<string, string>>

/** What an item is held against: its own person, or for a stranger everybody of his surname and initial. */
interface Known {
  readonly coauthors: ReadonlySet<string>
  readonly lastYear: number | null
}

/**
 * What makes an item easy or hard, by the data alone: no engine is asked. Of a profile the seeds count, not what was
 * answered since.
 */
export function facetsIn(set: AuthorSet): (item: SlotRef, truth: string | null) => Facets {
  const known = new Map(set.profiles.map((profile) => [profile.id, knownOf(set, profile)]))
  const blocks = new Map<string, Set<string>>()
  for (const { id, names } of set.profiles)
    for (const block of names.map(nameBlock)) blocks.set(block, (blocks.get(block) ?? new Set()).add(id))
  return (item, truth) => {
    const record = set.record(item.record)
    const author = record.authors[item.slot]
    const namesakes = blocks.get(nameBlock(author?.name ?? '')) ?? new Set<string>()
    const beside = (truth === null ? [...namesakes] : [truth]).flatMap((id) => known.get(id) ?? [])
    const others = coauthorsOn(record, item.slot)
    return {
      'frequent name': yes(namesakes.size >= FREQUENT),
      'initials only': yes(initialsOnly(author?.name ?? '')),
      'no shared co-author': yes(!beside.some(({ coauthors }) => others.some((name) => coauthors.has(name)))),
      'no affiliation': yes(author?.affiliations.length === 0),
      'years since last known': yearsSince(record.year, beside),
    }
  }
}

function knownOf(set: AuthorSet, { seeds }: NeutralProfile): Known {
  const records = seeds.map(({ record, slot }) => ({ record: set.record(record), slot }))
  const years = records.flatMap(({ record }) => record.year ?? [])
  return {
    coauthors: new Set(records.flatMap(({ record, slot }) => coauthorsOn(record, slot))),
    lastYear: years.length === 0 ? null : Math.max(...years),
  }
}

function coauthorsOn({ authors }: NeutralRecord, slot: number): readonly string[] {
  return authors.flatMap(({ name }, at) => (at === slot ? [] : nameWords(name)))
}

function yearsSince(year: number | null, beside: readonly Known[]): string {
  const last = Math.max(...beside.flatMap(({ lastYear }) => lastYear ?? []))
  if (year === null || last === Number.NEGATIVE_INFINITY) return 'unknown'
  const gap = year - last
  return gap <= 0 ? '0' : gap <= 2 ? '1 to 2' : gap <= 5 ? '3 to 5' : '6 or more'
}

function yes(so: boolean): string {
  return so ? 'yes' : 'no'
}
