import type { ScoredItem } from './item.ts'
import { share } from './tally.ts'

/** What researchers are asked until their stream is settled. */
export interface Questions {
  /** Researchers with anything of theirs in the stream. */
  readonly researchers: number
  /** Of those, how many come to 95 % of theirs at all. */
  readonly settled: number
  /** Questions of those who do: altogether, and for each the mean, the middle, nine in ten. */
  readonly total: number
  readonly mean: number
  readonly median: number
  readonly p90: number
  /** Questions for each item of theirs that was settled: 1 is none too many. */
  readonly perItem: number
}

const SETTLED = 0.95

/**
 * Everybody is asked about every item on which he is proposed, the most probable first, and stops when 95 % of his are
 * among them.
 */
export function questionsOf(items: readonly ScoredItem[]): Questions {
  const streams = new Map<string, { truths: number; readonly asked: { p: number; right: boolean }[] }>()
  const stream = (id: string) => {
    const known = streams.get(id) ?? { truths: 0, asked: [] }
    streams.set(id, known)
    return known
  }
  for (const { truth, proposals } of items) {
    if (truth !== null) stream(truth).truths++
    for (const { profile, p } of proposals) stream(profile).asked.push({ p, right: profile === truth })
  }
  const researchers = [...streams.values()].filter(({ truths }) => truths > 0)
  const counted = researchers.flatMap(({ truths, asked }) => {
    const questions = until(asked, Math.ceil(SETTLED * truths))
    return questions === undefined ? [] : [{ questions, items: Math.ceil(SETTLED * truths) }]
  })
  const each = counted.map(({ questions }) => questions).sort((a, b) => a - b)
  const total = each.reduce((sum, questions) => sum + questions, 0)
  return {
    researchers: researchers.length,
    settled: each.length,
    total,
    mean: share(total, each.length),
    median: each[Math.floor(each.length / 2)] ?? 0,
    p90: each[Math.floor(0.9 * each.length)] ?? 0,
    perItem: share(
      total,
      counted.reduce((sum, { items: settled }) => sum + settled, 0),
    ),
  }
}

/** Of equal probabilities the wrong ones first: nobody can rely on luck. */
function until(asked: readonly { readonly p: number; readonly right: boolean }[], wanted: number): number | undefined {
  let found = 0
  const sorted = asked.toSorted((a, b) => b.p - a.p || Number(a.right) - Number(b.right))
  for (const [at, { right }] of sorted.entries()) if (right && ++found === wanted) return at + 1
  return undefined
}
