import { openDatabase } from '@atlas/runtime'
import { aDatabase, aDatabaseConfig, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { DIGEST_ENTITIES, digestOf } from '../store/digest.ts'
import { findQuestion } from '../store/read-questions.ts'
import { saveStandings } from '../store/save-questions.ts'
import { aCandidate, anAct, anAuthorship, aProfile, aWork, idOf } from '../testing/messages.ts'
import { type AnyMessage, project, receive } from '../testing/project.ts'
import { projectActs, projectCandidates, projectWorks } from './project.ts'

const database = await aDatabase('api')
beforeEach(async () => {
  await database.query('select empty_read_model()')
})

const digest = async () => Promise.all(DIGEST_ENTITIES.map((entity) => digestOf(database, entity)))
const question = async (profile: string, slot: string) =>
  (await findQuestion(database, idOf(profile), aCandidate(profile, slot).candidateId)) as
    | { status: string; version: number; flags: string[]; revision: number; work: unknown }
    | undefined

/** A short history: three states of a work, two claims of which one is withdrawn and claimed again, six acts. */
const HISTORY: readonly AnyMessage[] = [
  ...[1, 2, 3].map((revision) => ({
    topic: 'works' as const,
    value: aWork('w', ['a', 'b'].slice(0, revision), { revision }),
  })),
  { topic: 'works', value: aWork('v', ['c'], { revision: 9 }) },
  ...[1, 2].map((revision) => ({ topic: 'profiles' as const, value: aProfile('p', { revision }) })),
  { topic: 'candidates', value: aCandidate('p', 'a', { revision: 4 }) },
  { topic: 'candidates', value: aCandidate('p', 'a', { revision: 5, withdrawn: true }) },
  { topic: 'candidates', value: aCandidate('p', 'b', { revision: 6, score: 0.6 }) },
  { topic: 'candidates', value: aCandidate('p', 'c', { revision: 7, withdrawn: true }) },
  { topic: 'acts', value: anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1 }) },
  { topic: 'acts', value: anAct('p', 'b', 2, { statusAfter: 'rejected', questionVersion: 1 }) },
  {
    topic: 'acts',
    value: anAct('p', 'a', 3, {
      statusAfter: 'confirmed',
      questionVersion: 1,
      flagsAfter: ['review_suggested'],
      stateChanging: false,
      kind: 'flag',
    }),
  },
  { topic: 'acts', value: anAct('p', 'b', 4, { statusAfter: 'pending', questionVersion: 2, kind: 'reopen' }) },
  { topic: 'acts', value: anAct('p', 'b', 5, { statusAfter: 'uncertain', questionVersion: 3, kind: 'uncertain' }) },
  { topic: 'authorships', value: anAuthorship('p', 'a', { revision: 1 }) },
  { topic: 'authorships', value: anAuthorship('p', 'b', { revision: 2 }) },
  { topic: 'authorships', value: anAuthorship('p', 'b', { revision: 3, state: 'retracted' }) },
]

describe('the read model', () => {
  it('is the same in whatever order the topics arrive, with every message as often as it likes', async () => {
    await project(database, ...HISTORY)
    const wanted = await digest()
    expect(wanted.map(({ count }) => count)).toEqual([2, 3, 1, 5, 2])
    const twice = [...HISTORY, ...HISTORY]
    const order = fc.shuffledSubarray(twice, { minLength: twice.length, maxLength: twice.length })
    await fc.assert(
      fc.asyncProperty(order, async (messages) => {
        await database.query('select empty_read_model()')
        await project(database, ...messages)
        expect(await digest()).toEqual(wanted)
      }),
      { numRuns: 40 },
    )
  })

  it('tells of each message of a batch what became of it', async () => {
    const works = [aWork('w', ['a'], { revision: 2 }), aWork('w', ['a'], { revision: 1 }), aWork('v', ['b'])]
    const outcomes = async () => (await receive(database, projectWorks, works)).map(({ type }) => type)
    expect(await outcomes()).toEqual(['done', 'skipped', 'done'])
    expect(await outcomes()).toEqual(['skipped', 'skipped', 'skipped'])
  })

  it('has a digest that sees every change', async () => {
    await project(database, ...HISTORY)
    const before = await digest()
    for (const [index, table] of ['works', 'questions', 'profiles', 'acts', 'authorships'].entries()) {
      await database.query(
        `update ${table} set content = content || '{"x":1}' where ctid in (select ctid from ${table} limit 1)`,
      )
      const after = await digest()
      expect(after.map(({ sum }, at) => sum !== before[at]?.sum)).toEqual(before.map((_, at) => at <= index))
    }
  })
})

