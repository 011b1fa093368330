import { createHash } from 'node:crypto'
import { candidateIdOf, recordIdOf, uuidv5 } from '@atlas/identifiers'
import { TOPICS, type TopicName } from '@atlas/schemas'
import type { ActRow, Dumps, Message, Progress, ReadRow, ServiceName } from '../dumps.ts'
import type { History } from '../history.ts'
import { commandKeyOf } from '../invariants/acts.ts'
import { hashOf } from '../invariants/chain.ts'

/** The same, to be spoilt. */
export type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> }

const id = (name: string) => uuidv5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', name)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

export const [ADA, BEN] = [id('ada'), id('ben')]
export const [SLOT_1, SLOT_2] = [id('slot 1'), id('slot 2')]
const WORK = id('work')
const A = recordIdOf('crossref', '10.5555/a')
const B = recordIdOf('hal', 'hal-1')
/** Ada has confirmed the first slot, Ben has rejected it; a rule has confirmed Ben on the second. */
export const [ADA_1, BEN_1, BEN_2] = [
  candidateIdOf(SLOT_1, ADA),
  candidateIdOf(SLOT_1, BEN),
  candidateIdOf(SLOT_2, BEN),
] as const

const ACT: Omit<ActRow, 'chainSeq' | 'id' | 'profileId' | 'seq' | 'questionRef' | 'prevHash' | 'hash'> = {
  questionVersion: 1,
  kind: 'confirm',
  statusAfter: 'confirmed',
  flagsAfter: [],
  stateChanging: true,
  confidence: null,
  decidedAtMs: 1_000,
  actor: 'system',
  actorRole: null,
  onBehalfOf: null,
  via: 'api',
  batchId: null,
  supersedes: null,
  commandKey: null,
  candidateRevision: 20,
  score: 0.9,
  modelVersion: 'm1',
  threshold: null,
  reason: null,
  keyId: id('key'),
  about: 'aa',
  private: null,
  clientKeyId: null,
  client: null,
  hashVersion: 1,
}

/** Links acts into a chain, as the database would have. */
export function chained(given: readonly Partial<ActRow>[]): ActRow[] {
  let prevHash = '0'.repeat(64)
  const seqs = new Map<string, number>()
  return given.map((fields, index) => {
    const chainSeq = index + 1
    const profileId = fields.profileId ?? ADA
    const seq = (seqs.get(profileId) ?? 0) + 1
    seqs.set(profileId, seq)
    const own = { chainSeq, id: id(`act ${chainSeq}`), profileId, seq, questionRef: id('none'), prevHash, hash: '' }
    const act: ActRow = { ...ACT, ...own, ...fields }
    prevHash = hashOf(act)
    return { ...act, hash: prevHash }
  })
}

export const refOf = (candidateId: string) => id(`ref ${candidateId}`)
const byPerson = (profileId: string, key: string) => ({
  profileId,
  actor: profileId,
  actorRole: 'researcher',
  commandKey: commandKeyOf(profileId, key),
})
export const ACTS_GIVEN: readonly Partial<ActRow>[] = [
  { ...byPerson(ADA, 'k1'), questionRef: refOf(ADA_1) },
  { ...byPerson(BEN, 'k2'), questionRef: refOf(BEN_1), kind: 'reject', statusAfter: 'rejected', decidedAtMs: 2_000 },
  {
    profileId: BEN,
    questionRef: refOf(BEN_2),
    kind: 'auto_confirm',
    statusAfter: 'auto_confirmed',
    via: 'auto',
    decidedAtMs: 3_000,
  },
]

const OBJECTS: readonly (readonly [TopicName, string, string, number])[] = [
  ['records', A, 'crossref:10.5555/a', 1],
  ['records', B, 'hal:hal-1', 1],
  ['works', WORK, WORK, 10],
  ['candidates', ADA_1, ADA, 20],
  ['candidates', BEN_1, BEN, 21],
  ['candidates', BEN_2, BEN, 22],
  ['profiles', ADA, ADA, 1],
  ['profiles', BEN, BEN, 2],
  ['authorships', ADA_1, ADA, 30],
  ['authorships', BEN_2, BEN, 31],
]
const GROUPS: readonly (readonly [ServiceName, TopicName])[] = [
  ['matcher', 'records'],
  ['matcher', 'profiles'],
  ['matcher', 'acts'],
  ['verifier', 'works'],
  ['verifier', 'candidates'],
  ['verifier', 'profiles'],
  ['api', 'works'],
  ['api', 'candidates'],
  ['api', 'profiles'],
  ['api', 'acts'],
  ['api', 'authorships'],
]

