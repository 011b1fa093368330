import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CandidateRow } from '../store/candidates.ts'
import { type Claim, decidePair, decideSlot } from './decide-candidates.ts'

const content = { title: 'a title' } as Claim['content']
const aClaim = (profile: number, score: number): Claim => ({
  candidateId: `c${profile}`,
  slotId: 's',
  profileId: `p${String(profile).padStart(3, '0')}`,
  workId: 'w',
  score,
  content,
})
const stored = ({ candidateId, slotId, profileId, workId, score }: Claim): CandidateRow => ({
  candidateId,
  slotId,
  profileId,
  workId,
  score,
  withdrawn: false,
  withdrawnReason: null,
  content: JSON.stringify(content),
})

describe('a slot', () => {
  test('leaves alone what is claimed as it was', () => {
    const claim = aClaim(1, 0.9)
    expect(decideSlot([claim], 3, [stored(claim)])).toEqual({ save: [], withdraw: [], others: 0 })
  })

  test('withdraws what fell below the threshold, and claims again what was withdrawn', () => {
    const claim = aClaim(1, 0.9)
    const gone = { ...stored(claim), withdrawn: true, withdrawnReason: 'below_threshold' as const }
    expect(decideSlot([], 1, [stored(claim)]).withdraw).toMatchObject([{ reason: 'below_threshold' }])
    expect(decideSlot([claim], 1, [gone]).save).toHaveLength(1)
  })

  test('keeps the best fifty, counts the rest, and withdraws who is no longer among them', () => {
    const claims = Array.from({ length: 60 }, (_, at) => aClaim(at, 0.5 + at / 1000))
    const decision = decideSlot(claims, 60, [stored(aClaim(0, 0.5))])
    expect(decision.save.map(({ profileId }) => profileId)).toEqual(
      claims
        .toReversed()
        .map(({ profileId }) => profileId)
        .slice(0, 50),
    )
    expect(decision.others).toBe(10)
    expect(decision.withdraw).toMatchObject([{ candidateId: 'c0', reason: 'not_among_best' }])
  })
})

describe('one pair at a time', () => {
  test('ends where the whole slot at once ends, or asks for that', () => {
    const scores = fc.array(fc.option(fc.constantFrom(0.6, 0.7, 0.8), { nil: undefined }), {
      minLength: 1,
      maxLength: 54,
    })
    fc.assert(
      fc.property(scores, (wanted) => {
        const claims = wanted.flatMap((score, at) => (score === undefined ? [] : [aClaim(at, score)]))
        const rows = new Map<string, CandidateRow>()
        for (const [at, score] of wanted.entries()) {
          const claim = score === undefined ? undefined : aClaim(at, score)
          const decision = decidePair({ claim, profileId: aClaim(at, 0).profileId, others: 0 }, [...rows.values()])
          if (decision === 'rank_again') return expect(claims.length).toBeGreaterThan(50)
          if (decision.save) rows.set(decision.save.candidateId, stored(decision.save))
        }
        expect([...rows.keys()].sort()).toEqual(
          decideSlot(claims, wanted.length, [])
            .save.map(({ candidateId }) => candidateId)
            .sort(),
        )
      }),
    )
  })

  test('cannot tell once others wait behind the best', () => {
    const claim = aClaim(1, 0.9)
    expect(decidePair({ claim: undefined, profileId: claim.profileId, others: 1 }, [stored(claim)])).toBe('rank_again')
  })
})
