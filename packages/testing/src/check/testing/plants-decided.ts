import type { Dumps } from '../dumps.ts'
import type { History } from '../history.ts'
import { ACTS_GIVEN, BEN, BEN_1, BEN_2, chained, type Mutable, refOf, SLOT_1 } from './a-sound-deployment.ts'
import { aside, first, type Planted } from './plant.ts'

/** Breaches of what is said of acts, what follows from them, rights and quarantine. */
export const PLANTS_DECIDED: readonly Planted[] = [
  [
    'V13',
    'a receipt names an act that is not there',
    (_dumps, { acts }) => {
      const { answered } = first(acts, ({ answered }) => answered !== undefined)
      if (answered) answered.actId = 'lost'
    },
  ],
  [
    'V13',
    'a receipt names another hash',
    (_dumps, { acts }) => {
      const { answered } = first(acts, ({ answered }) => answered !== undefined)
      if (answered) answered.hash = 'c'.repeat(64)
    },
  ],
  [
    'V14',
    'a refused act is there',
    (_dumps, history) => {
      for (const act of history.acts) if (act.key === 'k2') Object.assign(act, { end: 'fail', answered: undefined })
    },
  ],
  [
    'V14',
    'an act is there that nobody asked for',
    (_dumps, history) => {
      history.acts = history.acts.filter(({ key }) => key !== 'k2')
    },
  ],
  [
    'V15',
    'a status is not what the last act says',
    (dumps) => {
      const question = first(dumps.questions, ({ candidateId }) => candidateId === BEN_1)
      const shown = first(dumps.readModel.questions, ({ candidateId }) => candidateId === BEN_1)
      question.status = shown.status = 'pending'
    },
  ],
  [
    'V15',
    'a version counts more than the acts',
    (dumps) => {
      first(dumps.questions).version = 2
      first(dumps.readModel.questions).version = 2
    },
  ],
  [
    'V15',
    'an act of a person no longer bears on its slot',
    (dumps) => {
      // His act is of a mention that is in the second slot now, where he stands confirmed.
      const mention = first(dumps.slotMentions, ({ slotId }) => slotId === SLOT_1)
      dumps.slotMentions = [{ ...mention, slotId: first(dumps.candidates, (c) => c.candidateId === BEN_2).slotId }]
    },
  ],
  [
    'V16',
    'two acts of a question have one version',
    (dumps, history) => {
      const [one = {}, two = {}, three = {}] = ACTS_GIVEN
      retell(dumps, history, [one, two, three, { ...three, stateChanging: false, questionVersion: 4 }])
      addFact(dumps)
    },
  ],
  [
    'V16',
    'an act was decided before the one before it',
    (dumps, history) => {
      const [one = {}, two = {}, three = {}] = ACTS_GIVEN
      retell(dumps, history, [one, two, three, { ...three, stateChanging: false, decidedAtMs: 1 }])
      addFact(dumps)
    },
  ],
  [
    'V17',
    'a rule speaks after a person',
    (dumps, history) => {
      const [one = {}, two = {}, three = {}] = ACTS_GIVEN
      retell(dumps, history, [
        one,
        two,
        three,
        { ...three, questionRef: refOf(BEN_1), kind: 'auto_reject', statusAfter: 'auto_rejected', questionVersion: 2 },
      ])
      addFact(dumps)
      const question = first(dumps.questions, ({ candidateId }) => candidateId === BEN_1)
      // The fold of what persons say is V15's: it must not be what shows this.
      dumps.slotMentions = dumps.slotMentions.filter(({ slotId }) => slotId !== SLOT_1)
      Object.assign(question, { status: 'auto_rejected', version: 2 })
      Object.assign(
        first(dumps.readModel.questions, ({ candidateId }) => candidateId === BEN_1),
        { status: 'auto_rejected', version: 2 },
      )
    },
  ],
  [
    'V18',
    'an act was changed',
    (dumps) => {
      first(dumps.acts).reason = 'another'
    },
  ],
  [
    'V18',
    'the head is not the last act',
    (dumps) => {
      dumps.head.hash = 'b'.repeat(64)
    },
  ],
  [
    'V18',
    'two acts were swapped',
    (dumps) => {
      const [, two, three] = dumps.acts
      if (two && three) [two.prevHash, three.prevHash] = [three.prevHash, two.prevHash]
    },
  ],
  [
    'V21',
    'what stands confirmed has no authorship',
    (dumps) => {
      first(dumps.authorships).state = 'retracted'
    },
  ],
  [
    'V21',
    'an authorship points to no act',
    (dumps) => {
      first(dumps.authorships).actId = 'none'
    },
  ],
  [
    'V22',
    'the read model shows another status',
    (dumps) => {
      first(dumps.readModel.questions).status = 'pending'
    },
  ],
  [
    'V22',
    'the read model lacks an object',
    (dumps) => {
      dumps.readModel.contents.pop()
    },
  ],
  [
    'V22',
    'the read model has an object that nobody told of',
    (dumps) => {
      dumps.readModel.contents.push({ topic: 'works', objectId: 'nobody', content: {} })
    },
  ],
  [
    'V22',
    'the read model says something else',
    (dumps) => {
      first(dumps.readModel.contents).content = { number: 77 }
    },
  ],
  [
    'V22',
    'a claim is shown at an older revision',
    (dumps) => {
      first(dumps.readModel.questions).revision = 1
    },
  ],
  [
    'V22',
    'a rebuild makes something else of an object',
    ({ readModel }) => {
      first(readModel.rebuilt?.anew ?? []).text = '{"number": 77}'
    },
  ],
  [
    'V22',
    'a rebuild lacks what is shown',
    ({ readModel }) => {
      readModel.rebuilt?.anew.pop()
    },
  ],
  [
    'V22',
    'a rebuild makes a row that is not shown',
    ({ readModel }) => {
      readModel.rebuilt?.shown.pop()
    },
  ],
  [
    'V23',
    "a role can connect to another's database",
    (dumps) => {
      first(dumps.access.tried, ({ own }) => !own).connected = true
    },
  ],
  [
    'V23',
    'a role cannot connect to its own',
    (dumps) => {
      first(dumps.access.tried, ({ own }) => own).connected = false
    },
  ],
  ['V23', 'acts are open', (dumps) => void dumps.access.actsOpenTo.push('verifier_app may delete verification_acts')],
  ['V23', 'a trigger sleeps', (dumps) => void dumps.access.weakTriggers.push('no_change on verification_acts')],
  [
    'V14 V25',
    'one key had two effects',
    (dumps, history) => {
      const [one = {}, two = {}, three = {}] = ACTS_GIVEN
      retell(dumps, history, [one, two, three, { ...two, stateChanging: false, decidedAtMs: 4_000 }])
      addFact(dumps)
    },
  ],
  [
    'V25',
    'an answer was kept of an act that is not its effect',
    (dumps) => {
      first(dumps.answers).actId = first(dumps.acts, ({ profileId }) => profileId === BEN).id
    },
  ],
  [
    'V28',
    'something lies in quarantine that nobody poisoned',
    (dumps) => {
      dumps.quarantine.push(aside('bad_key'))
    },
  ],
  [
    'V28',
    'something lies there with a code nobody knows',
    (dumps) => {
      dumps.quarantine.push(aside('who_knows'))
    },
  ],
]

