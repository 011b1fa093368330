import { type Clock, openDatabase, systemClock } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { aMatcher } from '../testing/a-matcher.ts'
import { aProfile, aRecord } from '../testing/a-world.ts'
import type { CompareLimits } from './limits.ts'
import { startCompareWorker } from './worker.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
beforeEach(() => matcher.clear())

const PACE_MS = 1_000
const IDLE_MS = 100_000

/** A worker whose waits end when they are told to, and its steps. */
function aWorker(limits: CompareLimits = matcher.parts.limits) {
  const waits: { readonly ms: number; readonly end: () => void }[] = []
  let steps = 0
  const clock: Clock = {
    ...systemClock,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        waits.push({ ms, end: resolve })
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
  }
  const failpoints = {
    hit: (name: string) => {
      if (name === 'compare.after_commit') steps++
    },
  }
  const crash = (error: unknown) => expect(error).toBeUndefined()
  const start = () =>
    startCompareWorker({ ...matcher.parts, clock, failpoints, limits, idleMs: IDLE_MS, paceMs: PACE_MS, crash })
  const paces = () => waits.filter(({ ms }) => ms > 0 && ms <= PACE_MS)
  return { start, steps: () => steps, paces, rests: () => waits.filter(({ ms }) => ms === IDLE_MS).length }
}

const work = (sourceId: string) => aRecord({ sourceId, title: `Frozen brine of ${sourceId}`, authors: ['Ada Byrne'] })

async function waiting(): Promise<number> {
  return (await database.query<{ n: number }>('select count(*) as n from to_compare')).rows[0]?.n ?? 0
}

test('a work that comes after a rest is compared at once, those of a stream share the next step', async () => {
  const { start, steps, paces, rests } = aWorker()
  await matcher.records(work('first'))
  const worker = start()
  try {
    await vi.waitFor(() => expect(paces()).toHaveLength(1))
    expect([steps(), await waiting()]).toEqual([1, 0])
    await matcher.records(work('second'))
    worker.wake()
    await matcher.records(work('third'))
    worker.wake()
    expect([steps(), await waiting()]).toEqual([1, 2])
    paces()[0]?.end()
    await vi.waitFor(() => expect(paces()).toHaveLength(2))
    expect([steps(), await waiting()]).toEqual([2, 0])
    paces()[1]?.end()
    await vi.waitFor(() => expect(rests()).toBe(1))
    // It rested: nothing holds up what comes now.
    await matcher.records(work('fourth'))
    worker.wake()
    await vi.waitFor(() => expect(paces()).toHaveLength(3))
    expect([steps(), await waiting()]).toEqual([3, 0])
  } finally {
    await worker.stop()
  }
})

test('what a step leaves over, and a profile, wait for nothing', async () => {
  await matcher.profiles(aProfile({ id: 'p', names: ['Ada Byrne'] }))
  await matcher.records(work('first'), work('second'), work('third'))
  const { start, steps, paces } = aWorker({ ...matcher.parts.limits, works: 2 })
  const worker = start()
  try {
    await vi.waitFor(() => expect(paces()).toHaveLength(1))
    expect(await waiting()).toBe(0)
    // What its persons decided, the profile, and three works in two steps.
    expect(steps()).toBeGreaterThanOrEqual(4)
  } finally {
    await worker.stop()
  }
})
