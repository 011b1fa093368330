import { recordIdOf } from '@atlas/identifiers'
import { TOPIC_NAMES, type TopicName } from '@atlas/schemas'
import { asOperator, createProfiles, createPushKey, type Deployment, push, signIn } from '@atlas/testing/deployment'
import { beforeAll, describe, expect, it } from 'vitest'
import { aDeployment } from './support/a-deployment.ts'

type Native = Readonly<Record<string, unknown>>

const A_RECORD: Native = {
  DOI: '10.5555/changes.1',
  type: 'journal-article',
  title: ['On the drainage of imaginary fens'],
  'container-title': ['Journal of Made-up Hydrology'],
  issued: { 'date-parts': [[2024, 5, 17]] },
  page: '1-9',
  'is-referenced-by-count': 3,
  author: [
    { given: 'Ottilie', family: 'Quennell', sequence: 'first' },
    { given: 'Barnaby', family: 'Thrupp', sequence: 'additional', affiliation: [{ name: 'University of Northmere' }] },
  ],
  publisher: 'Made-up Press',
}

const BARNABY = '0000-0002-1825-0097'
const ANSWERED = [
  { status: 'rejected', version: 1, flags: [] },
  { status: 'confirmed', version: 1, flags: [] },
]

/** The same content as another day's answer would say it: stamps, order of keys, spaces, fields that nobody reads. */
function resent(day: number): string {
  const stamped = {
    ...A_RECORD,
    title: [`On the drainage ${' '.repeat(day % 3)}of imaginary fens`],
    indexed: { 'date-time': new Date(Date.UTC(2026, 2, 1 + day)).toISOString() },
    score: day,
    'content-domain': { domain: [], 'crossmark-restriction': false },
  }
  const entries = Object.entries(stamped)
  return JSON.stringify(Object.fromEntries(day % 2 ? entries.toReversed() : entries), null, day % 3)
    .split('\n')
    .join(' ')
}

describe('a record that its source sends again and again', () => {
  // A week of two seconds.
  const env = { TIMERS: 'test', VOLATILE_PUBLISH_MS: '2000', VOLATILE_SWEEP_MS: '100' }
  const made = aDeployment('changes', { env: () => env })
  let deployment: Deployment
  let key: string

  beforeAll(async () => {
    deployment = made.current.deployment
    key = await createPushKey(deployment, ['crossref'])
  })

  /** Messages that a topic has ever taken. */
  const sent = async (topic: TopicName) =>
    (await deployment.bus.offsets(`changes.${topic}`)).reduce((sum, { high }) => sum + Number(high), 0)
  const allSent = async () => Object.fromEntries(await Promise.all(TOPIC_NAMES.map(async (t) => [t, await sent(t)])))
  const pushed = async (line: string) => (await push(deployment, key, 'crossref', [line])).counts
  const questions = async () =>
    (
      await deployment.open.verifier.query<{ status: string; version: number; flags: string[] }>(
        'select status, version, flags from questions order by slot_position',
      )
    ).rows
  const explained = () =>
    asOperator<{ version: number; versions: { class: string; changed: string[] | null }[] }>(
      deployment,
      'ingest',
      'GET',
      `/internal/records/${recordIdOf('crossref', '10.5555/changes.1')}`,
    )

  it('is answered once, and twenty cosmetic versions later no message was sent and nothing is asked', async () => {
    const person = (given: string, family: string, orcid: string) => ({
      displayName: `${given} ${family}`,
      names: [{ name: `${given} ${family}`, given, family, primary: true }],
      identities: [{ type: 'orcid', value: orcid, primary: true, method: 'imported' }],
    })
    const [ottilie = '', barnaby = ''] = await createProfiles(deployment, [
      person('Ottilie', 'Quennell', '0000-0000-0000-1231'),
      person('Barnaby', 'Thrupp', BARNABY),
    ])
    expect(await pushed(JSON.stringify(A_RECORD))).toMatchObject({ stored: 1 })
    await deployment.settled()
    const people = [await signIn(deployment, ottilie), await signIn(deployment, barnaby)]
    for (const [at, one] of people.entries()) {
      const [question] = await one.queue()
      if (!question) throw new Error('no question')
      await one.decide(question, at === 0 ? 'reject' : 'confirm')
    }
    await deployment.settled()
    const before = await allSent()
    for (let day = 0; day < 20; day++) expect(await pushed(resent(day))).toMatchObject({ updated: 1 })
    await deployment.settled()
    expect(await allSent()).toEqual(before)
    for (const one of people) expect(await one.queue()).toEqual([])
    expect(await questions()).toEqual(ANSWERED)
    const { version, versions } = await explained()
    expect(version).toBe(1)
    expect(versions.map((one) => one.class)).toEqual([...Array(20).fill('cosmetic'), 'first'])
  })

  it('has its citations published a week later, and other pages at once: nobody is compared or asked again', async () => {
    const before = await allSent()
    expect(await pushed(JSON.stringify({ ...A_RECORD, 'is-referenced-by-count': 4 }))).toMatchObject({ updated: 1 })
    await expect.poll(() => sent('records'), { timeout: 30_000 }).toBe(before.records + 1)
    await deployment.settled()
    const { records: _, works: __, ...others } = await allSent()
    expect(before).toMatchObject(others)
    expect(await pushed(JSON.stringify({ ...A_RECORD, 'is-referenced-by-count': 4, page: '1-10' }))).toMatchObject({
      updated: 1,
    })
    await deployment.settled()
    const after = await allSent()
    expect(after.records).toBe(before.records + 2)
    expect([after.acts, after.notifications]).toEqual([before.acts, before.notifications])
    expect(await questions()).toEqual(ANSWERED)
    expect((await explained()).versions.slice(0, 2)).toMatchObject([
      { class: 'bibliographic', changed: null },
      { class: 'volatile', changed: null },
    ])
  })

  it('that gives his ORCID iD now says so, and only then is his answer to be looked at again', async () => {
    const [first, second] = A_RECORD.author as Native[]
    const author = [first, { ...second, ORCID: `http://orcid.org/${BARNABY}` }]
    expect(await pushed(JSON.stringify({ ...A_RECORD, author }))).toMatchObject({ updated: 1 })
    await deployment.settled()
    expect((await explained()).versions[0]).toMatchObject({ class: 'identity', changed: ['authors[1].orcid'] })
    await expect
      .poll(questions, { timeout: 20_000 })
      .toEqual([ANSWERED[0], { status: 'confirmed', version: 1, flags: ['review_suggested'] }])
  })
})