/** Replaces the chain by one whose hashes are right: only what the acts say is wrong. */
function retell(dumps: Mutable<Dumps>, history: Mutable<History>, acts: Parameters<typeof chained>[0]): void {
  dumps.acts = chained(acts) as Mutable<Dumps>['acts']
  const last = dumps.acts.at(-1)
  dumps.head = { chainSeq: dumps.acts.length, hash: last?.hash ?? '' }
  for (const { answered } of history.acts) {
    const act = dumps.acts.find(({ id }) => id === answered?.actId)
    if (answered && act) Object.assign(answered, { chainSeq: act.chainSeq, hash: act.hash })
  }
}

/** The last act has been sent, told and applied like the others. */
function addFact(dumps: Mutable<Dumps>): void {
  const act = dumps.acts.at(-1)
  if (!act) return
  const { id, profileId, seq } = act
  dumps.facts.push({ topic: 'acts', eventId: id, key: profileId, seq, sent: true })
  dumps.log.push({ topic: 'acts', partition: 0, offset: 3, key: profileId, eventId: id, objectId: id, number: seq })
  first(dumps.ends, ({ topic }) => topic === 'acts').high = 4
  for (const row of dumps.progress) if (row.topic === 'acts') row.nextOffset = row.committed = 4
  for (const group of ['matcher.acts.v1', 'api.acts.v1'])
    dumps.applied.push({ group, topic: 'acts', key: profileId, seq })
  dumps.readModel.contents.push({ topic: 'acts', objectId: id, content: { number: seq } })
  dumps.readModel.told.push({ topic: 'acts', objectId: id, content: { number: seq } })
}