describe('how a question stands', () => {
  it.each([
    { history: 'claimed', status: 'pending', version: 0 },
    { history: 'claimed withdrawn', status: 'expired', version: 0 },
    { history: 'claimed withdrawn claimed', status: 'pending', version: 0 },
    { history: 'claimed confirmed', status: 'confirmed', version: 1 },
    { history: 'confirmed claimed', status: 'confirmed', version: 1 },
    { history: 'claimed confirmed withdrawn', status: 'confirmed', version: 1 },
    { history: 'claimed confirmed rejected', status: 'rejected', version: 2 },
    { history: 'claimed withdrawn confirmed', status: 'confirmed', version: 1 },
    { history: 'claimed auto_confirmed withdrawn expired', status: 'expired', version: 2 },
    { history: 'claimed confirmed merged withdrawn', status: 'merged', version: 2 },
  ])('$history: $status, version $version', async ({ history, status, version }) => {
    await project(database, { topic: 'works', value: aWork('w', ['a']) })
    let revision = 0
    let seq = 0
    for (const step of history.split(' ')) {
      if (step === 'claimed' || step === 'withdrawn')
        await project(database, {
          topic: 'candidates',
          value: aCandidate('p', 'a', { revision: ++revision, withdrawn: step === 'withdrawn' }),
        })
      else
        await project(database, {
          topic: 'acts',
          value: anAct('p', 'a', ++seq, { statusAfter: step, questionVersion: seq }),
        })
    }
    expect(await question('p', 'a')).toMatchObject({ status, version })
  })

  it('is not there before it was claimed, and knows its answer by then', async () => {
    await project(database, {
      topic: 'acts',
      value: anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1 }),
    })
    expect(await question('p', 'a')).toBeUndefined()
    await project(database, { topic: 'candidates', value: aCandidate('p', 'a') })
    expect(await question('p', 'a')).toMatchObject({ status: 'confirmed', version: 1, work: null })
  })

  it('takes the answer its owner gave at once, and the act when it comes; an act from before changes nothing', async () => {
    await project(database, { topic: 'candidates', value: aCandidate('p', 'a') })
    const answer = { candidateId: aCandidate('p', 'a').candidateId, profileId: idOf('p'), seq: 0 }
    await saveStandings(database, [{ ...answer, version: 2, status: 'rejected', flags: [] }])
    await project(database, {
      topic: 'acts',
      value: anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1 }),
    })
    expect(await question('p', 'a')).toMatchObject({ status: 'rejected', version: 2, flags: [] })
    const flagged = { statusAfter: 'rejected', questionVersion: 2, flagsAfter: ['conflict'] }
    await project(database, { topic: 'acts', value: anAct('p', 'a', 2, { ...flagged }) })
    expect(await question('p', 'a')).toMatchObject({ status: 'rejected', version: 2, flags: ['conflict'] })
    await saveStandings(database, [{ ...answer, version: 2, status: 'rejected', flags: [] }])
    expect(await question('p', 'a')).toMatchObject({ flags: ['conflict'] })
  })

  it('needs no act that nobody can read any more', async () => {
    const erased = anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1, about: null })
    await project(database, { topic: 'candidates', value: aCandidate('p', 'a') }, { topic: 'acts', value: erased })
    expect(await question('p', 'a')).toMatchObject({ status: 'pending', version: 0 })
  })
})

describe('two members at once', () => {
  it('a claim and an act about it never miss each other', async () => {
    const other = openDatabase(await aDatabaseConfig('api'), quiet)
    afterAll(() => other.close())
    for (let round = 0; round < 20; round++) {
      const slots = Array.from({ length: 10 }, (_, i) => `${round} ${i}`)
      await Promise.all([
        receive(
          other,
          projectCandidates,
          slots.map((slot) => aCandidate('q', slot)),
        ),
        receive(
          other,
          projectActs,
          [...slots]
            .reverse()
            .map((slot, i) => anAct('q', slot, round * 10 + i + 1, { statusAfter: 'confirmed', questionVersion: 1 })),
        ),
      ])
    }
    const { rows } = await other.query<{ status: string; n: number }>(
      'select status, count(*) as n from questions where revision > 0 group by status',
    )
    expect(rows).toEqual([{ status: 'confirmed', n: 200 }])
  })
})

it('a byline of 5,000 is kept, and shown to its hundredth name and to mine', async () => {
  const names = Array.from({ length: 5_000 }, (_, i) => `author ${i}`)
  await project(
    database,
    { topic: 'works', value: aWork('w', names) },
    { topic: 'candidates', value: aCandidate('p', 'author 4321') },
  )
  const found = await question('p', 'author 4321')
  const byline = (found!.work as { byline: { position: number; slotId: string }[] }).byline
  expect(byline.map(({ position }) => position)).toEqual([...Array.from({ length: 100 }, (_, i) => i + 1), 4_322])
  expect(byline.at(-1)?.slotId).toBe(idOf('author 4321'))
})

it('what is sealed does not leave its owner', async () => {
  await project(database, {
    topic: 'acts',
    value: anAct('p', 'a', 1, { statusAfter: 'confirmed', questionVersion: 1, commandKey: 'canary key' }),
  })
  const { rows } = await database.query<{ text: string }>('select content::text as text from acts')
  expect(rows[0]?.text).not.toMatch(/sealed|canary/i)
})
