import { openDatabase, type Tx } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, expect, test } from 'vitest'
import { compareProfiles } from './compare/compare-profiles.ts'
import { createScorer } from './compare/scorer.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'
import { saidOfPairs } from './testing/said-of-pairs.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const { scorer, limits, blockCap } = matcher.parts

const NAME = 'Zbigniew Wojciechowskyj'
const p = (revision: number, name: string) => aProfile({ id: 'p', revision, names: [name] })

/** Two works, the first locked first, and the slot of the second listed first. */
async function twoWorks(): Promise<readonly [string, string]> {
  for (let at = 0; ; at++) {
    await matcher.clear()
    const records = ['a', 'b'].map((one) =>
      aRecord({ sourceId: `${one}${at}`, doi: `10.5555/${one}`, title: `Frozen brine ${one}`, authors: [NAME] }),
    )
    await matcher.records(...records)
    const { rows } = await database.query<{ work_id: string; slot_id: string }>(
      'select work_id, slot_id from slots order by work_id',
    )
    const [first, second] = rows
    if (first && second && second.slot_id < first.slot_id) return [first.work_id, second.work_id]
  }
}

async function untilBlocked(): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ n: number }>(
      'select count(*) as n from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0 and datname = current_database()',
    )
    if ((rows[0]?.n ?? 0) > 0) return
  }
}

test('a member that waited for a lock does not write what it knew of a profile before', async () => {
  const [locked] = await twoWorks()
  await matcher.profiles(p(1, NAME))
  await matcher.settle()
  // A state that it would still meet both works in.
  await matcher.profiles(p(2, 'Z. Wojciechowskyj'))
  const release = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = database.transaction(async (tx: Tx) => {
    await tx.query('select from works where work_id = $1 for update', [locked])
    held.resolve()
    await release.promise
  })
  await held.promise
  const late = database.transaction((tx) => compareProfiles(tx, scorer, limits, blockCap))
  await untilBlocked()
  // He is somebody else now; another member compares that with the second work, which nobody holds.
  await matcher.profiles(p(3, 'Thjodhildur Sigurbjornsdottir'))
  const other = createScorer(scorer.model)
  await database.transaction((tx) => compareProfiles(tx, other, { ...limits, page: 1 }, blockCap))
  release.resolve()
  await Promise.all([holding, late])
  await matcher.settle()
  expect(await saidOfPairs(database)).toEqual({ odds: [], claims: [] })
})
