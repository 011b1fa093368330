import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { measured } from '../measure.ts'
import { type MatcherWorld, matcherWorld, settle } from './full-matcher.ts'

const PROFILES = 20_000
const TIMES = 10
const BATCH = 1_000

/** P22 for the matcher alone: N and 10 N slots with the same profiles, without its database. By CPU time. */
export const matcherGrowth: Bench = growthFrom('P22-matcher', 10_000)

/** The same at full size. */
export const largeMatcherGrowth: Bench = { ...growthFrom('P22-matcher-1M', 100_000), long: true }

function growthFrom(id: string, small: number): Bench {
  const title = `exponent of the matcher's time from ${small} to ${small * TIMES} slots`
  const bar = { id, title, bar: 1.1, sense: 'most', unit: '' } as const
  return {
    id,
    title: `growth of the matcher alone from ${small} to ${small * TIMES} slots`,
    async run({ runs, progress }) {
      const world = matcherWorld(PROFILES, (line) => progress(`${id}: ${line}`))
      timeSlots(world, 0, small / TIMES)
      const exponents: number[] = []
      const notes: string[] = []
      for (let run = 0; run < Math.min(runs, small < 100_000 ? 3 : 1); run++) {
        progress(`${id}: repetition ${run + 1}`)
        // Fresh slots each time.
        const from = run * small * (TIMES + 1)
        const [less, more] = [timeSlots(world, from, small), timeSlots(world, from + small, small * TIMES)]
        exponents.push(Math.log10(more.seconds / less.seconds) / Math.log10(TIMES))
        notes.push(
          `${Math.round((small * TIMES) / more.seconds)} slots/s of ${(more.pairs / small / TIMES).toFixed(1)} pairs`,
        )
      }
      return [measured(bar, exponents, `${PROFILES} profiles; ${notes.join(', ')}`)]
    },
  }
}

/** Making the slots is not timed, and none is kept: a thousand at a time. */
function timeSlots(world: MatcherWorld, from: number, count: number) {
  let [pairs, seconds] = [0, 0]
  for (let at = from; at < from + count; at += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, from + count - at) }, (_, i) => world.slot(at + i))
    const before = process.cpuUsage()
    for (const one of batch) pairs += settle(world.meet(one))
    seconds += cpuSecondsSince(before)
  }
  return { pairs, seconds }
}
