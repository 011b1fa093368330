import { openDatabase, type Tx } from '@atlas/runtime'
import type { Profile, RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, test } from 'vitest'
import { compareProfiles } from './compare/compare-profiles.ts'
import { compareWorks } from './compare/compare-works.ts'
import { matchProfile } from './handlers/match-profile.ts'
import { matchRecord } from './handlers/match-record.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile, aRecord, received } from './testing/a-world.ts'
import { interleavings, type Lane, runLanes } from './testing/lanes.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const { scorer, limits, blockCap } = matcher.parts

const recordArrives = (record: RecordSnapshot) => async (tx: Tx) => void (await matchRecord(tx, [received(record)]))
const profileArrives = (profile: Profile) => async (tx: Tx) => void (await matchProfile(tx, [received(profile)]))
const worksCompared = async (tx: Tx) => void (await compareWorks(tx, scorer, limits))
const profilesCompared = async (tx: Tx) => void (await compareProfiles(tx, scorer, limits, blockCap))

const ORCID = '0000-0002-1825-0097'
const record = aRecord({ sourceId: 'W1', authors: [{ name: 'Zbigniew Wojciechowskyj', orcid: ORCID }] })
const mine = (revision: number) => aProfile({ id: 'p', revision, names: ['Zbigniew Wojciechowskyj'], orcid: ORCID })
const other = (revision: number) => aProfile({ id: 'p', revision, names: ['Thjodhildur Sigurbjornsdottir'] })

describe('a slot and a profile arrive at once on two members', () => {
  const recordLane: Lane = [recordArrives(record), 'commit', worksCompared, 'commit']
  const turns = interleavings(4, 4)

  test.each([
    { stored: 'nothing', before: [], now: mine(2), candidates: 1 },
    { stored: 'another person', before: [other(1)], now: mine(2), candidates: 1 },
    { stored: 'the person', before: [mine(1)], now: other(2), candidates: 0 },
    {
      stored: 'the person',
      before: [mine(1)],
      now: aProfile({ id: 'p', revision: 2, names: ['X'], state: 'merged' }),
      candidates: 0,
    },
  ])('$stored stored: $candidates candidates whatever the order', async ({ before, now, candidates }) => {
    expect(turns).toHaveLength(70)
    for (const order of turns) {
      await matcher.clear()
      await matcher.profiles(...before)
      await runLanes(database, [recordLane, [profileArrives(now), 'commit', profilesCompared, 'commit']], order)
      await matcher.settle()
      const found = await matcher.digest()
      expect({ order: order.join(''), candidates: found.candidates.count }).toEqual({
        order: order.join(''),
        candidates,
      })
    }
  })

  test('the comparison of an older state, in flight, does not win', async () => {
    for (const order of interleavings(2, 4)) {
      await matcher.clear()
      await matcher.profiles(mine(1))
      await matcher.records(record)
      await runLanes(
        database,
        [
          [worksCompared, 'commit'],
          [profileArrives(other(2)), 'commit', profilesCompared, 'commit'],
        ],
        order,
      )
      await matcher.settle()
      expect((await matcher.digest()).candidates.count).toBe(0)
    }
  })
})

describe('two profiles that one slot may be', () => {
  const one = aRecord({ sourceId: 'W2', authors: ['Zbigniew Wojciechowskyj', 'Oluwaseun Adeyemi-Babatunde'] })
  const rival = (revision: number, name = 'Zbigniew Wojciechowskyj') => aProfile({ id: 'q', revision, names: [name] })
  const plain = (revision: number) => aProfile({ id: 'p', revision, names: ['Zbigniew Wojciechowskyj'] })
  const said = async () =>
    (
      await database.query(
        `select profile_id, score, (select (profiles, odds)::text from slot_odds o where o.slot_id = c.slot_id) as odds
           from candidates c where not withdrawn order by 1, 2`,
      )
    ).rows
  const inTurn = async (...profiles: readonly Profile[]) => {
    await matcher.clear()
    await matcher.records(one)
    for (const profile of profiles) {
      await matcher.profiles(profile)
      await matcher.settle()
    }
    return said()
  }

  test('arrive at once, and each counts for the other', async () => {
    const expected = await inTurn(plain(1), rival(1))
    expect(expected).toHaveLength(2)
    for (const order of interleavings(4, 4)) {
      await matcher.clear()
      await matcher.records(one)
      await matcher.settle()
      await runLanes(
        database,
        [
          [profileArrives(plain(1)), 'commit', profilesCompared, 'commit'],
          [profileArrives(rival(1)), 'commit', profilesCompared, 'commit'],
        ],
        order,
      )
      await matcher.settle()
      expect({ order: order.join(''), said: await said() }).toEqual({ order: order.join(''), said: expected })
    }
  })

  test.each([
    { name: 'is renamed', now: rival(2, 'Thjodhildur Sigurbjornsdottir') },
    { name: 'is merged away', now: { ...rival(2), state: 'merged' as const } },
  ])('one $name while his older state is compared: he is a rival no more', async ({ now }) => {
    const expected = await inTurn(plain(1), now)
    expect(expected).toHaveLength(1)
    for (const older of [profilesCompared, worksCompared])
      for (const order of interleavings(2, 4)) {
        await matcher.clear()
        await matcher.profiles(plain(1))
        if (older === profilesCompared) await matcher.records(one)
        await matcher.settle()
        await matcher.profiles(rival(1))
        if (older === worksCompared) await matcher.records(one)
        await runLanes(
          database,
          [
            [older, 'commit'],
            [profileArrives(now), 'commit', profilesCompared, 'commit'],
          ],
          order,
        )
        await matcher.settle()
        expect({ order: order.join(''), said: await said() }).toEqual({ order: order.join(''), said: expected })
      }
  })
})

describe('two records of one work arrive at once on two members', () => {
  const a = aRecord({
    source: 'openalex',
    sourceId: 'A',
    doi: '10.5555/one',
    title: 'The same in both sources, word for word',
  })
  const b = aRecord({
    source: 'crossref',
    sourceId: 'B',
    doi: '10.5555/one',
    title: 'The same in both sources, word for word',
  })
  const far = aRecord({
    source: 'hal',
    sourceId: 'C',
    doi: '10.5555/two',
    title: 'Quite another thing about perovskite layers',
  })
  const bridge = aRecord({
    source: 'hal',
    sourceId: 'C',
    version: 2,
    doi: '10.5555/one',
    title: 'The same in both sources, word for word',
  })

  test.each([
    { name: 'neither is there', before: [], left: a, right: b, works: 1, members: 2 },
    { name: 'one joins while the other leaves', before: [far, b], left: a, right: bridge, works: 1, members: 3 },
    {
      name: 'one is deleted',
      before: [a, b],
      left: aRecord({ source: 'openalex', sourceId: 'A', version: 2, deleted: true }),
      right: bridge,
      works: 1,
      members: 2,
    },
  ])('$name: $works work of $members whatever the order', async ({ before, left, right, works, members }) => {
    for (const order of interleavings(2, 2)) {
      await matcher.clear()
      await matcher.records(...before)
      await runLanes(
        database,
        [
          [recordArrives(left), 'commit'],
          [recordArrives(right), 'commit'],
        ],
        order,
      )
      await matcher.settle()
      const { rows } = await database.query<{ n: number }>(
        'select count(*) as n from work_members where to_revision is null',
      )
      expect({ works: (await matcher.digest()).works.count, members: rows[0]?.n }).toEqual({ works, members })
    }
  })
})
