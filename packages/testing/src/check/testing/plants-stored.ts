import { ADA, BEN } from './a-sound-deployment.ts'
import { first, type Planted } from './plant.ts'

/** Breaches of what is said of records, logs and candidates: one each, in an otherwise sound deployment. */
export const PLANTS_STORED: readonly Planted[] = [
  [
    'V01',
    'an acknowledged record is gone',
    (_dumps, { pushes }) => {
      first(pushes).answered = { outcomes: ['stored', 'kept'] }
    },
  ],
  [
    'V01',
    'one sending is kept twice',
    (dumps) => {
      const row = first(dumps.rawRecords, ({ source }) => source === 'hal')
      dumps.rawRecords.push({ ...row, rawVersion: 2, class: 'stale', publishedVersion: null })
    },
  ],
  [
    'V02',
    'a record is kept that nobody sent',
    (dumps) => {
      const row = first(dumps.rawRecords, ({ rawVersion }) => rawVersion === 2)
      row.checksum = row.actual = 'e'.repeat(64)
    },
  ],
  [
    'V02',
    'a refused line is kept',
    (dumps, { pushes }) => {
      const row = first(dumps.rawRecords, ({ rawVersion }) => rawVersion === 2)
      row.checksum = row.actual = first(pushes).asked.checksums[1] ?? ''
    },
  ],
  [
    'V03',
    'stored bytes have changed',
    (dumps) => {
      first(dumps.rawRecords).actual = 'd'.repeat(64)
    },
  ],
  [
    'V04',
    'a version was published without a reference',
    (dumps) => {
      first(dumps.rawRecords).xid = '999'
    },
  ],
  [
    'V05',
    'a fact was sent and never arrived',
    (dumps) => {
      dumps.facts.push({ topic: 'acts', eventId: 'gone', key: ADA, seq: 2, sent: true })
    },
  ],
  [
    'V05',
    'the newest state of an object was never sent',
    (dumps) => {
      first(dumps.owned, ({ topic }) => topic === 'records').revision = 2
    },
  ],
  [
    'V05',
    'an outbox has unsent rows',
    (dumps) => {
      first(dumps.references).sent = false
    },
  ],
  [
    'V06',
    'two acts of a profile are in the wrong order',
    (dumps) => {
      const [one, two] = dumps.log.filter(({ topic, key }) => topic === 'acts' && key === BEN)
      if (one && two) [one.offset, two.offset] = [two.offset, one.offset]
    },
  ],
  [
    'V06',
    'an older state follows a newer one for the first time',
    (dumps) => {
      const work = first(dumps.log, ({ topic }) => topic === 'works')
      dumps.log.push({ ...work, offset: 1, eventId: 'older', number: 9 })
      for (const row of dumps.progress) if (row.topic === 'works') row.nextOffset = row.committed = 2
      first(dumps.ends, ({ topic }) => topic === 'works').high = 2
    },
  ],
  [
    'V07',
    'a reader has an older state',
    (dumps) => {
      first(dumps.stored, ({ group }) => group === 'verifier.works.v1').revision = 9
    },
  ],
  [
    'V07',
    'a fact was applied twice',
    (dumps) => {
      dumps.applied.push({ ...first(dumps.applied) })
    },
  ],
  [
    'V07',
    'a fact was never applied',
    (dumps) => {
      dumps.applied.pop()
    },
  ],
  [
    'V07',
    'a message that cannot be read was passed over',
    (dumps) => {
      first(dumps.log, ({ topic }) => topic === 'records').objectId = null
      dumps.references.splice(0, 1)
      dumps.rawRecords.splice(0, 1, { ...first(dumps.rawRecords), recent: false })
    },
  ],
  [
    'V08',
    'an offset is ahead of its effects',
    (dumps) => {
      const row = first(dumps.progress)
      row.committed = row.nextOffset + 1
    },
  ],
  [
    'V08',
    'an offset was ahead of its effects for a while',
    ({ samples }) => {
      samples.ahead = [{ group: 'api.works.v1', partition: 0, committed: 3, nextOffset: 2 }]
    },
  ],
  [
    'V09',
    'a position went back and came again',
    ({ samples }) => {
      samples.back = [{ group: 'api.works.v1', partition: 0, before: 2, nextOffset: 1 }]
    },
  ],
  [
    'V09',
    'a log was not read to its end',
    (dumps) => {
      const row = first(dumps.progress)
      row.nextOffset -= 1
      row.committed = row.nextOffset
    },
  ],
  [
    'V09',
    'a partition is halted',
    (dumps) => {
      first(dumps.progress).halted = 'offset_gap'
    },
  ],
  [
    'V31',
    'a work holds what is cut',
    (dumps) => {
      for (const member of dumps.ruledMembers) member.workId = first(dumps.ruledMembers).workId
    },
  ],
  [
    'V31',
    'a constraint has no ruling',
    (dumps) => {
      first(dumps.rulings, ({ kind }) => kind === 'withdraw').withdraws = first(dumps.constraints).rulingId
    },
  ],
  [
    'V31',
    'a ruling has no constraint',
    (dumps) => {
      dumps.constraints.pop()
    },
  ],
  [
    'V10',
    'a published record has no terminal state',
    (dumps) => {
      dumps.recordStates.pop()
    },
  ],
  [
    'V10',
    'a terminal state is of an older version',
    (dumps) => {
      first(dumps.recordStates).version = 7
    },
  ],
  [
    'V10',
    'a new version was not published',
    (dumps) => {
      first(dumps.rawRecords, ({ rawVersion }) => rawVersion === 2).class = 'identity'
    },
  ],
  [
    'V11',
    'a record counts another number of candidates',
    (dumps) => {
      first(dumps.recordStates).candidates = 2
    },
  ],
  [
    'V11',
    'the verifier never heard of a withdrawal',
    (dumps) => {
      first(dumps.candidates).withdrawn = true
      first(dumps.recordStates).candidates = 2
    },
  ],
  [
    'V12',
    'a slot and a profile have two candidates',
    (dumps) => {
      dumps.candidates.push({ ...first(dumps.candidates), withdrawn: true })
    },
  ],
  [
    'V12',
    'a candidate has an id of its own',
    (dumps) => {
      first(dumps.candidates).slotId = first(dumps.candidates).profileId
    },
  ],
]
