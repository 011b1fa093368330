import { classOf, openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { CompareLimits } from './compare/limits.ts'
import { compareRound } from './compare/worker.ts'
import { anArrival, aWorld, type Step } from './testing/a-history.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { inOneBatch } from './testing/one-batch.ts'
import { saidOfPairs } from './testing/said-of-pairs.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
// Each with a memory of profiles of its own, as members have.
const members = [aMatcher(database, admin), aMatcher(database, admin), aMatcher(database, admin)] as const
const [matcher] = members
const limits: CompareLimits = { works: 3, slots: 3, met: 2, profiles: 2, page: 2 }

/** As the loops do: who loses a race for a lock tries again. */
async function insisting<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (classOf(error) !== 'contention') throw error
    }
  }
}

async function arrive(steps: readonly Step[]): Promise<void> {
  for (const step of steps)
    await insisting(async () => {
      if (step.type === 'records') await matcher.records(...step.records)
      else if (step.type === 'profiles') await matcher.profiles(...step.profiles)
      else if (step.type === 'acts') await matcher.acts(...step.acts)
    })
}

test('members that compare all the time, while everything arrives, end in the state of one batch', async () => {
  const history = aWorld.chain((world) => fc.record({ world: fc.constant(world), steps: anArrival(world) }))
  await fc.assert(
    fc.asyncProperty(history, async ({ world, steps }) => {
      await matcher.clear()
      let arriving = true
      const working = members.map(async ({ parts }) => {
        // Once nothing arrives any more, until one round finds nothing to do.
        for (let busy = true; arriving || busy; ) busy = await insisting(() => compareRound({ ...parts, limits }))
      })
      const all = arrive(steps).finally(() => {
        arriving = false
      })
      await Promise.all([all, ...working])
      await matcher.settle()
      const [said, digest] = [await saidOfPairs(database), await matcher.digest()]
      expect({ said, digest }).toEqual(await inOneBatch(matcher, world))
    }),
    { numRuns: 25, endOnFailure: true },
  )
})
