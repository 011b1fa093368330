import type { Bench } from '../bench.ts'
import { cpuSecondsOf } from '../cpu.ts'
import { measured } from '../measure.ts'

const WINDOW_MS = 20_000
const BAR = { id: 'P24', title: 'CPU of all our idle services', bar: 6, sense: 'most', unit: '% of a core' } as const

/** P24: what a deployment takes while nothing happens. */
export const idle: Bench = {
  id: 'P24',
  title: 'CPU of an idle deployment',
  async run({ runs, deployment: start, progress }) {
    await using deployment = await start('p24')
    await deployment.settled()
    const members = [...deployment.members.values()]
    const shares: number[] = []
    const perMember = new Map<string, number>()
    // The first window still has the end of starting in it.
    for (let run = 0; run <= runs; run++) {
      progress(`P24: window ${run} of ${runs}, ${WINDOW_MS / 1000} s each`)
      const before = members.map(({ pid }) => cpuSecondsOf([pid]))
      const began = performance.now()
      await new Promise((resolve) => setTimeout(resolve, WINDOW_MS))
      const seconds = (performance.now() - began) / 1000
      const used = members.map(({ pid }, i) => (cpuSecondsOf([pid]) - (before[i] ?? 0)) / seconds)
      if (run === 0) continue
      shares.push(100 * used.reduce((sum, share) => sum + share, 0))
      for (const [i, { instance }] of members.entries()) perMember.set(instance, 100 * (used[i] ?? 0))
    }
    const last = [...perMember].map(([instance, share]) => `${instance} ${share.toFixed(2)}`).join(', ')
    return [measured(BAR, shares, `last window: ${last}`)]
  },
}