/** A deployment in which every invariant has something to look at, and holds. One partition a topic is enough here. */
export function aSoundDeployment(): { dumps: Mutable<Dumps>; history: Mutable<History> } {
  const acts = chained(ACTS_GIVEN)
  const log = logOf(acts)
  const ends = Object.values(TOPICS).map(({ name }) => ({
    topic: name,
    partition: 0,
    high: log.filter(({ topic }) => topic === name).length,
  }))
  const dumps: Dumps = {
    ...recordsOf(),
    references: OBJECTS.map(([topic, objectId], index) => ({
      service: TOPICS[topic].producer as ServiceName,
      topic,
      objectId,
      xid: topic === 'records' ? String(101 + index) : '200',
      sent: true,
    })),
    facts: acts.map((act) => ({ topic: 'acts', eventId: act.id, key: act.profileId, seq: act.seq, sent: true })),
    owned: OBJECTS.map(([topic, objectId, , revision]) => ({ topic, objectId, revision })),
    stored: GROUPS.flatMap(([service, of]) =>
      OBJECTS.filter(([topic]) => topic === of).map(([topic, objectId, , revision]) => ({
        group: `${service}.${topic}.v1`,
        topic,
        objectId,
        revision,
      })),
    ),
    applied: ['matcher.acts.v1', 'api.acts.v1'].flatMap((group) =>
      acts.map(({ profileId, seq }) => ({ group, topic: 'acts' as const, key: profileId, seq })),
    ),
    log,
    ends,
    progress: GROUPS.map(([service, topic]): Progress => {
      const nextOffset = ends.find((end) => end.topic === topic)?.high ?? 0
      const group = `${service}.${topic}.v1`
      return { service, group, topic, partition: 0, nextOffset, halted: null, committed: nextOffset }
    }),
    samples: { taken: 40, missed: 2, ahead: [], back: [] },
    quarantine: [],
    ...ruledOf(),
    ...matchedOf(),
    ...decidedOf(acts),
    readModel: readModelOf(log, acts),
    access: {
      tried: ['ingest', 'verifier'].flatMap((owner) =>
        ['ingest', 'verifier'].map((other) => ({
          role: `${owner}_app`,
          database: `${other}_db`,
          own: owner === other,
          connected: owner === other,
          detail: '',
        })),
      ),
      actsOpenTo: [],
      weakTriggers: [],
    },
  }
  return {
    dumps: structuredClone(dumps) as Mutable<Dumps>,
    history: structuredClone(historyOf(acts)) as Mutable<History>,
  }
}

function recordsOf(): Pick<Dumps, 'rawRecords' | 'heads' | 'recordStates'> {
  const row = { class: 'first', publishedVersion: 1, recent: true, rawVersion: 1 } as const
  const bytes = (text: string) => ({ checksum: sha256(text), actual: sha256(text) })
  return {
    rawRecords: [
      { ...row, recordId: A, source: 'crossref', sourceId: '10.5555/a', ...bytes('a1'), xid: '101' },
      {
        ...row,
        recordId: A,
        source: 'crossref',
        sourceId: '10.5555/a',
        rawVersion: 2,
        ...bytes('a2'),
        class: 'cosmetic',
        publishedVersion: null,
        xid: '103',
      },
      { ...row, recordId: B, source: 'hal', sourceId: 'hal-1', ...bytes('b1'), xid: '102' },
    ],
    heads: [
      { recordId: A, version: 1, rawVersions: 2 },
      { recordId: B, version: 1, rawVersions: 1 },
    ],
    recordStates: [
      { recordId: A, version: 1, state: 'matched', candidates: 3 },
      { recordId: B, version: 1, state: 'unmatched', candidates: 0 },
    ],
  }
}

/** Cut from each other; that they were linked before is withdrawn. */
function ruledOf(): Pick<Dumps, 'liveWorks' | 'rulings' | 'constraints' | 'ruledMembers'> {
  const [link, withdrawal, cut] = [id('link'), id('withdrawal'), id('cut')]
  const [recordA = '', recordB = ''] = [A, B].sort()
  const none = { headA: null, headB: null, withdraws: null }
  return {
    liveWorks: 2,
    rulings: [
      { rulingId: link, kind: 'link', sideA: [A], sideB: [B], headA: A, headB: B, withdraws: null },
      { ...none, rulingId: withdrawal, kind: 'withdraw', sideA: [], sideB: [], withdraws: link },
      { ...none, rulingId: cut, kind: 'cut', sideA: [B], sideB: [A] },
    ],
    constraints: [{ recordA, recordB, kind: 'cannot', rulingId: cut }],
    ruledMembers: [
      { recordId: A, workId: id('work of A') },
      { recordId: B, workId: id('work of B') },
    ],
  }
}

const CLAIMS = [
  { candidateId: ADA_1, slotId: SLOT_1, profileId: ADA, withdrawn: false, recordIds: [A] },
  { candidateId: BEN_1, slotId: SLOT_1, profileId: BEN, withdrawn: false, recordIds: [A] },
  { candidateId: BEN_2, slotId: SLOT_2, profileId: BEN, withdrawn: false, recordIds: [A] },
]
const STATUSES = ['confirmed', 'rejected', 'auto_confirmed']

