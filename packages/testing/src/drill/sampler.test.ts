import type { Clock } from '@atlas/runtime'
import { describe, expect, it } from 'vitest'
import type { Position } from '../check/index.ts'
import { startSampler } from './sampler.ts'

const at = (nextOffset: number, committed: number | null): Position => ({
  group: 'matcher.records.v1',
  partition: 0,
  nextOffset,
  committed,
})

/** Time that passes only by sleeping, and by what a look says it takes. */
function aClock() {
  let time = 0
  const slept: number[] = []
  const clock: Clock = {
    now: () => time,
    monotonic: () => time,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      slept.push(ms)
      time += ms
    },
  }
  const passes = (ms: number) => {
    time += ms
  }
  return { clock, slept, passes }
}

/** Looks that take so long each; a text is a look that fails. After the last one nobody looks any more. */
async function sampled(looks: readonly { readonly ms: number; readonly found: readonly Position[] | string }[]) {
  const { clock, slept, passes } = aClock()
  const left = [...looks]
  let [atOnce, most] = [0, 0]
  const over = Promise.withResolvers<void>()
  const sampler = startSampler({
    clock,
    async look() {
      most = Math.max(most, ++atOnce)
      const { ms, found } = left.shift() ?? { ms: 0, found: 'there is no further look' }
      passes(ms)
      await Promise.resolve()
      atOnce--
      if (left.length === 0) over.resolve()
      if (typeof found === 'string') throw new Error(found)
      return found
    },
  })
  await over.promise
  return { ...(await sampler.stop()), slept, most }
}

describe('the sampler', () => {
  it('looks once a second, at once after a look that took longer, and never twice at a time', async () => {
    const looks = [200, 0, 3_000, 1_000, 0].map((ms, index) => ({ ms, found: [at(index, index)] }))
    const { samples, slept, most } = await sampled(looks)
    expect(slept.slice(0, 4)).toEqual([800, 1_000, 0, 0])
    expect(samples).toEqual({ taken: 5, missed: 0, ahead: [], back: [] })
    expect(most).toBe(1)
  })

  it('counts a look that failed as missed, goes on, and sees what went back meanwhile', async () => {
    const { samples, lastMiss } = await sampled([
      { ms: 0, found: [at(5, 5)] },
      { ms: 0, found: 'the database is starting up' },
      { ms: 0, found: [at(4, 5)] },
    ])
    expect(samples).toMatchObject({ taken: 2, missed: 1 })
    expect(samples.ahead).toEqual([{ group: 'matcher.records.v1', partition: 0, committed: 5, nextOffset: 4 }])
    expect(samples.back).toEqual([{ group: 'matcher.records.v1', partition: 0, before: 5, nextOffset: 4 }])
    expect(lastMiss).toBe('the database is starting up')
  })
})
