import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { explainCandidate } from './explain.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { anAnswer, aProfile, aRecord, uuidOf } from './testing/a-world.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const NAME = 'Zbigniew Wojciechowskyj'
const record = aRecord({
  sourceId: 'W',
  year: 2021,
  venue: 'Annals of Ice',
  authors: [{ name: NAME, affiliation: 'Collegium Borealis' }, 'Z. Wojciechowskyj', 'Oluwaseun Adeyemi-Babatunde'],
})
const earlier = aRecord({ sourceId: 'V', year: 2019, authors: [NAME, 'Oluwaseun Adeyemi-Babatunde'] })

const explainAll = async () => {
  const { rows } = await database.query<{ candidate_id: string }>(
    'select candidate_id from candidates where not withdrawn order by 1',
  )
  return Promise.all(rows.map(async ({ candidate_id }) => (await explainCandidate(database, candidate_id))!))
}

beforeAll(async () => {
  await matcher.records(record, earlier)
  await matcher.profiles(
    aProfile({ id: 'p', names: [NAME], affiliation: 'Collegium Borealis' }),
    aProfile({ id: 'q', names: ['Z. Wojciechowskyj'] }),
    aProfile({ id: 'r', names: ['Zbigniew K. Wojciechowskyj'] }),
  )
  await matcher.acts(anAnswer('p', 1, 'confirm', earlier))
  await matcher.settle()
})

describe('the waterfall of a candidate', () => {
  test('adds up from the prior to the score that is published', async () => {
    const explained = await explainAll()
    expect(explained.length).toBeGreaterThan(1)
    for (const { candidate, waterfall } of explained) {
      const { evidence, settlement, logOdds, probability, score } = waterfall!
      expect(evidence[0]).toMatchObject({ step: 'prior' })
      let sum = 0
      for (const step of [...evidence, ...settlement]) {
        sum += step.weight
        expect(step.sum).toBeCloseTo(sum, 8)
      }
      expect(evidence.at(-1)?.sum).toBe(logOdds)
      expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(probability, 8)
      expect(score).toBe(Math.round(probability * 100) / 100)
      // The same numbers as in the message.
      expect({ logOdds, score }).toEqual({ logOdds: candidate.logOdds, score: candidate.score })
      expect(evidence.map(({ step, weight }) => [step, weight])).toEqual(
        candidate.reasons.map(({ level, weight }) => [level, weight]),
      )
    }
  })

  test('tells of the rivals, and of the other slots that the person could be', async () => {
    const own = (await explainAll()).find(
      ({ candidate }) => candidate.profileId === uuidOf('p') && candidate.title === record.title,
    )
    expect(own?.waterfall?.rivals.map(({ id }) => id).sort()).toEqual([uuidOf('q'), uuidOf('r')].sort())
    expect(own?.waterfall?.otherSlots).toHaveLength(1)
    const details = own?.waterfall?.evidence.flatMap(({ details }) => details ?? [])
    expect(details).toContain('Oluwaseun Adeyemi-Babatunde')
  })

  test('is none once the two sides meet no more', async () => {
    const [first] = await explainAll()
    await matcher.profiles(
      ...['p', 'q', 'r'].map((id) => aProfile({ id, revision: 2, names: ['Thjodhildur Sigurbjornsdottir'] })),
    )
    await matcher.settle()
    const explained = await explainCandidate(database, first!.candidate.candidateId)
    expect(explained).toMatchObject({ waterfall: null, candidate: { withdrawn: true } })
  })
})
