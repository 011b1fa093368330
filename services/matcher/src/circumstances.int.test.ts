import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMatcher } from './testing/a-matcher.ts'
import { anAnswer, aProfile, aRecord, uuidOf } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const NAME = 'Jonas Martin'
const cite = (doi: string) => ({ scheme: 'doi', value: doi, raw: null })
const paidBy = (...awards: readonly string[]) => ({ name: 'Agence Nationale', identifiers: [], awards })

function aWork(sourceId: string, adds: Partial<RecordSnapshot>, source = 'crossref'): RecordSnapshot {
  return aRecord({ source, sourceId, doi: `10.5555/${sourceId}`, authors: [NAME], adds })
}

const known = aWork('known', {
  language: 'hu',
  references: [cite('10.5555/a'), cite('10.5555/b')],
  funders: [paidBy('ANR-10-LABX-0045')],
})
const later = aWork('later', {
  language: 'hu',
  references: [cite('10.5555/known'), cite('10.5555/a'), cite('10.5555/b')],
  funders: [paidBy('ANR 10 LABX 0045')],
})
const earlier = aWork('a', { language: 'fr', references: [cite('10.5555/x')], funders: [paidBy()] })
// Another source of the earlier one knows what it cites, and says nothing else.
const again = aWork('a', { language: null, references: [cite('10.5555/b')] }, 'openalex')

beforeAll(async () => {
  await matcher.profiles(aProfile({ id: 'p', names: [NAME] }))
  await matcher.records(known, later, earlier, again)
  await matcher.settle()
  await matcher.acts(anAnswer('p', 1, 'confirm', known))
  await matcher.settle()
})

async function reasonsOf({ title }: RecordSnapshot): Promise<Readonly<Record<string, string | null>>> {
  const { rows } = await database.query<{ reasons: { level: string; details: string | null }[] }>(
    "select content->'reasons' as reasons from candidates where profile_id = $1 and content->>'title' = $2 and not withdrawn",
    [uuidOf('p'), title],
  )
  return Object.fromEntries((rows[0]?.reasons ?? []).map(({ level, details }) => [level, details]))
}

test('what a work cites, its language and who paid for it speak for somebody of whom a work is known', async () => {
  expect(await reasonsOf(later)).toMatchObject({
    'citation: one': 'known works that it cites or is cited by: 1',
    'references: few': 'works cited by both: 2',
    'language: same': 'hu, known hu',
    'funding: award': 'anr10labx0045',
  })
})

test('to be cited counts, too; another language and another list of references count against it', async () => {
  const reasons = await reasonsOf(earlier)
  expect(reasons).toMatchObject({
    'citation: one': 'known works that it cites or is cited by: 1',
    'language: other': 'fr, known hu',
    'funding: funder': 'agence nationale',
  })
  // Of all its records together.
  expect(reasons['references: one']).toBe('works cited by both: 1')
})
