import { createApp, listen, openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { compareRound } from './compare/worker.ts'
import { explainCandidate } from './explain.ts'
import { blockRoutes } from './routes-blocks.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'
import { untilMet } from './testing/until-met.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
// Room for four of a name, and for one of each part of it: with a dozen people every kind of block opens and closes.
const matcher = aMatcher(database, asAdmin(config), 4)

const RORS = ['012345678', '087654321']
const name = fc
  .tuple(
    // Some that begin alike, so that blocks by given name hold more than one name; and initials.
    fc.constantFrom('Xand', 'Xander', 'Xandrina', 'X.', 'Xin', 'X.'),
    // One that the table of frequent names has not, and one that it has.
    fc.constantFrom('Quillon', 'Quillon', 'Wang'),
    fc.nat(7),
  )
  .map(([given, family, order]) => (order === 0 && given !== 'X.' ? `${family} ${given}` : `${given} ${family}`))
const person = fc.record({ name, ror: fc.constantFrom(...RORS, undefined, undefined) })

const world = fc.record({
  profiles: fc.array(fc.record({ person, leaves: fc.nat(3).map((n) => n === 0) }), { minLength: 8, maxLength: 12 }),
  records: fc.array(fc.array(person, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 4 }),
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
  met.opened += wide.rows.length
  return { odds: odds.rows, wide: wide.rows, candidates: (await matcher.digest()).candidates }
}

const met = { opened: 0 }

test('blocks open and close as profiles come and go, and whom a slot has met does not depend on when', async () => {
  await untilMet(met, { opened: 15 }, () =>
    fc.assert(
      fc.asyncProperty(world, fc.infiniteStream(fc.nat()), async (drawn, chance) => {
        const plain = await stateAfter(arrivals(drawn).flat())
        const mixed: Arrival[] = []
        const left = [...arrivals(drawn)]
        while (left.length > 0) {
          const from = (chance.next().value ?? 0) % left.length
          const step = left[from]?.shift()
          if (step) mixed.push(step)
          else left.splice(from, 1)
          if ((chance.next().value ?? 0) % 2 === 0) mixed.push(() => compareRound(matcher.parts))
        }
        expect(await stateAfter(mixed)).toEqual(plain)
      }),
      { numRuns: 15 },
    ),
  )
}, 120_000)

const GIVEN = ['Xin', 'Xu', 'Xeno', 'Xaver', 'Xand', 'X.', 'Xandrina', 'X.']

test.each(['Quillon', 'Wang'])(
  'each %s who arrives last is met as if he had been there, and drives out whom the block has no room for any more',
  async (family) => {
    const person = (given: string) => ({ name: `${given} ${family}`, ror: undefined })
    const records = [[person('Xander')], [person('X.')]]
    for (const first of GIVEN.keys()) {
      const given = [...GIVEN.slice(first), ...GIVEN.slice(0, first)]
      for (const count of [6, 7, 8]) {
        const profiles = given.slice(0, count).map((one) => ({ person: person(one), leaves: false }))
        const steps = arrivals({ profiles, records }).flat()
        const late = steps.toReversed().flatMap((step) => [step, () => matcher.settle()])
        expect(await stateAfter(late)).toEqual(await stateAfter(steps))
      }
    }
  },
)

async function cutSlots(): Promise<number> {
  const { values } = await matcher.parts.metrics.events.get()
  return values.find(({ labels }) => labels['event'] === 'slot-cut')?.value ?? 0
}

async function ask(query: string): Promise<{ readonly status: number; readonly body: unknown }> {
  const { metrics, logger } = matcher.parts
  const app = createApp({ logger, metrics, routers: [blockRoutes(database, 4)] })
  await using server = await listen(app, 0)
  const response = await fetch(`http://127.0.0.1:${server.port}/internal/blocks${query}`)
  return { status: response.status, body: await response.json() }
}

const ORCID = '0000-0002-1825-0097'

test('what nothing splits is counted, told beside a candidate, and listed with the widest blocks', async () => {
  await matcher.clear()
  const before = await cutSlots()
  const strangers = Array.from({ length: 5 }, (_, no) => aProfile({ id: `s${no}`, names: ['Xander Wang'] }))
  await matcher.profiles(aProfile({ id: 'p', names: ['Xander Wang'], orcid: ORCID }), ...strangers)
  await matcher.settle()
  await matcher.records(aRecord({ sourceId: 'W', authors: [{ name: 'Xander Wang', orcid: ORCID }] }))
  await matcher.settle()
  const { rows } = await database.query<{ candidate_id: string }>('select candidate_id from candidates')
  const [candidate] = await Promise.all(rows.map(({ candidate_id }) => explainCandidate(database, candidate_id)))
  const cut = ['w:ksander vang', 'w:ksandervang', 'w:vangksander']
  expect(candidate?.cut).toEqual(cut.map((key) => ({ key, profiles: 6 })))
  expect((await cutSlots()) - before).toBe(1)
  const wide = ['n:wang|x', 'n:wang|x/xand', 'n:wang|x/xand/xander', 'o:xander|w/.', ...cut]
  const widest = { key: 'n:wang|x', profiles: 6, slots: 1, room: 4, since: expect.any(String) }
  expect(await ask('?limit=1')).toEqual({ status: 200, body: { cap: 4, wide: wide.length, widest: [widest] } })
  expect((await ask('')).body).toMatchObject({ widest: wide.map((key) => ({ key, profiles: 6 })) })
  for (const limit of ['0', '201', '1.5', 'x']) expect((await ask(`?limit=${limit}`)).status).toBe(400)
})
