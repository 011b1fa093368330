import type { RecordAuthor } from '@atlas/schemas'

type Identified = Pick<RecordAuthor, 'orcid' | 'sourceIds'>

/** Whether two entries share an identifier of a person: an ORCID iD, or a source's author id. Two ORCID iDs settle it. */
export function sharesIdentifier(a: Identified, b: Identified): boolean | undefined {
  if (a.orcid !== null && b.orcid !== null) return a.orcid === b.orcid
  const known = new Set(a.sourceIds.map(({ scheme, value }) => `${scheme} ${value}`))
  return b.sourceIds.some(({ scheme, value }) => known.has(`${scheme} ${value}`)) || undefined
}

/** A list of entries with the place of each key. */
export class Byline {
  readonly mentions: readonly RecordAuthor[]
  private readonly places: ReadonlyMap<string, number>

  constructor(mentions: readonly RecordAuthor[]) {
    this.mentions = mentions
    this.places = new Map(mentions.map(({ mentionKey }, at) => [mentionKey, at]))
  }

  find(key: string): { readonly mention: RecordAuthor; readonly neighbours: string } | undefined {
    const at = this.places.get(key)
    const mention = at === undefined ? undefined : this.mentions[at]
    return at === undefined || mention === undefined
      ? undefined
      : { mention, neighbours: neighboursOf(this.mentions, at) }
  }
}

/** Whether the entry that had a key is the one that has it now: by identifier, else by standing between the same two. */
export function isSameHolder(previous: Byline, current: Byline, key: string): boolean {
  const [before, now] = [previous.find(key), current.find(key)]
  if (before === undefined || now === undefined) return false
  return sharesIdentifier(before.mention, now.mention) ?? before.neighbours === now.neighbours
}

/** The keys to the left and right of a place; the ends of the list count. */
export function neighboursOf(mentions: readonly RecordAuthor[], at: number): string {
  return `${mentions[at - 1]?.mentionKey ?? ''} ${mentions[at + 1]?.mentionKey ?? ''}`
}
