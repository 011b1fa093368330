import { ATTRIBUTION_1, comparePair, logOddsOf } from '@atlas/linkage'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { measured } from '../measure.ts'
import { type Met, matcherWorld } from './full-matcher.ts'

const PROFILES = 30_000
const SLOTS = 3_000
const PASSES = 5
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
    const rates = Array.from({ length: runs }, () => {
      const before = process.cpuUsage()
      for (let pass = 0; pass < PASSES; pass++)
        if (scoreAll(met) !== expected) throw new Error('the same pairs have other log odds now')
      return (PASSES * pairs) / cpuSecondsSince(before)
    })
    const works = met.flatMap(({ profiles }) => profiles.map((profile) => profile.works.length))
    const mean = works.reduce((sum, one) => sum + one, 0) / pairs
    const note = `${pairs} pairs of ${SLOTS} slots, ${mean.toFixed(1)} works a profile; log odds sum to ${expected.toFixed(6)}`
    return [measured(BAR, rates, note)]
  },
}

/** Sum of the log odds of all pairs. */
function scoreAll(met: readonly Met[]): number {
  let sum = 0
  for (const { slot, profiles } of met)
    for (const profile of profiles) sum += logOddsOf(comparePair(slot, profile).levels, ATTRIBUTION_1)
  return sum
}
