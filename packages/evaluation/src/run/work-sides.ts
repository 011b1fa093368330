import { isAccepted, type Link, type LinkageRecord, type Verdict } from '@atlas/linkage'
import type { WorkEngine } from '../engine/works.ts'

/** A record as a person needs to see it to judge an answer. */
export interface WorkSide {
  readonly record: string
  readonly source: string
  readonly type: string
  readonly title: string | null
  readonly authors: readonly string[]
  readonly year: number | null
  readonly venue: string | null
  readonly volume: string | null
  readonly issue: string | null
  readonly firstPage: string | null
  readonly identifiers: readonly string[]
}

/** Why two records are, or are not, one work. */
export interface WorkWhy {
  /** null: the two share no key and were never compared; or whoever made the answers did not say. */
  readonly status: Verdict['status'] | null
  readonly reason: string
  readonly evidence: readonly string[]
  /** The links that lead from one to the other where no rule joined the two themselves. */
  readonly through: readonly Link[]
}

export const UNSAID: WorkWhy = { status: null, reason: 'unsaid', evidence: [], through: [] }

export function sideOf(record: LinkageRecord): WorkSide {
  return {
    record: record.recordId,
    source: record.source,
    type: record.type,
    title: record.title,
    authors: record.authors.map(({ name }) => name),
    year: record.published?.year ?? null,
    venue: record.venue?.name ?? null,
    volume: record.venue?.volume ?? null,
    issue: record.venue?.issue ?? null,
    firstPage: record.venue?.firstPage ?? null,
    identifiers: record.identifiers.map(({ scheme, value, relation }) =>
      relation === 'self' ? `${scheme}:${value}` : `${scheme}:${value} (${relation})`,
    ),
  }
}

/** Explains answers of one run: which link joined two records, or which rule kept them apart. */
export function explainerOf(
  engine: WorkEngine,
  links: readonly Link[],
): (left: LinkageRecord, right: LinkageRecord, joined: boolean) => WorkWhy {
  const next = new Map<string, Link[]>()
  for (const link of links) for (const end of [link.left, link.right]) next.set(end, [...(next.get(end) ?? []), link])
  return (left, right, joined) => {
    const direct = next
      .get(left.recordId)
      ?.find((link) => link.left === right.recordId || link.right === right.recordId)
    if (joined && direct) return whyOf(direct, [])
    const said = engine.compare(left, right)
    const through = joined ? pathBetween(next, left.recordId, right.recordId) : []
    if (through.length > 0 || (joined && !isAccepted(said)))
      return { ...whyOf(said, through), reason: 'through others' }
    if (joined) return whyOf(said, [])
    if (!engine.meet(left, right)) return { ...whyOf(said, []), status: null, reason: `not compared: ${said.reason}` }
    return whyOf(said, [])
  }
}

function whyOf({ status, reason, evidence }: Verdict, through: readonly Link[]): WorkWhy {
  return { status, reason, evidence, through }
}

/** The shortest way along links; none where other things than links joined the two. */
function pathBetween(next: ReadonlyMap<string, readonly Link[]>, from: string, to: string): readonly Link[] {
  const paths = new Map<string, readonly Link[]>([[from, []]])
  const queue = [from]
  for (let at = queue.shift(); at !== undefined && at !== to; at = queue.shift()) {
    for (const link of next.get(at) ?? []) {
      const other = link.left === at ? link.right : link.left
      if (paths.has(other)) continue
      paths.set(other, [...(paths.get(at) ?? []), link])
      queue.push(other)
    }
  }
  return paths.get(to) ?? []
}
