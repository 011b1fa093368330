import { ATTRIBUTION_2, comparePair, logOddsOf } from '@atlas/linkage'
import { jaroWinkler, textsOf } from '@atlas/linkage/kernel'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { measured, median } from '../measure.ts'
import { type Met, matcherWorld } from './full-matcher.ts'

const PROFILES = 30_000
const SLOTS = 3_000
const PASSES = 5
const KERNEL_PASSES = 50
const BAR = {
  id: 'full',
  title: 'pairs of a slot and a profile a second of one core, every comparison of the shipped model',
  bar: 100_000,
  sense: 'least',
  unit: 'pairs/s',
} as const

/** What the whole model costs a pair: names, co-authors, topics, venues, affiliations, years, identifiers, decisions. */
export const fullModel: Bench = {
  id: 'full',
  title: 'the full model of attribution in pairs a second',
  async run({ runs, progress }) {
    const world = matcherWorld(PROFILES, (line) => progress(`full: ${line}`))
    const met = Array.from({ length: SLOTS }, (_, at) => world.meet(world.slot(at)))
    const pairs = met.reduce((sum, { profiles }) => sum + profiles.length, 0)
    const expected = scoreAll(met)
    const kernel = kernelOver(met)
    const [rates, shares]: [number[], number[]] = [[], []]
    for (let run = 0; run < runs; run++) {
      const before = process.cpuUsage()
      for (let pass = 0; pass < PASSES; pass++)
        if (scoreAll(met) !== expected) throw new Error('the same pairs have other log odds now')
      const rate = (PASSES * pairs) / cpuSecondsSince(before)
      rates.push(rate)
      shares.push(rate / kernel())
    }
    const works = met.flatMap(({ profiles }) => profiles.map((profile) => profile.works.length))
    const mean = works.reduce((sum, one) => sum + one, 0) / pairs
    const share = `${median(shares).toPrecision(2)}× the pairs/s of P11b's kernel on their names`
    const said = `${pairs} pairs of ${SLOTS} slots, ${mean.toFixed(1)} works a profile, log odds sum to ${expected.toFixed(6)}`
    return [measured(BAR, rates, `${share}; ${said}`)]
  },
}

/** Sum of the log odds of all pairs. */
function scoreAll(met: readonly Met[]): number {
  let sum = 0
  for (const { slot, profiles } of met)
    for (const profile of profiles) sum += logOddsOf(comparePair(slot, profile).levels, ATTRIBUTION_2)
  return sum
}

/** Pairs a second of the kernel for names on the first names of the same pairs, each time it is asked. */
function kernelOver(met: readonly Met[]): () => number {
  const pairs = met.flatMap(({ slot, profiles }) => profiles.map((profile) => [slot, profile] as const))
  const left = textsOf(pairs.map(([{ names }]) => names[0]?.asGiven ?? ''))
  const right = textsOf(pairs.map(([, { names }]) => names[0]?.asGiven ?? ''))
  return () => {
    const before = process.cpuUsage()
    let sum = 0
    for (let pass = 0; pass < KERNEL_PASSES; pass++)
      for (let pair = 0; pair < pairs.length; pair++) sum += jaroWinkler(left, pair, right, pair)
    if (sum === 0) throw new Error('no name is like another')
    return (KERNEL_PASSES * pairs.length) / cpuSecondsSince(before)
  }
}
