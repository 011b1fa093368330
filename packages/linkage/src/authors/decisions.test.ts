import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DecisionAct } from '../types.ts'
import { decisionEvidence } from './decisions.ts'

const act = (seq: number, kind: string, keys: readonly string[], via = 'web'): DecisionAct => ({
  seq,
  kind,
  via,
  about: { candidateId: 'c', mentions: keys.map((key) => ({ key })) },
})

describe('decisions as evidence', () => {
  test('the last word of a person on each mention stands', () => {
    const acts = [
      act(1, 'confirm', ['a', 'b']),
      act(2, 'reject', ['b']),
      act(3, 'confirm', ['c']),
      act(4, 'reopen', ['c']),
    ]
    expect(decisionEvidence(acts)).toEqual({ confirmed: ['a'], rejected: ['b'] })
  })

  test('a rule neither says anything nor ends what a person said', () => {
    const acts = [
      act(1, 'auto_confirm', ['a'], 'auto'),
      act(2, 'reject', ['b']),
      act(3, 'expire', ['b'], 'auto'),
      act(4, 'confirm', ['c'], 'auto'),
    ]
    expect(decisionEvidence(acts)).toEqual({ confirmed: [], rejected: ['b'] })
  })

  test('a flag, a delegation and an erased act change nothing', () => {
    const acts = [
      act(1, 'reject', ['a']),
      act(2, 'flag', ['a']),
      act(3, 'delegate', ['a']),
      { ...act(4, 'confirm', ['a']), about: null },
    ]
    expect(decisionEvidence(acts)).toEqual({ confirmed: [], rejected: ['a'] })
  })

  test('the order in which acts arrive does not matter', () => {
    const kinds = fc.constantFrom('confirm', 'reject', 'uncertain', 'reopen', 'flag')
    const acts = fc
      .array(fc.tuple(kinds, fc.subarray(['a', 'b', 'c'])), { maxLength: 8 })
      .map((drawn) => drawn.map(([kind, keys], at) => act(at + 1, kind, keys)))
    fc.assert(
      fc.property(acts, (ordered) => {
        expect(decisionEvidence(ordered.toReversed())).toEqual(decisionEvidence(ordered))
      }),
    )
  })
})
