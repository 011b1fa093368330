import { randomFrom } from './random.ts'
import { addTally, emptyTally, type Measures, measuresOf, type Tally } from './tally.ts'

/** Between these lie 95 of 100 resamples. */
export type Interval = readonly [low: number, high: number]
export type Intervals = Readonly<Record<keyof Measures, Interval>>

export const RESAMPLES = 1_000
const SEED = 20_260_101

/** How far each measure moves when whole blocks are drawn again, with replacement; the same for the same items in any order. */
export function bootstrap(tallies: readonly (readonly [block: string, tally: Tally])[], resamples: number): Intervals {
  const byBlock = new Map<string, Tally>()
  for (const [block, tally] of tallies) {
    const sum = byBlock.get(block) ?? emptyTally()
    addTally(sum, tally)
    byBlock.set(block, sum)
  }
  const blocks = [...byBlock].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally)
  const random = randomFrom(SEED)
  const drawn = Array.from({ length: resamples }, () => measuresOf(resample(blocks, random)))
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

function resample(blocks: readonly Tally[], random: () => number): Tally {
  const sum = emptyTally()
  for (let draw = 0; draw < blocks.length; draw++) {
    const block = blocks[Math.floor(random() * blocks.length)]
    if (block) addTally(sum, block)
  }
  return sum
}

function interval(values: readonly number[]): Interval {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  return [at(0.025), at(0.975)]
}
