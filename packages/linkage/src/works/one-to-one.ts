import type { Link } from '../types.ts'
import { titleSimilarity } from './compare-titles.ts'
import { keysOf } from './fingerprints.ts'
import { pairOf } from './pair.ts'
import type { PreparedRecord } from './prepare.ts'
import { verdictOfPair } from './verdict.ts'

/** A possible link between two lists, and how close the two records are: an order, not a probability. */
interface Choice extends Link {
  readonly closeness: number
}

/**
 * Links between records of sources that are clean lists, which name each work once: no record has two partners in one
 * list. The closest pair goes first, then the closest of those left. A pair that the rules alone leave open (weak,
 * ambiguous) is taken where no rival comes near it: in two lists of the same works what is left over belongs together.
 *
 * Sorted; a function of the set of records alone.
 */
export function linksOneToOne(
  prepared: readonly PreparedRecord[],
  isClean: (source: string) => boolean,
): readonly Link[] {
  const clean = prepared.filter(({ record }) => isClean(record.source))
  const choices = pairsOfLists(clean)
    .flatMap(([a, b]) => choiceOf(a, b) ?? [])
    .sort(closestFirst)
  const sourceOf = new Map(clean.map(({ record }) => [record.recordId, record.source]))
  const rivals = rivalsOf(choices, sourceOf)
  const taken = new Set<string>()
  const links: Link[] = []
  for (const choice of choices) {
    const ends = endsOf(choice, sourceOf)
    if (ends.some((end) => taken.has(end))) continue
    if (!isSure(choice) && nextBest(choice, ends, rivals, taken, sourceOf) > choice.closeness - MARGIN) continue
    for (const end of ends) taken.add(end)
    const { closeness: _, ...link } = choice
    links.push(link)
  }
  return links.sort((a, b) => (`${a.left} ${a.right}` < `${b.left} ${b.right}` ? -1 : 1))
}

const isSure = ({ status }: Link): boolean => status === 'exact' || status === 'strong'

// A slip in one word of a title of six, or one author of four more, is more than this.
const MARGIN = 0.05

/** One record towards the list of the other: what may have one partner only. */
function endsOf({ left, right }: Link, sourceOf: ReadonlyMap<string, string>): readonly [string, string] {
  return [`${left} ${sourceOf.get(right)}`, `${right} ${sourceOf.get(left)}`]
}

function rivalsOf(
  choices: readonly Choice[],
  sourceOf: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Choice[]> {
  const rivals = new Map<string, Choice[]>()
  for (const choice of choices)
    for (const end of endsOf(choice, sourceOf)) {
      const others = rivals.get(end)
      if (others) others.push(choice)
      else rivals.set(end, [choice])
    }
  return rivals
}

function nextBest(
  choice: Choice,
  ends: readonly string[],
  rivals: ReadonlyMap<string, readonly Choice[]>,
  taken: ReadonlySet<string>,
  sourceOf: ReadonlyMap<string, string>,
): number {
  const free = (other: Choice): boolean => other !== choice && !endsOf(other, sourceOf).some((end) => taken.has(end))
  return Math.max(0, ...ends.map((end) => rivals.get(end)?.find(free)?.closeness ?? 0))
}

function closestFirst(a: Choice, b: Choice): number {
  return b.closeness - a.closeness || (`${a.left} ${a.right}` < `${b.left} ${b.right}` ? -1 : 1)
}

const AUTHORS = { equal: 1, compatible: 0.9, overlap: 0.6, absent: 0.5, slight: 0.3, disjoint: 0 } as const

function choiceOf(a: PreparedRecord, b: PreparedRecord): Choice | undefined {
  const pair = pairOf(a, b)
  const found = verdictOfPair(pair)
  if (found.status === 'different') return undefined
  const title = Math.max(0, ...a.titles.flatMap((x) => b.titles.map((y) => titleSimilarity(x, y))))
  const agreeing = [pair.venue === 'equal' || pair.venue === 'like', pair.pages === 'equal', pair.years === 0]
  const closeness =
    0.45 * (pair.title === 'equal' ? 1 : title) +
    0.3 * AUTHORS[pair.authors] +
    0.05 * agreeing.filter(Boolean).length +
    (isSure({ left: '', right: '', ...found }) ? 0.1 : 0) +
    (found.status === 'exact' ? 1 : 0)
  return { left: a.record.recordId, right: b.record.recordId, ...found, closeness }
}

/** Pairs of records of two lists that share a key, or a telling word beside an author, the smaller id on the left. */
function pairsOfLists(records: readonly PreparedRecord[]): (readonly [PreparedRecord, PreparedRecord])[] {
  const sorted = records.toSorted((a, b) => (a.record.recordId < b.record.recordId ? -1 : 1))
  const blocks = new Map<string, number[]>()
  for (const [at, record] of sorted.entries())
    for (const key of new Set([...keysOf(record).map(({ key }) => key), ...looseKeys(record)])) {
      const block = blocks.get(key)
      if (block) block.push(at)
      else blocks.set(key, [at])
    }
  const pairs = new Set<number>()
  for (const block of blocks.values())
    for (const [at, left] of block.entries())
      for (const right of block.slice(at + 1))
        if (sorted[left]?.record.source !== sorted[right]?.record.source) pairs.add(left * sorted.length + right)
  return [...pairs].flatMap((code): (readonly [PreparedRecord, PreparedRecord])[] => {
    const [left, right] = [sorted[Math.floor(code / sorted.length)], sorted[code % sorted.length]]
    return left && right ? [[left, right]] : []
  })
}

const LOOSE_WORDS = 4

/** Only lists are compared under these: among all records of all sources their blocks would be far too big. */
function looseKeys({ titles, authors, year }: PreparedRecord): string[] {
  const words = [...new Set(titles[0]?.specific)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const [smallest = ''] = [...authors.byFamily.keys()].sort()
  const people = authors.size === 0 ? [`${year ?? ''}`] : [...new Set([authors.first, smallest])]
  return words.slice(0, LOOSE_WORDS).flatMap((word) => people.map((name) => `word:${word}|${name}`))
}
