import { candidateIdOf } from '@atlas/identifiers'
import { describe, expect, it } from 'vitest'
import { aVerifier } from './testing/a-verifier.ts'
import { aCandidate, aProfile, aRedirect, aWork, idOf } from './testing/messages.ts'

describe('one decision', async () => {
  const verifier = await aVerifier()
  await verifier.oneQuestion()

  it('leaves an act, a state, an authorship and their messages behind, together', async () => {
    const { recorded } = await verifier.decide('p', 'a', 'confirm', { notes: 'mine', confidence: 'certain' })
    expect(recorded).toMatchObject({ chainSeq: 1, version: 1, status: 'confirmed', flags: [] })
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'confirmed', version: 1 })
    expect(await verifier.authorships()).toEqual([
      { id: candidateIdOf(idOf('a'), idOf('p')), state: 'verified', status: 'confirmed', work: idOf('work w') },
    ])
    const { rows } = await verifier.database.query<{ value: Buffer }>('select value from outbox_facts')
    const told = await verifier.codec.decode('acts', rows[0]!.value)
    expect(told.ok && told.value).toMatchObject({
      actId: recorded.actId,
      chainSeq: 1,
      seq: 1,
      kind: 'confirm',
      confidence: 'certain',
      about: { slotId: idOf('a'), mentions: [{ key: idOf('a') }] },
    })
    expect(told.ok && told.value.hash.toString('hex')).toBe(recorded.hash)
  })
})

describe('a merge of works and its undoing', async () => {
  const verifier = await aVerifier()
  it('carries a decision to the slot that has its mention now, and back', async () => {
    await verifier.profiles(aProfile('p'))
    await verifier.works(aWork('1', ['m']), aWork('2', ['n']))
    await verifier.candidates(aCandidate('p', '1', 'm'), aCandidate('p', '2', 'n'))
    await verifier.settle()
    await verifier.decide('p', 'm', 'confirm')

    await verifier.works(aWork('2', ['n m']), aRedirect('1', '2'))
    await verifier.candidates(aCandidate('p', '2', 'n m'), aCandidate('p', '1', 'm', { withdrawn: true }))
    await verifier.settle()
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'confirmed', version: 1 })
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'merged' })
    expect((await verifier.authorships()).filter(({ state }) => state === 'verified')).toEqual([
      expect.objectContaining({ id: candidateIdOf(idOf('n'), idOf('p')) }),
    ])

    await verifier.works(aWork('1', ['m']), aWork('2', ['n']))
    await verifier.candidates(aCandidate('p', '1', 'm'), aCandidate('p', '2', 'n'))
    await verifier.settle()
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'confirmed', flags: [] })
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'pending' })
    expect((await verifier.authorships()).filter(({ state }) => state === 'verified')).toEqual([
      expect.objectContaining({ id: candidateIdOf(idOf('m'), idOf('p')) }),
    ])
  })
})
