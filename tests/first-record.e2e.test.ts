import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createProfiles,
  createPushKey,
  type Deployment,
  push,
  signIn,
  startDeployment,
} from '@atlas/testing/deployment'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

/** The story of one record: pushed by its source, matched, asked about, answered, proved. */
describe('one record of one source', () => {
  let deployment: Deployment
  let dataDir: string

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'atlas-e2e-'))
    deployment = await startDeployment({
      stack: inject('stack'),
      dataDir,
      name: 'first',
      env: () => ({ TIMERS: 'test' }),
    })
  })
  afterAll(async () => {
    await deployment?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  it('goes in, becomes a question, is confirmed, and is a verified work of its author', async () => {
    const [profileId = ''] = await createProfiles(deployment, [
      {
        displayName: 'Ottilie Quennell',
        names: [{ name: 'Ottilie Quennell', given: 'Ottilie', family: 'Quennell', primary: true }],
        identities: [{ type: 'orcid', value: '0000-0000-0000-1231', primary: true, method: 'imported' }],
      },
    ])
    const key = await createPushKey(deployment, ['crossref'])
    const answer = await push(deployment, key, 'crossref', [JSON.stringify(A_RECORD)])
    expect(answer).toMatchObject({ lines: 1, counts: { stored: 1, refused: 0 } })
    expect((await push(deployment, key, 'crossref', [JSON.stringify(A_RECORD)])).counts).toMatchObject({ duplicate: 1 })

    await deployment.settled()
    const ottilie = await signIn(deployment, profileId)
    const [question, ...others] = await ottilie.queue()
    expect(others).toEqual([])
    expect(question).toMatchObject({
      title: A_RECORD.title[0],
      slotName: 'Ottilie Quennell',
      status: 'pending',
      version: 0,
      sources: ['crossref'],
    })
    expect(question?.reasons.reduce((sum, reason) => sum + reason.weight, 0)).toBeCloseTo(
      question?.logOdds ?? Number.NaN,
      6,
    )

    if (!question) throw new Error('no question')
    const receipt = await ottilie.decide(question, 'confirm')
    expect(receipt).toMatchObject({ chainSeq: 1, status: 'confirmed', version: 1 })
    // At once, however far the projection is.
    expect(await ottilie.queue()).toEqual([])
    await deployment.settled()
    const { items } = await ottilie.get<{ items: { title: string; workId: string }[] }>('/v1/profile/works')
    expect(items).toMatchObject([{ title: A_RECORD.title[0], workId: question.workId }])
    const acts = await ottilie.get<{ items: { actId: string; kind: string }[] }>('/v1/acts')
    expect(acts.items).toMatchObject([{ actId: receipt.actId, kind: 'confirm' }])
  })
})

const A_RECORD = {
  DOI: '10.5555/first.1',
  type: 'journal-article',
  title: ['On the drainage of imaginary fens'],
  'container-title': ['Journal of Made-up Hydrology'],
  issued: { 'date-parts': [[2024, 5, 17]] },
  author: [
    {
      given: 'Ottilie',
      family: 'Quennell',
      sequence: 'first',
      ORCID: 'http://orcid.org/0000-0000-0000-1231',
      affiliation: [],
    },
    { given: 'Barnaby', family: 'Thrupp', sequence: 'additional', affiliation: [{ name: 'University of Northmere' }] },
  ],
  publisher: 'Made-up Press',
  indexed: { 'date-time': '2026-03-01T10:00:00Z', 'date-parts': [[2026, 3, 1]], timestamp: 1772359200000 },
}
