import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkDeployment, resultLine } from '@atlas/testing/check'
import { createProfiles, createPushKey, push, type Researcher, signIn } from '@atlas/testing/deployment'
import { beforeAll, describe, expect, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { atlas } from './support/atlas.ts'

const test = aDeployment('rulings')
const TITLE = 'On the drainage of imaginary fens'
let file = ''
let ottilie: Researcher

/** The program, told where the deployment is; every line of its answer. */
async function run(...args: string[]): Promise<readonly Record<string, unknown>[]> {
  const done = await atlas([...args, '--json'], { ATLAS_DEPLOYMENT: file })
  if (done.exitCode !== 0) throw new Error(`atlas ${args.join(' ')} ended with ${done.exitCode}: ${done.stderr}`)
  return done.lines
}
const because = ['--reason', 'the publisher says so on one page'] as const

interface Authorship {
  readonly workId: string
  readonly status: string
  readonly contributions: readonly { readonly source: string }[]
}

/** What she sees: questions that wait for her, and her verified works with the sources that tell of each. */
async function seen() {
  await test.current.deployment.settled()
  const acts = await ottilie.get<{ items: { actor: string }[] }>('/v1/acts')
  const { items } = await ottilie.get<{ items: Authorship[] }>('/v1/profile/works')
  return {
    open: (await ottilie.queue()).map(({ sources }) => sources.join('+')).sort(),
    mine: items
      .map(({ contributions }) =>
        contributions
          .map(({ source }) => source)
          .sort()
          .join('+'),
      )
      .sort(),
    // Acts of the system say what became of a question; hers are what she is asked for.
    acts: acts.items.filter(({ actor }) => actor === ottilie.profileId).length,
  }
}

beforeAll(async () => {
  const { deployment, dataDir } = test.current
  file = join(dataDir, 'deployment.json')
  await writeFile(file, JSON.stringify(deploymentFile(deployment)))
  const [profileId = ''] = await createProfiles(deployment, [
    {
      displayName: 'Ottilie Quennell',
      names: [{ name: 'Ottilie Quennell', given: 'Ottilie', family: 'Quennell', primary: true }],
      identities: [{ type: 'orcid', value: '0000-0000-0000-1231', primary: true, method: 'imported' }],
    },
  ])
  const key = await createPushKey(deployment, ['crossref', 'openalex'])
  await push(deployment, key, 'crossref', [JSON.stringify(crossref('10.5555/fens.1', TITLE, 2024))])
  // The same contribution under another title, number and year: no rule would join them.
  await push(deployment, key, 'openalex', [
    JSON.stringify(openalex('W77', '10.5555/mire.9', 'Draining mires that were never there', 2021)),
  ])
  ottilie = await signIn(deployment, profileId)
})

describe('a curator rules on two works, of which a researcher has confirmed one', () => {
  it('linked, they ask no further question and are one verified work; cut again, all stands as before', async () => {
    await test.current.deployment.settled()
    const [first, second] = (await ottilie.queue()).toSorted((a, b) =>
      a.title === TITLE ? -1 : b.title === TITLE ? 1 : 0,
    )
    if (!first || !second) throw new Error('two questions were expected')
    await ottilie.decide(first, 'confirm')
    const before = await seen()
    expect(before).toEqual({ open: ['openalex'], mine: ['crossref'], acts: 1 })

    const [linked] = await run('works', 'link', second.workId, first.workId, '--role', 'version', ...because)
    expect(linked?.['works']).toHaveLength(1)
    expect(await seen()).toEqual({ open: [], mine: ['crossref+openalex'], acts: 1 })

    const explained = await run('explain', 'record', 'openalex:W77')
    expect(explained.find(({ owner }) => owner === 'matcher')?.['constraints']).toMatchObject([
      { kind: 'must', role: { role: 'version' }, ruling: { by: 'tester', as: 'admin', reason: because[1] } },
    ])

    const work = worksIn(linked)[0]?.workId ?? ''
    const [cut] = await run('works', 'cut', work, 'openalex:W77', ...because)
    expect(cut?.['works']).toHaveLength(2)
    expect(await seen()).toEqual(before)

    // Withdrawn, the cut has never been: the link stands again.
    const rulingId = rulingIn(cut)
    await run('works', 'withdraw', rulingId, ...because)
    expect(await seen()).toEqual({ open: [], mine: ['crossref+openalex'], acts: 1 })
    const rulings = await run('works', 'rulings', first.workId)
    expect(rulings.map(({ kind, inForce }) => [kind, inForce])).toEqual([
      ['withdraw', false],
      ['cut', false],
      ['link', true],
    ])
  })

  it('and the checker finds nothing', async () => {
    const results = await checkDeployment(test.current.deployment)
    expect(results.filter(({ state }) => state === 'broken').map(resultLine)).toEqual([])
  })
})

function worksIn(answer: Record<string, unknown> | undefined): readonly { readonly workId: string }[] {
  return (answer?.['works'] ?? []) as { workId: string }[]
}

function rulingIn(answer: Record<string, unknown> | undefined): string {
  return ((answer?.['ruling'] ?? {}) as { rulingId?: string }).rulingId ?? ''
}

function crossref(doi: string, title: string, year: number) {
  return {
    DOI: doi,
    type: 'journal-article',
    title: [title],
    'container-title': ['Journal of Made-up Hydrology'],
    issued: { 'date-parts': [[year, 5, 17]] },
    author: [
      {
        given: 'Ottilie',
        family: 'Quennell',
        sequence: 'first',
        ORCID: 'http://orcid.org/0000-0000-0000-1231',
        affiliation: [],
      },
      { given: 'Barnaby', family: 'Thrupp', sequence: 'additional', affiliation: [] },
    ],
    publisher: 'Made-up Press',
    indexed: { 'date-time': '2026-03-01T10:00:00Z', 'date-parts': [[2026, 3, 1]], timestamp: 1772359200000 },
  }
}

function openalex(id: string, doi: string, title: string, year: number) {
  const author = (name: string, position: string, orcid: string | null) => ({
    author_position: position,
    author: { id: null, display_name: name, orcid },
    institutions: [],
    raw_author_name: name,
    raw_affiliation_strings: [],
  })
  return {
    id: `https://openalex.org/${id}`,
    doi: `https://doi.org/${doi}`,
    title,
    display_name: title,
    publication_year: year,
    publication_date: `${year}-03-02`,
    type: 'article',
    language: 'en',
    authorships: [
      author('Ottilie Quennell', 'first', 'https://orcid.org/0000-0000-0000-1231'),
      author('Barnaby Thrupp', 'last', null),
    ],
    updated_date: '2026-03-01T10:00:00.000000',
  }
}
