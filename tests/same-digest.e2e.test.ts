import { systemClock } from '@atlas/runtime'
import { createRecorder } from '@atlas/testing/check'
import {
  createProfiles,
  createPushKey,
  type Deployment,
  introduce,
  push,
  type QuestionView,
  type Researcher,
  signIn,
} from '@atlas/testing/deployment'
import { type Digest, digestOf, tellDifferences } from '@atlas/testing/digest'
import { DRILL_TIMERS, decide, intentsOf } from '@atlas/testing/drill'
import { createWorld, randomOf, type WorldRecord } from '@atlas/testing/world'
import { describe, expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'

const WORLD = { seed: 'same digest', researchers: 12, strangers: 12 }
const PUBLICATIONS = 60
const SOURCES = ['openalex', 'crossref', 'hal'] as const

let inOrder: Digest

describe('one member of each service', () => {
  const made = aDeployment('order1', { env: () => DRILL_TIMERS })

  it('reads every log from its start again and changes nothing', async () => {
    const { deployment } = made.current
    const records = worldRecords()
    await introduce(deployment, createWorld(WORLD).profiles())
    await pushAll(deployment, records)
    await decideAll(deployment)
    inOrder = await digestOf(deployment.open)
    expect(inOrder.counts).toMatchObject({ work: PUBLICATIONS })
    expect(inOrder.counts.candidate).toBeGreaterThan(40)

    const before = await logEnds(deployment)
    const lowered = await fromTheStart(deployment)
    console.log(`same digest: ${lowered} messages are consumed again`)
    expect(lowered).toBeGreaterThan(records.length * 3)
    await deployment.settled()
    expect(tellDifferences(inOrder, await digestOf(deployment.open))).toEqual([])
    expect(await logEnds(deployment), 'nothing new was published').toEqual(before)
  })

  it('merges two works, parts them again, and what people decided before stands as before', async () => {
    const { deployment } = made.current
    const key = await createPushKey(deployment, SOURCES)
    const pushed = async (source: string, record: object) => {
      expect((await push(deployment, key, source, [JSON.stringify(record)])).counts.refused).toBe(0)
      await deployment.settled()
    }
    const [profileId = ''] = await createProfiles(deployment, [OTTILIE])
    await pushed('crossref', THE_ARTICLE)
    await pushed('openalex', THE_REPRINT)
    await pushed('openalex', theOther({ day: 1 }))
    const ottilie = await signIn(deployment, profileId)
    const [first, second] = await twoQuestions(ottilie)
    await ottilie.decide(first, 'confirm')
    await ottilie.decide(second, 'reject')
    await deployment.settled()
    const apart = await digestOf(deployment.open)
    const flags = await flagsOf(deployment, profileId)
    expect(flags).not.toContain('conflict')

    await pushed('openalex', theOther({ day: 2, pmid: PMID }))
    const merged = await digestOf(deployment.open)
    expect(merged.counts.work).toBe(apart.counts.work - 1)
    expect(await flagsOf(deployment, profileId)).toContain('conflict')

    await pushed('openalex', theOther({ day: 3 }))
    expect(tellDifferences(apart, await digestOf(deployment.open))).toEqual([])
    expect(await flagsOf(deployment, profileId)).toEqual(flags)
  })
})

describe('three members of the matcher, and records in another order', () => {
  const made = aDeployment('order2', { members: { matcher: 3 }, env: () => DRILL_TIMERS })

  it('end where one member and the natural order ended', async () => {
    const { deployment } = made.current
    const records = shuffled(worldRecords())
    await pushAll(deployment, records.slice(0, records.length / 2))
    await introduce(deployment, createWorld(WORLD).profiles())
    await pushAll(deployment, records.slice(records.length / 2))
    await decideAll(deployment)
    expect(tellDifferences(inOrder, await digestOf(deployment.open))).toEqual([])
  })
})

function worldRecords(): readonly WorldRecord[] {
  const sources: readonly string[] = SOURCES
  return [...createWorld(WORLD).records(0, PUBLICATIONS)].filter(({ source }) => sources.includes(source))
}

/** By chance, except that the versions of one record keep their order. */
function shuffled(records: readonly WorldRecord[]): readonly WorldRecord[] {
  const idOf = ({ source, sourceId }: WorldRecord) => `${source} ${sourceId}`
  const versions = Map.groupBy(records, idOf)
  return randomOf('another order')
    .sample(records, records.length)
    .flatMap((record) => versions.get(idOf(record))?.shift() ?? [])
}

/** In small requests, so that the order in which records arrive is that of the list. */
async function pushAll(deployment: Deployment, records: readonly WorldRecord[]): Promise<void> {
  const key = await createPushKey(deployment, SOURCES)
  for (let from = 0; from < records.length; from += 10)
    for (const [source, of] of Map.groupBy(records.slice(from, from + 10), (record) => record.source))
      await push(
        deployment,
        key,
        source,
        of.map(({ line }) => line),
      )
  await deployment.settled()
}

async function decideAll(deployment: Deployment): Promise<void> {
  const people = [...createWorld(WORLD).profiles()].slice(0, 5).map(({ profileId }) => profileId)
  const recorder = createRecorder(systemClock)
  for (const intent of await intentsOf(deployment, people)) await decide(systemClock, intent, recorder)
  await deployment.settled()
}

/** Every service forgets how far it has read, and starts again. Returns how many messages it will see once more. */
async function fromTheStart(deployment: Deployment): Promise<number> {
  let messages = 0
  for (const database of Object.values(deployment.open)) {
    const { rows } = await database.query<{ read: number }>(
      `with before as (select consumer_group, topic, partition, next_offset from consumer_progress where next_offset > 0)
       update consumer_progress p set next_offset = 0, last_event_id = null from before b
        where (p.consumer_group, p.topic, p.partition) = (b.consumer_group, b.topic, b.partition)
       returning b.next_offset as read`,
    )
    messages += rows.reduce((sum, { read }) => sum + read, 0)
  }
  const readers = [...deployment.members.values()].filter(({ service }) => service !== 'ingest')
  for (const member of readers) member.kill('SIGKILL')
  await Promise.all(readers.map(({ exited }) => exited))
  return messages
}

/** Of every partition of every topic. */
async function logEnds(deployment: Deployment): Promise<Readonly<Record<string, string>>> {
  const { bus, addresses } = deployment
  const topics = (await bus.admin.listTopics()).filter((topic) => topic.startsWith(addresses.topicPrefix)).sort()
  const ends = await Promise.all(
    topics.map(async (topic) => {
      const high = (await bus.offsets(topic)).reduce((sum, partition) => sum + partition.high, 0n)
      return [topic, String(high)] as const
    }),
  )
  return Object.fromEntries(ends)
}

async function twoQuestions(researcher: Researcher): Promise<readonly [QuestionView, QuestionView]> {
  const questions = [...(await researcher.queue())].sort((a, b) => (a.workId < b.workId ? -1 : 1))
  const [first, second] = questions
  if (!first || !second || questions.length !== 2) throw new Error(`${questions.length} questions instead of two`)
  return [first, second]
}

async function flagsOf(deployment: Deployment, profileId: string): Promise<readonly string[]> {
  const { rows } = await deployment.open.verifier.query<{ flag: string }>(
    `select distinct unnest(flags) as flag from questions
      where profile_id = $1 and status not in ('expired', 'merged') order by flag`,
    [profileId],
  )
  return rows.map(({ flag }) => flag)
}

const OTTILIE = {
  displayName: 'Ottilie Quennell',
  names: [{ name: 'Ottilie Quennell', given: 'Ottilie', family: 'Quennell', primary: true }],
  identities: [{ type: 'orcid', value: '0000-0000-0000-1231', primary: true, method: 'imported' }],
}

const TITLE = 'On the slow drainage of imaginary fens'
const DOI = '10.5555/bridge.1'
const PMID = '91234567'

const THE_ARTICLE = {
  DOI,
  type: 'journal-article',
  title: [TITLE],
  'container-title': ['Journal of Made-up Hydrology'],
  issued: { 'date-parts': [[2012, 5, 17]] },
  author: [
    { given: 'Ottilie', family: 'Quennell', ORCID: 'http://orcid.org/0000-0000-0000-1231', affiliation: [] },
    { given: 'Barnaby', family: 'Thrupp', affiliation: [] },
  ],
  indexed: { 'date-time': '2026-03-01T10:00:00Z', timestamp: 1772359200000 },
}

const AUTHORSHIPS = ['Ottilie Quennell', 'Barnaby Thrupp'].map((name, index) => ({
  author_position: index === 0 ? 'first' : 'last',
  author: { id: `https://openalex.org/A590000000${index}`, display_name: name, orcid: null },
  institutions: [],
  raw_author_name: name,
}))

/** Years later, under a PubMed id of its own: another work. */
const THE_REPRINT = {
  id: 'https://openalex.org/W4900000001',
  ids: { openalex: 'https://openalex.org/W4900000001', pmid: `https://pubmed.ncbi.nlm.nih.gov/${PMID}` },
  title: TITLE,
  display_name: TITLE,
  type: 'article',
  publication_year: 2018,
  publication_date: '2018-02-03',
  authorships: AUTHORSHIPS,
  updated_date: '2026-03-01T08:00:00.000Z',
}

/** A second record of the article, which for a day has the reprint's id too. */
function theOther({ day, pmid }: { readonly day: number; readonly pmid?: string }): object {
  const id = 'https://openalex.org/W4900000002'
  return {
    id,
    doi: `https://doi.org/${DOI}`,
    ids: {
      openalex: id,
      doi: `https://doi.org/${DOI}`,
      ...(pmid === undefined ? {} : { pmid: `https://pubmed.ncbi.nlm.nih.gov/${pmid}` }),
    },
    title: TITLE,
    display_name: TITLE,
    type: 'article',
    publication_year: 2012,
    publication_date: '2012-05-17',
    authorships: AUTHORSHIPS,
    updated_date: `2026-04-0${day}T08:00:00.000Z`,
  }
}
