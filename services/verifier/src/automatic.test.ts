import { describe, expect, it } from 'vitest'
import { automaticStatus, type ProfileSettings, type Undecided } from './automatic.ts'

const settings = (autoConfirmThreshold: number | null, autoRejectThreshold: number | null = null): ProfileSettings => ({
  active: true,
  autoConfirmThreshold,
  autoRejectThreshold,
})
const rival = (score: number, threshold: number | null = null) => ({ score, settings: settings(threshold) })
const question: Undecided = {
  settings: settings(0.9),
  score: 0.95,
  withdrawn: false,
  decidable: true,
  suspicious: false,
  collective: false,
  taken: false,
  rivals: [],
}

describe('a question nobody has decided', () => {
  it.each<{ with: string; over: Partial<Undecided>; is: string }>([
    { with: 'no thresholds', over: { settings: settings(null) }, is: 'pending' },
    { with: 'a score over the threshold', over: {}, is: 'auto_confirmed' },
    { with: 'a score on the threshold', over: { score: 0.9 }, is: 'auto_confirmed' },
    { with: 'a score under the threshold', over: { score: 0.8999 }, is: 'pending' },
    { with: 'a score on the lower threshold', over: { settings: settings(0.9, 0.1), score: 0.1 }, is: 'auto_rejected' },
    { with: 'a low score and no lower threshold', over: { score: 0 }, is: 'pending' },
    { with: 'a withdrawn claim', over: { withdrawn: true }, is: 'expired' },
    { with: 'a profile that is gone', over: { settings: { ...settings(0.9), active: false } }, is: 'expired' },
    { with: 'a work that has not arrived', over: { decidable: false }, is: 'pending' },
    { with: 'a suspicious work', over: { suspicious: true }, is: 'pending' },
    { with: 'a suspicious work and a group', over: { suspicious: true, collective: true }, is: 'pending' },
    {
      with: 'a suspicious work and a low score',
      over: { suspicious: true, settings: settings(0.9, 0.1), score: 0.1 },
      is: 'pending',
    },
    { with: 'a suspicious work and a withdrawn claim', over: { suspicious: true, withdrawn: true }, is: 'expired' },
    { with: 'somebody confirmed beside it', over: { taken: true }, is: 'pending' },
    { with: 'a weak rival', over: { rivals: [rival(0.5)] }, is: 'auto_confirmed' },
    { with: 'a rival over our threshold', over: { rivals: [rival(0.92)] }, is: 'pending' },
    { with: 'a rival over his own', over: { rivals: [rival(0.6, 0.5)] }, is: 'pending' },
    { with: 'a rival on a group', over: { rivals: [rival(0.99, 0.9)], collective: true }, is: 'auto_confirmed' },
    { with: 'a threshold of 0 on both sides', over: { settings: settings(0), score: 0 }, is: 'auto_confirmed' },
  ])('with $with is $is', ({ over, is }) => {
    expect(automaticStatus({ ...question, ...over })).toBe(is)
  })
})