function matchedOf(): Pick<Dumps, 'candidates' | 'questions'> {
  return {
    candidates: CLAIMS,
    questions: CLAIMS.map((claim, index) => ({
      ...claim,
      questionRef: refOf(claim.candidateId),
      status: STATUSES[index] ?? '',
      version: 1,
      flags: [],
    })),
  }
}

function decidedOf(
  acts: readonly ActRow[],
): Pick<Dumps, 'acts' | 'head' | 'actMentions' | 'slotMentions' | 'inactiveProfiles' | 'authorships' | 'answers'> {
  const [first, second, third] = acts.map((act) => act.id)
  const [one, two] = [id('mention 1'), id('mention 2')]
  return {
    acts,
    head: { chainSeq: acts.length, hash: acts.at(-1)?.hash ?? '' },
    actMentions: [
      { actId: first ?? '', mentionKey: one },
      { actId: second ?? '', mentionKey: one },
    ],
    slotMentions: [
      { slotId: SLOT_1, mentionKey: one, entryKey: one },
      { slotId: SLOT_2, mentionKey: two, entryKey: two },
    ],
    inactiveProfiles: [],
    authorships: [
      { authorshipId: ADA_1, state: 'verified', actId: first ?? '' },
      { authorshipId: BEN_2, state: 'verified', actId: third ?? '' },
    ],
    answers: [
      { principal: ADA, key: 'k1', status: 201, actId: first ?? '' },
      { principal: BEN, key: 'k2', status: 201, actId: second ?? '' },
    ],
  }
}

function logOf(acts: readonly ActRow[]): readonly Message[] {
  const offsets = new Map<TopicName, number>()
  const place = (topic: TopicName) => {
    const offset = offsets.get(topic) ?? 0
    offsets.set(topic, offset + 1)
    return { topic, partition: 0, offset }
  }
  return [
    ...OBJECTS.map(([topic, objectId, key, number]) => {
      const eventId = id(`${topic} ${objectId} ${number}`)
      return { ...place(topic), key, eventId, objectId, number }
    }),
    ...acts.map((act) => ({
      ...place('acts'),
      key: act.profileId,
      eventId: act.id,
      objectId: act.id,
      number: act.seq,
    })),
  ]
}

function readModelOf(log: readonly Message[], acts: readonly ActRow[]): Dumps['readModel'] {
  const shown = log.filter(({ topic }) => topic !== 'records')
  return {
    questions: CLAIMS.map(({ candidateId }, index) => ({
      candidateId,
      revision: 20 + index,
      status: STATUSES[index] ?? '',
      version: acts[index]?.questionVersion ?? 0,
      flags: [],
    })),
    contents: shown.map(({ topic, objectId, number }) => ({ topic, objectId: objectId ?? '', content: { number } })),
    rebuilt: {
      shown: shown.flatMap(rowOf),
      anew: shown.toReversed().flatMap(rowOf),
    },
    told: shown.map(({ topic, objectId, number }) => ({
      topic,
      objectId: objectId ?? '',
      content: { number, more: 'than is stored' },
    })),
  }
}

const TABLES: Readonly<Partial<Record<TopicName, ReadRow['kind']>>> = {
  works: 'work',
  candidates: 'question',
  profiles: 'profile',
  acts: 'act',
  authorships: 'authorship',
}

function rowOf({ topic, objectId, number }: Message): readonly ReadRow[] {
  const kind = TABLES[topic]
  return kind === undefined || objectId === null ? [] : [{ kind, id: objectId, text: `{"number": ${number}}` }]
}

function historyOf(acts: readonly ActRow[]): History {
  const pushed = (client: string, source: string, texts: readonly string[]) => ({
    client,
    key: client,
    asked: { source, checksums: texts.map(sha256) },
  })
  const receipt = (act: ActRow | undefined) => act && { actId: act.id, chainSeq: act.chainSeq, hash: act.hash }
  const ada = { client: 'ada', key: 'k1', asked: { profileId: ADA, candidateId: ADA_1, decision: 'confirm' } }
  const ben = { client: 'ben', key: 'k2', asked: { profileId: BEN, candidateId: BEN_1, decision: 'reject' } }
  return {
    pushes: [
      { ...pushed('one', 'crossref', ['a1', 'no record']), end: 'ok', answered: { outcomes: ['stored', 'refused'] } },
      { ...pushed('two', 'crossref', ['a2']), end: 'info', answered: undefined },
      { ...pushed('three', 'hal', ['b1', 'b1']), end: 'ok', answered: { outcomes: ['stored', 'duplicate'] } },
    ],
    acts: [
      { ...ada, end: 'info', answered: undefined },
      { ...ada, end: 'ok', answered: receipt(acts[0]) },
      { ...ben, end: 'ok', answered: receipt(acts[1]) },
      { ...ben, key: 'k3', end: 'fail', answered: undefined },
      { ...ben, key: 'k4', end: 'info', answered: undefined },
    ],
  }
}
