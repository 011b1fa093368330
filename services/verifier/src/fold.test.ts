import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Answer, fold } from './fold.ts'
import { DECISIONS } from './vocabulary.ts'

/** `confirm(a b) reject(b)`: acts in the order of the chain, with the mentions they are about. */
function acts(text: string): readonly Answer[] {
  return [...text.matchAll(/(\w+)\(([^)]*)\)/g)].map(([, decision, keys], index) => ({
    actId: `${index + 1}`,
    questionRef: 'q',
    profileId: 'p',
    chainSeq: index + 1,
    decision: DECISIONS.find((known) => known === decision)!,
    decidedAtMs: index,
    score: null,
    mentionKeys: keys!.split(' '),
  }))
}
/** `a b<c`: the entries of a slot, the second with an earlier key. */
const slot = (text: string) =>
  new Map(text.split(' ').flatMap((entry) => entry.split('<').map((key) => [key, entry.split('<')[0]!] as const)))

describe('how a profile stands on a slot', () => {
  it.each([
    { said: '', slot: 'a', stands: undefined },
    { said: 'confirm(a)', slot: 'a', stands: 'confirm' },
    { said: 'confirm(a)', slot: 'b', stands: undefined }, //                       elsewhere
    { said: 'confirm(a) reject(a)', slot: 'a', stands: 'reject' }, //              a changed mind
    { said: 'confirm(a)', slot: 'a b c', stands: 'confirm' }, //                   a further source asks nothing
    { said: 'confirm(a) confirm(b)', slot: 'a b', stands: 'confirm' }, //          equal answers coexist
    { said: 'confirm(a) reject(b)', slot: 'a b', stands: 'reject conflict' }, //   two slots have become one
    { said: 'reject(b) confirm(a)', slot: 'a b', stands: 'confirm conflict' },
    { said: 'confirm(a) reject(b) confirm(a b)', slot: 'a b', stands: 'confirm' }, // and was asked again
    { said: 'confirm(a) reject(b) confirm(a b)', slot: 'b', stands: 'confirm' }, //   and came apart again
    { said: 'confirm(a b) reject(b)', slot: 'a', stands: 'confirm' }, //
    { said: 'confirm(a) uncertain(b)', slot: 'a b', stands: 'uncertain' },
    { said: 'confirm(a) reopen(a)', slot: 'a', stands: 'reopen' },
    { said: 'confirm(a) reopen(b)', slot: 'a b', stands: 'confirm' }, //           nothing said about b
    { said: 'confirm(b)', slot: 'a<b', stands: 'confirm' }, //                     a corrected name
    { said: 'confirm(b) reject(a)', slot: 'a<b', stands: 'reject' },
  ])('$said on ($slot) => $stands', ({ said, slot: entries, stands }) => {
    const standing = fold(acts(said), slot(entries))
    expect(standing.decision && `${standing.decision}${standing.conflict ? ' conflict' : ''}`).toBe(stands)
  })

  const keys = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })
  const history = fc
    .array(fc.record({ decision: fc.constantFrom(...DECISIONS), mentionKeys: keys }), { maxLength: 8 })
    .map((list) =>
      list.map(
        (act, index): Answer => ({
          ...act,
          actId: `${index}`,
          questionRef: 'q',
          profileId: 'p',
          chainSeq: index + 1,
          decidedAtMs: 0,
          score: null,
        }),
      ),
    )

  it('does not depend on the order in which acts are read', () => {
    fc.assert(
      fc.property(history, fc.infiniteStream(fc.nat()), (acts, keys) => {
        const shuffled = acts.map((act) => ({ act, at: keys.next().value })).sort((a, b) => a.at - b.at)
        expect(
          fold(
            shuffled.map(({ act }) => act),
            slot('a b c d'),
          ),
        ).toEqual(fold(acts, slot('a b c d')))
      }),
    )
  })

  it('is the same after a merge and a split, whatever was decided before', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const before = [fold(acts, slot('a b')), fold(acts, slot('c d'))]
        fold(acts, slot('a b c d'))
        expect([fold(acts, slot('a b')), fold(acts, slot('c d'))]).toEqual(before)
      }),
    )
  })

  it('has a conflict exactly when a confirm and a reject are both the last word on an entry', () => {
    fc.assert(
      fc.property(history, (acts) => {
        const last = ['a', 'b', 'c', 'd'].map((key) => acts.findLast((act) => act.mentionKeys.includes(key))?.decision)
        expect(fold(acts, slot('a b c d')).conflict).toBe(last.includes('confirm') && last.includes('reject'))
      }),
    )
  })
})
