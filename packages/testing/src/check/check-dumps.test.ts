import { describe, expect, it } from 'vitest'
import { checkDumps, INVARIANTS } from './check-dumps.ts'
import { type Dumps, NO_SAMPLES } from './dumps.ts'
import { type History, NO_HISTORY } from './history.ts'
import { commandKeyOf } from './invariants/acts.ts'
import { ADA, aSoundDeployment, BEN } from './testing/a-sound-deployment.ts'
import { aside, first } from './testing/plant.ts'
import { PLANTS_DECIDED } from './testing/plants-decided.ts'
import { PLANTS_STORED } from './testing/plants-stored.ts'

const broken = (dumps: Dumps, history: History) =>
  checkDumps(dumps, history, { poisons: 0 })
    .filter(({ state }) => state !== 'holds')
    .map(({ id }) => id)

const PLANTS = [...PLANTS_STORED, ...PLANTS_DECIDED]

describe('the checker', () => {
  it('finds nothing in a sound deployment, and has looked at something for every invariant', () => {
    const { dumps, history } = aSoundDeployment()
    const results = checkDumps(dumps, history, { poisons: 0 })
    expect(results.filter(({ holds, looked }) => !holds || looked === 0)).toEqual([])
  })

  it.each(PLANTS)('%s is broken, and nothing else, when %s', (ids, _what, plant) => {
    const { dumps, history } = aSoundDeployment()
    plant(dumps, history)
    expect(broken(dumps, history)).toEqual(ids.split(' '))
  })

  it('knows a breach of every invariant', () => {
    const alone = new Set(PLANTS.map(([ids]) => ids))
    expect(INVARIANTS.filter(({ id }) => !alone.has(id))).toEqual([])
  })

  it('lets nothing hold that it has not looked at', () => {
    const results = checkDumps(NOTHING, NO_HISTORY)
    expect(results.filter(({ state }) => state !== 'not_looked')).toEqual([])
    expect(results.filter(({ holds }) => holds)).toEqual([])
  })

  it('says which invariants want a history of clients', () => {
    const { dumps } = aSoundDeployment()
    expect(broken(dumps, NO_HISTORY)).toEqual(['V01', 'V02', 'V13', 'V14'])
  })

  it('counts what is set aside as dealt with, and only that message', () => {
    const { dumps, history } = aSoundDeployment()
    first(dumps.stored, ({ group }) => group === 'api.works.v1').revision = 9
    dumps.quarantine.push({ ...aside('bad_key'), partition: 0, offset: 0 })
    expect(checkDumps(dumps, history, { poisons: 1 }).filter(({ holds }) => !holds)).toEqual([])
    first(dumps.quarantine).offset = 1
    expect(
      checkDumps(dumps, history, { poisons: 1 })
        .filter(({ holds }) => !holds)
        .map(({ id }) => id),
    ).toEqual(['V07'])
  })

  it('lets each who asks have his own keys', () => {
    expect(commandKeyOf(ADA, 'k1')).not.toBe(commandKeyOf(BEN, 'k1'))
  })
})

const NOTHING: Dumps = {
  rawRecords: [],
  heads: [],
  references: [],
  facts: [],
  owned: [],
  stored: [],
  applied: [],
  log: [],
  ends: [],
  progress: [],
  samples: NO_SAMPLES,
  quarantine: [],
  recordStates: [],
  liveWorks: 0,
  rulings: [],
  constraints: [],
  ruledMembers: [],
  candidates: [],
  questions: [],
  acts: [],
  head: { chainSeq: 0, hash: '0'.repeat(64) },
  actMentions: [],
  slotMentions: [],
  inactiveProfiles: [],
  authorships: [],
  answers: [],
  readModel: { questions: [], contents: [], told: [], rebuilt: undefined },
  access: { tried: [], actsOpenTo: [], weakTriggers: [] },
}
