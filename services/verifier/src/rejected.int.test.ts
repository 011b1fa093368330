import { candidateIdOf } from '@atlas/identifiers'
import { describe, expect, it } from 'vitest'
import { aVerifier } from './testing/a-verifier.ts'
import { aCandidate, aProfile, aRedirect, aWork, idOf } from './testing/messages.ts'

describe('what a person rejected', async () => {
  const verifier = await aVerifier()
  /** Questions that wait for somebody to answer them. */
  const open = async () =>
    (
      await verifier.database.query<{ candidate_id: string }>(
        "select candidate_id from questions where status in ('pending', 'uncertain', 'auto_confirmed') or 'review_suggested' = any(flags)",
      )
    ).rows
  const standing = async () =>
    (
      await verifier.database.query<{ slot_id: string; status: string }>(
        "select slot_id, status from questions where status <> 'merged' and status <> 'expired' order by slot_id",
      )
    ).rows

  it('is asked no more through twenty cosmetic versions, claimed again or not', async () => {
    await verifier.profiles(aProfile('p', { autoConfirmThreshold: 0.5 }))
    await verifier.works(aWork('w', ['m']))
    await verifier.candidates(aCandidate('p', 'w', 'm', { score: 0.4 }))
    await verifier.settle()
    await verifier.decide('p', 'm', 'reject')
    for (let time = 0; time < 20; time++) {
      await verifier.works(aWork('w', ['m'], { title: `Title, written the ${time}th time` }))
      const withdrawn = time % 2 === 0
      await verifier.candidates(
        aCandidate('p', 'w', 'm', {
          score: 0.99,
          title: `Title ${time}`,
          withdrawn,
          withdrawnReason: withdrawn ? 'below_threshold' : null,
        }),
      )
      await verifier.settle()
      expect(await verifier.question('p', 'm')).toMatchObject({ status: 'rejected', version: 1, flags: [] })
    }
  })

  it('looks for nobody when its claim is withdrawn or made again: that only agrees or says what he has answered', async () => {
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'rejected', flags: [] })
    expect(await open()).toEqual([])
  })

  it('is asked no more when further sources come, also when one of them gives the slot another id', async () => {
    const keys = ['m']
    for (const source of ['n', 'o', 'q', 'r', 's']) {
      const old = keys[0] ?? ''
      // The newcomer's key is the smallest: the slot and its question are named after it.
      keys.unshift(source)
      await verifier.works(aWork('w', [keys.join(' ')]))
      await verifier.candidates(
        aCandidate('p', 'w', old, { withdrawn: true, withdrawnReason: 'slot_gone' }),
        aCandidate('p', 'w', keys.join(' '), { score: 0.99, replaces: [candidateIdOf(idOf(old), idOf('p'))] }),
      )
      await verifier.settle()
      expect(await standing()).toEqual([{ slot_id: idOf(source), status: 'rejected' }])
      expect(await open()).toEqual([])
    }
    expect(await verifier.authorships()).toEqual([])
  })

  it('is asked no more when its work becomes part of another', async () => {
    await verifier.works(aWork('v', ['t']))
    await verifier.works(aRedirect('w', 'v'), aWork('v', ['t s r q o n m']))
    await verifier.candidates(aCandidate('p', 'v', 't s r q o n m', { score: 0.99 }))
    await verifier.settle()
    expect(await standing()).toEqual([{ slot_id: idOf('t'), status: 'rejected' }])
    expect(await open()).toEqual([])
  })

  it('comes back when what identifies him changes, with his answer standing and the change marked', async () => {
    await verifier.candidates(
      aCandidate('p', 'v', 't s r q o n m', { evidence: 'e2', evidenceItems: ['orcid: that of the profile'] }),
    )
    await verifier.settle()
    expect(await verifier.question('p', 't')).toMatchObject({ status: 'rejected', flags: ['review_suggested'] })
  })

  it('comes back so also where nobody claims it, for his own answer outweighs all that speaks for it', async () => {
    const told = (evidence: string) =>
      aCandidate('q', 'v', 't s r q o n m', {
        ...{ evidence, evidenceItems: [evidence], withdrawn: true, withdrawnReason: 'below_threshold' },
      })
    await verifier.profiles(aProfile('q'))
    await verifier.candidates(aCandidate('q', 'v', 't s r q o n m'))
    await verifier.settle()
    await verifier.decide('q', 't', 'reject')
    const flags = []
    const { evidence } = aCandidate('q', 'v', 't')
    for (const now of [evidence, 'e2', evidence]) {
      await verifier.candidates(told(now))
      await verifier.settle()
      flags.push((await verifier.question('q', 't'))?.flags)
    }
    expect(flags).toEqual([[], ['review_suggested'], []])
  })
})
