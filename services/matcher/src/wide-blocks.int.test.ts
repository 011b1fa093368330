import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { compareRound } from './compare/worker.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
// Room for four of a name, and for one of each part of it: with a dozen people every kind of block opens and closes.
const matcher = aMatcher(database, asAdmin(config), 4)

const RORS = ['012345678', '087654321']
const name = fc
  .tuple(
    fc.constantFrom('Xin', 'Xiaoming', 'Xiao-Ming', 'X.', 'Xu'),
    // One that the table of frequent names has, and one that it has not.
    fc.constantFrom('Wang', 'Quillon'),
    fc.boolean(),
  )
  .map(([given, family, swapped]) => (swapped && given !== 'X.' ? `${family} ${given}` : `${given} ${family}`))
const person = fc.record({ name, ror: fc.constantFrom(...RORS, undefined) })

const world = fc.record({
  profiles: fc.array(fc.record({ person, leaves: fc.boolean() }), { minLength: 6, maxLength: 14 }),
  records: fc.array(fc.array(person, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 5 }),
})

type Arrival = () => Promise<unknown>

/** What arrives, each thing's own versions in their order. */
function arrivals({ profiles, records }: typeof world extends fc.Arbitrary<infer W> ? W : never): readonly Arrival[][] {
  const at = ({ ror }: { readonly ror: string | undefined }) => (ror === undefined ? {} : { affiliation: 'There', ror })
  return [
    ...profiles.map(({ person, leaves }, no): Arrival[] => {
      const of = { id: `p${no}`, names: [person.name], ...at(person) }
      const left: Arrival = () => matcher.profiles(aProfile({ ...of, revision: 2, state: 'erased' }))
      return [() => matcher.profiles(aProfile(of)), ...(leaves ? [left] : [])]
    }),
    ...records.map((authors, no): Arrival[] => {
      const given = authors.map((one) => ({ name: one.name, ...at(one) }))
      return [() => matcher.records(aRecord({ sourceId: `W${no}`, title: `Brine ${no} of the north`, authors: given }))]
    }),
  ]
}

async function stateAfter(steps: readonly Arrival[]): Promise<unknown> {
  await matcher.clear()
  for (const step of steps) await step()
  await matcher.settle()
  const odds = await database.query('select slot_id, profiles, odds, fitting from slot_odds order by slot_id')
  const wide = await database.query<{ key: string }>('select key from wide_blocks order by key')
  opened += wide.rows.length
  return { odds: odds.rows, wide: wide.rows, candidates: (await matcher.digest()).candidates }
}

let opened = 0

test('blocks open and close as profiles come and go, and whom a slot has met does not depend on when', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.infiniteStream(fc.nat()), async (drawn, chance) => {
      const plain = await stateAfter(arrivals(drawn).flat())
      const mixed: Arrival[] = []
      const left = arrivals(drawn)
      while (left.length > 0) {
        const from = (chance.next().value ?? 0) % left.length
        const step = left[from]?.shift()
        if (step) mixed.push(step)
        else left.splice(from, 1)
        if ((chance.next().value ?? 0) % 2 === 0) mixed.push(() => compareRound(matcher.parts))
      }
      expect(await stateAfter(mixed)).toEqual(plain)
    }),
    { numRuns: 40 },
  )
  expect(opened).toBeGreaterThan(40)
}, 120_000)
