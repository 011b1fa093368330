import { foldText } from '@atlas/identifiers'
import type { Member, SlotState } from '../types.ts'
import { alignRecord } from './align.ts'
import { type Draft, joinDraft, mentionsOf, newDraft, type PreparedMention } from './mentions.ts'
import { membersInOrder } from './precedence.ts'

/**
 * The byline: every mention of a maker of the work, by any member, in exactly one slot, no two of one record in one slot. The order of `members`
 * does not matter: their lists are aligned to that of the primary one in precedence order.
 */
export function alignSlots(members: readonly Member[]): readonly SlotState[] {
  const drafts: Draft[] = []
  for (const [at, { record }] of membersInOrder(members).entries()) {
    const isLast = at === members.length - 1
    const mentions = mentionsOf(record)
    const aligned = alignRecord(mentions, drafts)
    for (const mention of mentions) {
      const found = aligned.get(mention)
      const draft = found?.draft ?? newDraft()
      if (found === undefined) drafts.push(draft)
      joinDraft(draft, mention, isLast)
      draft.ambiguous ||= found?.certain === false || mention.author.ambiguousAlias
    }
  }
  return drafts.map((draft, at) => slotOf(draft, at + 1))
}

function slotOf({ mentions, ambiguous }: Draft, position: number): SlotState {
  const best = mentions.reduce((a, b) => (fullness(b) > fullness(a) ? b : a))
  const orcids = new Set(mentions.flatMap(({ author }) => author.orcid ?? []))
  const [orcid] = orcids
  const keys = mentions.map(({ author }) => author.mentionKey).sort()
  return {
    slotId: keys[0] ?? '',
    position,
    name: best.author.name,
    given: best.author.given,
    family: best.author.family,
    collective: mentions.some(({ author }) => author.collective),
    orcid: orcids.size === 1 ? (orcid ?? null) : null,
    orcidConflict: orcids.size > 1,
    corresponding: mentions.some(({ author }) => author.corresponding === true),
    ambiguous,
    affiliations: distinctNames(mentions),
    mentions: mentions.map(({ author, recordId, version }) => ({
      key: author.mentionKey,
      aliases: author.aliases,
      recordId,
      version,
      position: author.position,
      name: author.name,
    })),
  }
}

/** The form with the most written out is the best one; where equal, that of the first member in precedence. */
function fullness({ name }: PreparedMention): number {
  return name.given.reduce((sum, token) => sum + (token.length > 1 ? 10 : 1), name.familyParts.length * 2)
}

function distinctNames(mentions: readonly PreparedMention[]): readonly string[] {
  const names = mentions.flatMap(({ author }) => author.affiliations.map(({ name }) => name))
  if (names.length < 2) return names
  const distinct = new Map<string, string>()
  for (const name of names) {
    const folded = foldText(name)
    if (!distinct.has(folded)) distinct.set(folded, name)
  }
  return [...distinct.values()]
}
