import { describe, expect, it } from 'vitest'
import { allowedNow, type Decidable, refusalOf } from './decide.ts'
import { DECISIONS, type Status } from './vocabulary.ts'

const question: Decidable = {
  status: 'pending',
  version: 3,
  flags: [],
  revision: 10,
  withdrawn: false,
  profileActive: true,
  evidence: 'e',
  evidenceItems: ['b', 'c'],
}

describe('what a person may say', () => {
  it.each<{ status: Status; may: string }>([
    { status: 'pending', may: 'confirm reject uncertain' },
    { status: 'uncertain', may: 'confirm reject reopen' },
    { status: 'confirmed', may: 'reject uncertain reopen' },
    { status: 'rejected', may: 'confirm uncertain reopen' },
    { status: 'auto_confirmed', may: 'confirm reject uncertain reopen' },
    { status: 'auto_rejected', may: 'confirm reject uncertain reopen' },
    { status: 'merged', may: '' },
    { status: 'expired', may: '' },
  ])('of a question that is $status: $may', ({ status, may }) => {
    const said = DECISIONS.filter(
      (decision) => !refusalOf({ ...question, status }, { decision, version: 3, revision: 10 }, question, false),
    )
    expect(said.join(' ')).toBe(may)
  })

  it.each<{ is: string; over: Partial<Decidable>; may: string }>([
    {
      is: 'expired as nobody claims it any more',
      over: { status: 'expired', withdrawn: true },
      may: 'confirm reject uncertain',
    },
    { is: 'expired with its profile', over: { status: 'expired', withdrawn: true, profileActive: false }, may: '' },
    {
      is: 'confirmed and to be reviewed',
      over: { status: 'confirmed', flags: ['review_suggested'] },
      may: 'confirm reject uncertain reopen',
    },
    {
      is: 'rejected in a conflict',
      over: { status: 'rejected', flags: ['conflict'] },
      may: 'reject confirm uncertain reopen',
    },
  ])('of a question that is $is: $may', ({ over, may }) => {
    expect(allowedNow({ ...question, ...over }).join(' ')).toBe(may)
  })
})

describe('a decision', () => {
  const ask = { decision: 'confirm' as const, version: 3, revision: 10 }
  it.each([
    { on: 'what was shown', ask, shown: question, taken: false, refused: undefined },
    { on: 'an old version', ask: { ...ask, version: 2 }, shown: question, taken: false, refused: 'version_conflict' },
    {
      on: 'a version to come',
      ask: { ...ask, version: 4 },
      shown: question,
      taken: false,
      refused: 'version_conflict',
    },
    {
      on: 'a revision to come',
      ask: { ...ask, revision: 11 },
      shown: question,
      taken: false,
      refused: 'revision_ahead',
    },
    {
      on: 'the same evidence',
      ask: { ...ask, revision: 9 },
      shown: { evidence: 'e', evidenceItems: [] },
      taken: false,
      refused: undefined,
    },
    {
      on: 'other evidence',
      ask: { ...ask, revision: 9 },
      shown: { evidence: 'f', evidenceItems: [] },
      taken: false,
      refused: 'evidence_changed',
    },
    {
      on: 'evidence nobody knows',
      ask: { ...ask, revision: 9 },
      shown: undefined,
      taken: false,
      refused: 'evidence_changed',
    },
    { on: 'a taken slot', ask, shown: question, taken: true, refused: 'slot_taken' },
    {
      on: 'a taken slot, to reject',
      ask: { ...ask, decision: 'reject' as const },
      shown: question,
      taken: true,
      refused: undefined,
    },
  ])('on $on => $refused', ({ ask, shown, taken, refused }) => {
    expect(refusalOf(question, ask, shown, taken)?.code).toBe(refused)
  })

  it('is told how the evidence differs', () => {
    const shown = { evidence: 'f', evidenceItems: ['a', 'b'] }
    const refusal = refusalOf(question, { ...ask, revision: 9 }, shown, false)
    expect(refusal).toEqual({ code: 'evidence_changed', difference: { known: true, added: ['c'], removed: ['a'] } })
  })
})
