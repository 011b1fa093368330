import { describe, expect, it } from 'vitest'
import { decideFact, type FactIdentity, type KnownFacts } from './decide-fact.ts'

const fact = (seq: number, eventId = `e${seq}`, sha256 = `s${seq}`): FactIdentity => ({
  key: 'k',
  seq,
  eventId,
  sha256,
})
const known = (changes: Partial<KnownFacts> = {}): KnownFacts => ({
  lastSeq: 3,
  appliedHere: undefined,
  appliedAs: undefined,
  waitingHere: undefined,
  nextIsQuarantined: false,
  ...changes,
})

describe('what becomes of a fact', () => {
  it.each([
    { case: 'n+1', fact: fact(4), known: {}, becomes: 'apply' },
    { case: 'M29 the same again', fact: fact(3), known: { appliedHere: fact(3), appliedAs: fact(3) }, becomes: 'skip' },
    { case: 'M34 older, not remembered', fact: fact(1), known: {}, becomes: 'skip' },
    { case: 'M35 n+2', fact: fact(5), known: {}, becomes: 'hold' },
    { case: 'M35 n+2 again', fact: fact(5), known: { waitingHere: fact(5) }, becomes: 'skip' },
    { case: 'n+2, n+1 in quarantine', fact: fact(5), known: { nextIsQuarantined: true }, becomes: 'block' },
    { case: 'n+1 while it is in quarantine', fact: fact(4), known: { nextIsQuarantined: true }, becomes: 'apply' },
    {
      case: 'M30 other bytes',
      fact: fact(3, 'e3', 'other'),
      known: { appliedHere: fact(3), appliedAs: fact(3) },
      becomes: 'event_id_conflict',
    },
    {
      case: 'M30 other bytes of one that waits',
      fact: fact(5, 'e5', 'other'),
      known: { waitingHere: fact(5) },
      becomes: 'event_id_conflict',
    },
    {
      case: 'M31 event id of another seq',
      fact: fact(4, 'e2'),
      known: { appliedAs: fact(2) },
      becomes: 'event_id_conflict',
    },
    {
      case: 'M31 event id of another key',
      fact: fact(4, 'e2'),
      known: { appliedAs: { ...fact(4, 'e2'), key: 'other' } },
      becomes: 'event_id_conflict',
    },
    {
      case: 'M37 seq with another event id',
      fact: fact(3, 'new'),
      known: { appliedHere: fact(3) },
      becomes: 'version_conflict',
    },
    {
      case: 'M37 seq that waits with another event id',
      fact: fact(5, 'new'),
      known: { waitingHere: fact(5) },
      becomes: 'version_conflict',
    },
  ])('$case: $becomes', ({ fact, known: changes, becomes }) => {
    const decision = decideFact(fact, known(changes))
    expect(decision.type === 'reject' ? decision.code : decision.type).toBe(becomes)
  })
})
