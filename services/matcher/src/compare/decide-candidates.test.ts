import { ATTRIBUTION_2, FITTING, type PairOdds, settleWork } from '@atlas/linkage'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CandidateRow } from '../store/candidates.ts'
import { type Claim, decideSlot, type SlotToDecide } from './decide-candidates.ts'

const model = { ...ATTRIBUTION_2, nobody: [0, 4, 4.5, 5, 5], publish: 0.2 }
const { publish } = model
const content = { title: 'a title' } as Claim['content']
const pair = (profile: number, logOdds: number): PairOdds => ({
  slotId: 's',
  profileId: `p${profile}`,
  logOdds,
  fitting: FITTING.whole,
  rarity: 0,
})
const claimOf: SlotToDecide['claimOf'] = ({ slotId, profileId, probability }) => ({
  candidateId: `c${profileId.slice(1)}`,
  slotId,
  profileId,
  workId: 'w',
  score: Math.round(probability * 100) / 100,
  content,
  rejected: false,
})
const before: SlotToDecide['before'] = () => []

/** What is stored once a decision was written. */
function written(
  stored: readonly CandidateRow[],
  given: Omit<SlotToDecide, 'stored' | 'claimOf' | 'before'>,
): CandidateRow[] {
  const { save, resettle, withdraw } = decideSlot({ ...given, before, stored, claimOf }, publish)
  const rows = new Map(stored.map((row) => [row.profileId, row]))
  for (const { content: made, ...claim } of save)
    rows.set(claim.profileId, { ...claim, withdrawn: claim.withdrawnReason !== null, content: JSON.stringify(made) })
  for (const { profileId, score } of resettle) rows.set(profileId, { ...(rows.get(profileId) as CandidateRow), score })
  for (const { profileId, reason } of withdraw)
    rows.set(profileId, { ...(rows.get(profileId) as CandidateRow), withdrawn: true, withdrawnReason: reason })
  return [...rows.values()]
}
const live = (rows: readonly CandidateRow[]) =>
  rows.filter(({ withdrawn }) => !withdrawn).map(({ profileId, score }) => `${profileId} ${score}`)
const everybody = () => true
const settled = (pairs: readonly PairOdds[]) => settleWork(pairs, model)

describe('a slot', () => {
  const one = settled([pair(1, 4)])

  test('leaves alone what is claimed as it was', () => {
    const stored = written([], { settled: one, compared: everybody })
    expect(live(stored)).toEqual(['p1 0.98'])
    expect(decideSlot({ settled: one, stored, before, compared: everybody, claimOf }, publish)).toEqual({
      save: [],
      resettle: [],
      withdraw: [],
      again: false,
    })
  })

  test('withdraws what fell below the threshold, or is met no more, and claims again what was withdrawn', () => {
    const stored = written([], { settled: one, compared: everybody })
    for (const now of [settled([pair(1, -8)]), []]) {
      const gone = written(stored, { settled: now, compared: everybody })
      expect(gone).toMatchObject([{ withdrawn: true, withdrawnReason: 'below_threshold' }])
      expect(live(written(gone, { settled: one, compared: everybody }))).toEqual(['p1 0.98'])
    }
  })

  test('says of who was not compared nothing but the probability', () => {
    const stored = written([], { settled: one, compared: everybody })
    const rival = settled([pair(1, 4), pair(2, 4)])
    const decision = decideSlot(
      { settled: rival, stored, before, compared: (profileId) => profileId === 'p2', claimOf },
      publish,
    )
    expect(decision.save.map(({ profileId, score }) => ({ profileId, score }))).toEqual([
      { profileId: 'p2', score: 0.33 },
    ])
    expect(decision.resettle).toEqual([{ candidateId: 'c1', profileId: 'p1', score: 0.33, blockRank: 1 }])
    // Who is not among the pairs and was not compared is left to who compares him.
    expect(decideSlot({ settled: [], stored, before, compared: () => false, claimOf }, publish).withdraw).toEqual([])
  })

  describe('that a person rejected', () => {
    const little = settled([pair(1, -8)])
    const about =
      (evidence: string): SlotToDecide['claimOf'] =>
      (one) => ({
        ...(claimOf(one) as Claim),
        content: { ...content, evidence },
        rejected: true,
      })
    const row = (evidence: string, withdrawn: boolean): CandidateRow => ({
      ...{ candidateId: 'c1', slotId: 's', profileId: 'p1', workId: 'w', score: 0.9 },
      ...{ withdrawn, withdrawnReason: withdrawn ? 'below_threshold' : null, content: JSON.stringify({ evidence }) },
    })
    const decide = (given: Partial<SlotToDecide>) => {
      const slot = { settled: little, stored: [], before, compared: everybody, claimOf: about('e2') }
      const { save, withdraw } = decideSlot({ ...slot, ...given }, publish)
      return { told: save.map((claim) => [claim.content.evidence, claim.withdrawnReason]), withdrawn: withdraw.length }
    }

    test.each<[string, Partial<SlotToDecide>, readonly string[], number]>([
      ['is not told again as it was', { stored: [row('e2', true)] }, [], 0],
      ['is told when what identifies him has changed', { stored: [row('e1', true)] }, ['e2'], 0],
      ['is told once when that and his answer come together', { stored: [row('e1', false)] }, ['e2'], 0],
      ['is withdrawn when it has not', { stored: [row('e2', false)] }, [], 1],
      ['is told under another id when the slot has got one', { before: () => [row('e1', true)] }, ['e2'], 0],
      ['is not when only the id is another', { before: () => [row('e2', true)] }, [], 0],
      ['is nothing to tell where nothing was ever claimed', {}, [], 0],
      ['is left to who compares him', { stored: [row('e1', true)], compared: () => false }, [], 0],
      ['is told of nobody who did not reject it', { stored: [row('e1', true)], claimOf }, [], 0],
    ])('%s', (_what, given, told, withdrawn) => {
      expect(decide(given)).toEqual({ told: told.map((one) => [one, 'below_threshold']), withdrawn })
    })
  })

  test('has at most as many candidates as fit into 1', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => pair(at, 9))
    const { save } = decideSlot({ settled: settled(crowd), stored: [], before, compared: everybody, claimOf }, publish)
    expect(save.length * publish).toBeLessThanOrEqual(1)
  })
})

describe('one profile at a time', () => {
  test('ends where the whole slot at once ends, or asks for that', () => {
    const odds = fc.array(fc.option(fc.integer({ min: -40, max: 120 }), { nil: undefined }), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(odds, odds, (first, then) => {
        const pairsOf = (all: typeof first) =>
          all.flatMap((tenths, at) => (tenths === undefined ? [] : [pair(at, tenths / 10)]))
        let now = pairsOf(first)
        let rows = written([], { settled: settled(now), compared: everybody })
        for (const at of Array(Math.max(first.length, then.length)).keys()) {
          const changed = pairsOf(then).find(({ profileId }) => profileId === `p${at}`)
          now = [...now.filter(({ profileId }) => profileId !== `p${at}`), ...(changed ? [changed] : [])]
          const given = { settled: settled(now), compared: (profileId: string) => profileId === `p${at}` }
          const { again } = decideSlot({ ...given, before, stored: rows, claimOf }, publish)
          rows = written(rows, again ? { ...given, compared: everybody } : given)
          expect(live(rows).sort()).toEqual(live(written([], { settled: settled(now), compared: everybody })).sort())
        }
      }),
    )
  })
})
