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

async function rejectedBySix(): Promise<void> {
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
}

/** Its mention of the author is the smallest of all: the slot is named after it. */
function newcomer(): RecordSnapshot {
  const keyOf = ({ authors }: RecordSnapshot) => authors[0]?.mentionKey ?? ''
  const others = SOURCES.map((_, place) => keyOf(again(place, 1)))
  for (let n = 0; ; n++) {
    const record = aRecord({
      ...{ source: 'core', sourceId: `${n}`, doi: DOI, title: 'Lattices of frozen brine' },
      authors: [NAME, 'Oluwaseun Adeyemi-Babatunde'],
    })
    if (others.every((key) => keyOf(record) < key)) return record
  }
}

describe('a pair that a person rejected', () => {
  test('is claimed no more, and by nothing that later sources and versions say', async () => {
    await rejectedBySix()
    const { rows } = await database.query<{ works: number; slots: number }>(
      `select (select count(*) from works where state = 'live') as works, (select count(*) from slots) as slots`,
    )
    expect(rows).toEqual([{ works: 1, slots: 2 }])
  })

  test.each([
    ['a source that was there', (): RecordSnapshot => again(0, 9)],
    ['a further source, by which the slot has another id', newcomer],
  ])('is told to be looked at again when %s puts his iD on it, and once only', async (_who, comes) => {
    await matcher.clear()
    await rejectedBySix()
    const ORCID = '0000-0002-1825-0097'
    const told = async () =>
      (
        await database.query<{ withdrawn: boolean; revision: number; items: string[] }>(
          `select withdrawn, revision, content->'evidenceItems' as items from candidates
            where profile_id = $1 order by revision desc limit 1`,
          [profileId],
        )
      ).rows[0]
    await matcher.profiles(aProfile({ id: 'p', names: [NAME], orcid: ORCID, revision: 2 }))
    await matcher.settle()
    const before = await told()
    expect(before).toMatchObject({ withdrawn: true })
    expect(before?.items).not.toContain('orcid: that of the profile')
    const revisions = new Set<number | undefined>()
    for (const record of [comes(), again(1, 9)]) {
      const authors = record.authors.map((author, at) => (at === 0 ? { ...author, orcid: ORCID } : author))
      await matcher.records({ ...record, authors })
      await matcher.settle()
      const after = await told()
      expect(after).toMatchObject({ withdrawn: true })
      expect(after?.items).toContain('orcid: that of the profile')
      revisions.add(after?.revision)
    }
    expect(revisions.size).toBe(1)
    expect(await live()).toEqual([])
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
