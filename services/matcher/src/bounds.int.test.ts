import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { compareRound } from './compare/worker.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const admin = asAdmin(config)
const matcher = aMatcher(database, admin)
beforeEach(() => matcher.clear())

const letters = (n: number): string =>
  n < 26 ? String.fromCharCode(97 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26)
const names = Array.from({ length: 5_000 }, (_, at) => `Given${letters(at)} Family${letters(at * 7)}`)
const long = (version: number, source: string, authors: readonly string[]) =>
  aRecord({
    source,
    sourceId: 'L',
    version,
    doi: '10.5555/long',
    title: 'Search for lattices of frozen brine',
    authors,
  })

describe('a byline of 5,000', () => {
  test('is one message, compared page by page, and every person on it is found', async () => {
    const people = [0, 999, 1_000, 1_001, 2_500, 4_999]
    await matcher.profiles(...people.map((at) => aProfile({ id: `${at}`, names: [names[at] ?? ''] })))
    await matcher.records(long(1, 'crossref', names), long(1, 'hal', names.toReversed()))
    let rounds = 0
    while (await compareRound(matcher.parts)) rounds++
    expect(rounds).toBeGreaterThanOrEqual(5)
    const { rows } = await database.query<{ position: number; mentions: number }>(
      `select (content->>'slotPosition')::int as position, json_array_length(content->'mentions') as mentions
         from candidates where not withdrawn order by 1`,
    )
    expect(rows).toEqual(people.map((at) => ({ position: at + 1, mentions: 2 })))
    expect((await database.query<{ n: number }>('select count(*) as n from slots')).rows).toEqual([{ n: 5_000 }])
  })
})

describe('a block of more profiles than the cap', () => {
  const narrow = aMatcher(database, admin, 8)
  const people = Array.from({ length: 10 }, (_, at) =>
    aProfile({ id: `p${at}`, names: [`${['Zora', 'Zita', 'Zeno', 'Zack', 'Zelda'][at % 5]} Wojciechowskyj`] }),
  )
  const record = aRecord({ sourceId: 'W', authors: ['Zita Wojciechowskyj', 'Zack Wojciechowskyj'] })

  test.each([
    [
      'profiles first',
      async () => {
        await narrow.profiles(...people)
        await narrow.settle()
        await narrow.records(record)
      },
    ],
    [
      'the record first',
      async () => {
        await narrow.records(record)
        await narrow.settle()
        for (const person of people) {
          await narrow.profiles(person)
          await narrow.settle()
        }
      },
    ],
  ])('is split by narrower keys, and its bearers are found all the same: %s', async (_name, arrive) => {
    await arrive()
    await narrow.settle()
    const wide = await database.query<{ key: string }>('select key from wide_blocks')
    // The family name is written as it sounds.
    expect(wide.rows).toEqual([{ key: expect.stringMatching(/^n:[a-z]+\|z$/) }])
    const { rows } = await database.query<{ slot: string; n: number }>(
      `select content->>'slotName' as slot, count(*) as n from candidates where not withdrawn group by 1 order by 1`,
    )
    expect(rows).toEqual([
      { slot: 'Zack Wojciechowskyj', n: 2 },
      { slot: 'Zita Wojciechowskyj', n: 2 },
    ])
  })
})

test('a step that meets more profiles than are at hand at a time says the same of them all', async () => {
  const bearers = ['Zora Wojciechowskyj', 'Zita Sigurbjornsdottir', 'Zeno Quennell', 'Zelda Featherstonehaugh']
  await matcher.profiles(...bearers.map((name, at) => aProfile({ id: `p${at}`, names: [name] })))
  await matcher.settle()
  await matcher.records(aRecord({ sourceId: 'W', authors: bearers }))
  const parts = { ...matcher.parts, limits: { ...matcher.parts.limits, met: 1 } }
  while (await compareRound(parts));
  const { rows } = await database.query<{ slot: string }>(
    `select content->>'slotName' as slot from candidates where not withdrawn order by 1`,
  )
  expect(rows.map(({ slot }) => slot)).toEqual(bearers.toSorted())
})
