import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkDeployment, resultLine } from '@atlas/testing/check'
import { createProfiles, createPushKey, push, signIn } from '@atlas/testing/deployment'
import { beforeAll, describe, expect, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { atlas } from './support/atlas.ts'

const test = aDeployment('kinds')
const DOI = '10.5555/fens.1'
let file = ''

const ARTICLE = {
  DOI,
  type: 'journal-article',
  title: ['On the drainage of imaginary fens'],
  'container-title': ['Journal of Made-up Hydrology'],
  issued: { 'date-parts': [[2024, 5, 17]] },
  author: [{ given: 'Ottilie', family: 'Quennell', sequence: 'first', affiliation: [] }],
  indexed: { 'date-time': '2026-03-01T10:00:00Z', 'date-parts': [[2026, 3, 1]], timestamp: 1772359200000 },
}
const PLACE = {
  url: 'https://press.example/fens',
  url_for_pdf: 'https://press.example/fens.pdf',
  host_type: 'publisher',
  version: 'publishedVersion',
  license: 'cc-by',
  is_best: true,
}
const OPENED = {
  doi: DOI,
  is_oa: true,
  oa_status: 'gold',
  best_oa_location: PLACE,
  oa_locations: [PLACE],
  genre: 'journal-article',
  title: ARTICLE.title[0],
  updated: '2026-02-01T00:00:00',
}
const LINK = { oci: '0200101-0200102', citing: '10.5555/bogs.2', cited: DOI, creation: '2025' }
const ORGANISATION = {
  id: 'https://ror.org/02mhbdp94',
  names: [{ value: 'Made-up University', types: ['ror_display'], lang: null }],
  types: ['education'],
}

const explained = async (record: string) =>
  (await atlas(['explain', 'record', record, '--json'], { ATLAS_DEPLOYMENT: file })).lines.find(
    ({ owner }) => owner === 'matcher',
  )

beforeAll(async () => {
  const { deployment, dataDir } = test.current
  file = join(dataDir, 'deployment.json')
  await writeFile(file, JSON.stringify(deploymentFile(deployment)))
})

describe('what describes no work', () => {
  it('adds to a work that comes later, makes none itself, and can be asked about', async () => {
    const { deployment } = test.current
    const sources = ['crossref', 'unpaywall', 'opencitations', 'ror']
    const key = await createPushKey(deployment, sources)
    for (const [source, line] of [
      ['unpaywall', OPENED],
      ['opencitations', LINK],
      ['ror', ORGANISATION],
    ] as const)
      expect({ source, ...(await push(deployment, key, source, [JSON.stringify(line)])).counts }).toMatchObject({
        source,
        stored: 1,
      })
    await deployment.settled()
    expect(await explained('opencitations:0200101-0200102')).toMatchObject({
      terminalState: { why: 'kept: links two works' },
      addsTo: [],
    })
    await push(deployment, key, 'crossref', [JSON.stringify(ARTICLE)])
    await deployment.settled()
    const link = await explained('opencitations:0200101-0200102')
    const [workId] = (link?.['addsTo'] ?? []) as string[]
    expect(await explained(`unpaywall:${DOI}`)).toMatchObject({ terminalState: { state: 'kept' }, addsTo: [workId] })
    expect(await explained('ror:02mhbdp94')).toMatchObject({
      terminalState: { why: 'kept: describes an organisation' },
    })

    const [profileId = ''] = await createProfiles(deployment, [
      {
        displayName: 'Ottilie Quennell',
        names: [{ name: 'Ottilie Quennell', given: 'Ottilie', family: 'Quennell', primary: true }],
        identities: [],
      },
    ])
    await deployment.settled()
    const ottilie = await signIn(deployment, profileId)
    expect(await ottilie.get(`/v1/works/${workId}`)).toMatchObject({
      openAccess: 'gold',
      openAccessLocations: [{ url: PLACE.url, host: 'publisher', best: true }],
      licence: 'cc-by',
      citedByCount: 1,
      citedBy: [{ scheme: 'doi', value: '10.5555/bogs.2' }],
      retracted: false,
    })
    expect(await ottilie.get(`/v1/works/${workId}/sources`)).toMatchObject({
      members: [{ source: 'crossref' }],
      enrichments: [{ source: 'unpaywall', sourceId: DOI }],
    })
    const results = await checkDeployment(deployment)
    expect(results.filter(({ violations }) => violations.length > 0).map(resultLine)).toEqual([])
  })
})
