import { distance } from 'fastest-levenshtein'
import type { PreparedName } from '../names/prepare-name.ts'
import type { Alignment, Take } from './alignment.ts'
import type { Draft, PreparedMention } from './mentions.ts'

/**
 * Places what is left by where it stands: as many mentions as slots left between two neighbours that are placed, and names
 * that could be one name written badly. Never certain.
 */
export function alignByOrder(
  mentions: readonly PreparedMention[],
  drafts: readonly Draft[],
  aligned: Alignment,
  taken: ReadonlySet<Draft>,
  take: Take,
): void {
  const order = new Map(drafts.map((draft, at) => [draft, at]))
  for (const gap of gapsOf(mentions, aligned)) {
    const from = gap.before === undefined ? -1 : (order.get(gap.before) ?? -1)
    const to = gap.after === undefined ? drafts.length : (order.get(gap.after) ?? drafts.length)
    // A gap longer than it is wide can be no match; looking at more slots than mentions would be quadratic.
    const free = drafts
      .slice(from + 1, Math.min(to, from + 2 + gap.mentions.length * 2))
      .filter((draft) => !taken.has(draft))
    if (free.length !== gap.mentions.length) continue
    for (const [at, mention] of gap.mentions.entries()) {
      const draft = free[at]
      if (draft && [...draft.forms.values()].some((other) => mayBeBadlyWritten(mention, other)))
        take(mention, draft, false)
    }
  }
}

interface Gap {
  readonly mentions: PreparedMention[]
  readonly before: Draft | undefined
  readonly after: Draft | undefined
}

function gapsOf(mentions: readonly PreparedMention[], aligned: Alignment): readonly Gap[] {
  const gaps: Gap[] = []
  let open: PreparedMention[] = []
  let before: Draft | undefined
  for (const mention of mentions) {
    const draft = aligned.get(mention)?.draft
    if (draft === undefined) open.push(mention)
    else {
      if (open.length > 0) gaps.push({ mentions: open, before, after: draft })
      open = []
      before = draft
    }
  }
  if (open.length > 0) gaps.push({ mentions: open, before, after: undefined })
  return gaps
}

/** A shared word, or a family name two letters off with an initial that fits. Groups are never placed by order. */
function mayBeBadlyWritten(a: PreparedMention, b: PreparedMention): boolean {
  if (a.collective !== '' || b.collective !== '') return false
  const words = new Set([...b.name.familyParts, ...b.name.given].filter((word) => word.length > 1))
  const shared = [...a.name.familyParts, ...a.name.given].filter((word) => words.has(word))
  if (shared.some((word) => a.name.family !== b.name.family || word !== a.name.family)) return true
  return initialsFit(a.name, b.name) && distance(a.name.family, b.name.family) <= 2 && a.name.family !== b.name.family
}

function initialsFit(a: PreparedName, b: PreparedName): boolean {
  const [x, y] = [a.given[0]?.[0], b.given[0]?.[0]]
  return x === undefined || y === undefined || x === y
}
