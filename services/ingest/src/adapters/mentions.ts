import { foldName, mentionKeyOf, type RecordId } from '@atlas/identifiers'
import type { RecordAuthor } from '@atlas/schemas'
import type { NormalisedAuthor } from './adapter.ts'
import { alignVanished } from './align-mentions.ts'
import { Byline, isSameHolder } from './same-holder.ts'

/**
 * The author entries with their keys. A key depends on the name and on how many entries before it have that name, so
 * that insertions and another order leave it alone.
 *
 * `previous` are the entries of the record's last version, aliases included. A key that vanished becomes an alias of the
 * entry it aligns with; where that cannot be told, the entries it may be are flagged. Flags and aliases stay.
 */
export function mentionsOf(
  recordId: RecordId | string,
  authors: readonly NormalisedAuthor[],
  previous: readonly RecordAuthor[] = [],
): RecordAuthor[] {
  const current = keyed(recordId, authors)
  if (previous.length === 0) return current
  const before = new Byline(previous)
  const { aliasesOf, ambiguous } = alignVanished(previous, current)
  const unsure = unsureHomonyms(before, new Byline(current))
  const live = new Set(current.map(({ mentionKey }) => mentionKey))
  return current.map((mention) => {
    const kept = before.find(mention.mentionKey)?.mention
    const history = [...(aliasesOf.get(mention.mentionKey) ?? []), ...(kept?.aliases ?? [])]
    // An earlier key that is in use again: which of the two entries the past belongs to is not known.
    const contested = history.some((key) => key !== mention.mentionKey && live.has(key))
    const aliases = [...new Set(history)].filter((key) => !live.has(key))
    const flagged = contested || ambiguous.has(mention.mentionKey) || unsure.has(mention.mentionKey)
    return { ...mention, aliases, ambiguousAlias: flagged || kept?.ambiguousAlias === true }
  })
}

function keyed(recordId: string, authors: readonly NormalisedAuthor[]): RecordAuthor[] {
  const counts = new Map<string, number>()
  return authors.map((author) => {
    const folded = foldName(author.name)
    const nth = (counts.get(folded) ?? 0) + 1
    counts.set(folded, nth)
    return { ...author, mentionKey: mentionKeyOf(recordId, folded, nth), aliases: [], ambiguousAlias: false }
  })
}

/** Where a name has more or fewer bearers than before, a key may have passed from one of them to another. */
function unsureHomonyms(previous: Byline, current: Byline): Set<string> {
  const [was, is] = [bearers(previous.mentions), bearers(current.mentions)]
  const unsure = new Set<string>()
  for (const [name, mentions] of is) {
    const count = was.get(name)?.length ?? 0
    if (count === 0 || count === mentions.length) continue
    for (const { mentionKey } of mentions) {
      if (previous.find(mentionKey) !== undefined && !isSameHolder(previous, current, mentionKey))
        unsure.add(mentionKey)
    }
  }
  return unsure
}

function bearers(mentions: readonly RecordAuthor[]): Map<string, RecordAuthor[]> {
  return Map.groupBy(mentions, ({ name }) => foldName(name))
}
