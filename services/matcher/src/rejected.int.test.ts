import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, test } from 'vitest'
import { aMatcher } from './testing/a-matcher.ts'
import { anAct, aProfile, aRecord, uuidOf } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const NAME = 'Zbigniew Wojciechowskyj'
const DOI = '10.5555/rejected'
const profileId = uuidOf('p')
const SOURCES = ['hal', 'crossref', 'pubmed', 'datacite', 'openalex', 'arxiv'] as const
/** The same work from another source, in a later version, each time written a little differently. */
const again = (place: number, version: number): RecordSnapshot =>
  aRecord({
    source: SOURCES[place % SOURCES.length] ?? 'hal',
    sourceId: `W${place % SOURCES.length}`,
    version,
    doi: DOI,
    title: version % 2 ? 'Lattices of frozen brine' : 'Lattices of Frozen Brine.',
    venue: `Annals of Ice ${version}`,
    authors: [place % 2 ? NAME : NAME.toUpperCase(), 'Oluwaseun Adeyemi-Babatunde'],
  })

async function claims() {
  const { rows } = await database.query<{ candidate_id: string; withdrawn: boolean; mentions: { key: string }[] }>(
    `select candidate_id, withdrawn, content->'mentions' as mentions from candidates where profile_id = $1`,
    [profileId],
  )
  return rows
}
const live = async () => (await claims()).filter(({ withdrawn }) => !withdrawn)

async function decided(seq: number, kind: 'reject' | 'reopen' | 'auto_reject', via = 'web') {
  const [claim] = await claims()
  if (!claim) throw new Error('nothing is claimed')
  const recordIds = (await database.query<{ record_id: string }>('select record_id from records order by record_id'))
    .rows
  const mentions = claim.mentions.map(({ key }) => ({
    key,
    recordId: recordIds[0]?.record_id ?? '',
    version: 1,
    position: 1,
  }))
  const about = {
    candidateId: claim.candidate_id,
    workId: uuidOf('w'),
    slotId: uuidOf('s'),
    relatedWorkId: null,
    candidateKind: 'work_authorship',
    evidence: '',
    mentions,
  }
  await matcher.acts(anAct({ profileId, seq, kind, via, about }))
  await matcher.settle()
}

describe('a pair that a person rejected', () => {
  test('is claimed no more, and by nothing that later sources and versions say', async () => {
    await matcher.profiles(aProfile({ id: 'p', names: [NAME] }))
    await matcher.records(again(0, 1))
    await matcher.settle()
    expect(await live()).toHaveLength(1)
    await decided(1, 'reject')
    expect(await live()).toEqual([])
    for (let time = 1; time <= 20; time++) {
      await matcher.records(again(time, 1 + Math.floor(time / SOURCES.length)))
      await matcher.settle()
      expect(await live()).toEqual([])
    }
    const { rows } = await database.query<{ works: number; slots: number }>(
      `select (select count(*) from works where state = 'live') as works, (select count(*) from slots) as slots`,
    )
    expect(rows).toEqual([{ works: 1, slots: 2 }])
  })

  test('is claimed again once he takes it back', async () => {
    await decided(2, 'reopen')
    expect(await live()).toHaveLength(1)
  })

  test('acts of rules are never evidence', async () => {
    const before = await matcher.digest()
    await decided(3, 'auto_reject', 'auto')
    expect(await matcher.digest()).toEqual(before)
  })
})
