import { randomFrom } from './random.ts'
import { addTally, emptyTally, type Measures, measuresOf, type Tally } from './tally.ts'

/** Between these lie 95 of 100 resamples. */
export type Interval = readonly [low: number, high: number]
export type Intervals = Readonly<Record<keyof Measures, Interval>>

export const RESAMPLES = 1_000
const SEED = 20_260_101

export type BlockTally = readonly [block: string, tally: Tally]

/** How far each measure moves when whole blocks are drawn again, with replacement; the same for the same items in any order. */
export function bootstrap(tallies: readonly BlockTally[], resamples: number): Intervals {
  const blocks = [...byBlock(tallies)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
  const random = randomFrom(SEED)
  return intervalsOf(
    Array.from({ length: resamples }, () => measuresOf(resample(blocks, drawn(blocks.length, random)))),
  )
}

/**
 * How far the first is above the second, measure by measure, where both are drawn with the same blocks: an interval on
 * one side of 0 is a difference that does not hang on a few names.
 */
export function pairedBootstrap(
  first: readonly BlockTally[],
  second: readonly BlockTally[],
  resamples: number,
): Intervals {
  const [ours, theirs] = [byBlock(first), byBlock(second)]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].sort()
  const of = (tallies: ReadonlyMap<string, Tally>) => names.map((name) => tallies.get(name) ?? emptyTally())
  const [a, b] = [of(ours), of(theirs)]
  const random = randomFrom(SEED)
  const differences = Array.from({ length: resamples }, () => {
    const places = drawn(names.length, random)
    return difference(measuresOf(resample(a, places)), measuresOf(resample(b, places)))
  })
  return intervalsOf(differences)
}

function byBlock(tallies: readonly BlockTally[]): ReadonlyMap<string, Tally> {
  const sums = new Map<string, Tally>()
  for (const [block, tally] of tallies) {
    const sum = sums.get(block) ?? emptyTally()
    addTally(sum, tally)
    sums.set(block, sum)
  }
  return sums
}

function difference(a: Measures, b: Measures): Measures {
  return {
    precision: a.precision - b.precision,
    recall: a.recall - b.recall,
    f1: a.f1 - b.f1,
    nilAccepted: a.nilAccepted - b.nilAccepted,
    nilTotal: a.nilTotal - b.nilTotal,
    recallAt1: a.recallAt1 - b.recallAt1,
    recallAt3: a.recallAt3 - b.recallAt3,
    recallAt10: a.recallAt10 - b.recallAt10,
    ece: a.ece - b.ece,
  }
}

function intervalsOf(drawn: readonly Measures[]): Intervals {
  return {
    precision: interval(drawn.map(({ precision }) => precision)),
    recall: interval(drawn.map(({ recall }) => recall)),
    f1: interval(drawn.map(({ f1 }) => f1)),
    nilAccepted: interval(drawn.map(({ nilAccepted }) => nilAccepted)),
    nilTotal: interval(drawn.map(({ nilTotal }) => nilTotal)),
    recallAt1: interval(drawn.map(({ recallAt1 }) => recallAt1)),
    recallAt3: interval(drawn.map(({ recallAt3 }) => recallAt3)),
    recallAt10: interval(drawn.map(({ recallAt10 }) => recallAt10)),
    ece: interval(drawn.map(({ ece }) => ece)),
  }
}

function drawn(blocks: number, random: () => number): readonly number[] {
  return Array.from({ length: blocks }, () => Math.floor(random() * blocks))
}

function resample(blocks: readonly Tally[], places: readonly number[]): Tally {
  const sum = emptyTally()
  for (const place of places) {
    const block = blocks[place]
    if (block) addTally(sum, block)
  }
  return sum
}

function interval(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return [at(0.025), at(0.975)]
}
