import { randomUUID } from 'node:crypto'
import { candidateIdOf } from '@atlas/identifiers'
import { armFailpoints, type Principal, Problem } from '@atlas/runtime'
import { describe, expect, it } from 'vitest'
import { aVerifier, researcher } from './testing/a-verifier.ts'
import { aCandidate, aProfile, aRedirect, aWork, idOf } from './testing/messages.ts'

/** What came of attempts: how often each code, `ok` for those that were recorded. */
function tally(results: readonly PromiseSettledResult<unknown>[]): Record<string, number> {
  const codes = results.map((result) => (result.status === 'fulfilled' ? 'ok' : codeOf(result.reason)))
  return Object.fromEntries([...Map.groupBy(codes, (code) => code)].map(([code, of]) => [code, of.length]))
}
function codeOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  throw error
}
async function problem(attempt: Promise<unknown>): Promise<Problem> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof Problem) return error
  throw new Error('it was not refused', { cause: error })
}

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
    const sent = await verifier.database.query<{ object_id: string }>('select object_id from outbox_references')
    expect(sent.rows).toEqual([{ object_id: candidateIdOf(idOf('a'), idOf('p')) }])
  })

  it('can be taken back: the authorship is retracted and keeps its row', async () => {
    await verifier.decide('p', 'a', 'reopen')
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'pending', version: 2 })
    expect(await verifier.authorships()).toMatchObject([{ state: 'retracted', status: 'pending' }])
    await verifier.decide('p', 'a', 'reject')
    expect(await verifier.acts()).toMatchObject([
      { kind: 'confirm' },
      { kind: 'reopen' },
      { kind: 'reject', question_version: 3 },
    ])
  })

  it('names what is possible when something is not', async () => {
    const { code, status, options } = await problem(verifier.decide('p', 'a', 'reject'))
    expect({ code, status }).toEqual({ code: 'invalid_transition', status: 409 })
    expect(options.extensions).toMatchObject({ from: 'rejected', allowed: ['confirm', 'uncertain', 'reopen'] })
  })

  it.each([
    ['body', false, 409],
    ['If-Match', true, 412],
  ])('refuses an old version said in the %s, with the current state', async (_where, byHeader, status) => {
    const refused = await problem(verifier.decide('p', 'a', 'confirm', { version: 1, byHeader }))
    expect(refused).toMatchObject({ code: 'version_conflict', status })
    expect(refused.options.extensions).toMatchObject({ current: { version: 3, status: 'rejected' } })
  })

  it.each<[string, Principal]>([
    ['somebody else', researcher('q')],
    ['a curator who names nobody', { actor: 'c', onBehalfOf: null, roles: ['curator'] }],
    ['a curator for somebody else', { actor: 'c', onBehalfOf: idOf('q'), roles: ['curator'] }],
    ['a researcher for another', { actor: idOf('q'), onBehalfOf: idOf('p'), roles: ['researcher'] }],
    ['a service', { actor: idOf('p'), onBehalfOf: null, roles: ['service'] }],
  ])('is not there for %s', async (_who, principal) => {
    expect(await problem(verifier.decide('p', 'a', 'confirm', { principal }))).toMatchObject({
      code: 'not_found',
      status: 404,
    })
  })

  it('may be taken by a curator for the person, and says so', async () => {
    const principal: Principal = { actor: idOf('curator'), onBehalfOf: idOf('p'), roles: ['curator'] }
    await verifier.decide('p', 'a', 'confirm', { principal })
    const { rows } = await verifier.database.query(
      'select actor, on_behalf_of, actor_role from verification_acts order by chain_seq desc limit 1',
    )
    expect(rows).toEqual([{ actor: idOf('curator'), on_behalf_of: idOf('p'), actor_role: 'curator' }])
  })
})

describe('the same key', async () => {
  const verifier = await aVerifier()
  await verifier.oneQuestion()
  const key = randomUUID()
  const again = () => verifier.decide('p', 'a', 'confirm', { key, version: 0 })

  it('gives one act and one answer, also when it comes ten times at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 10 }, again))
    const tallied = tally(results)
    expect(Object.keys(tallied).every((code) => code === 'ok' || code === 'idempotency_in_progress')).toBe(true)
    const first = await again()
    expect(first.replay).toBe(true)
    for (const result of results)
      if (result.status === 'fulfilled') expect(result.value.recorded).toEqual(first.recorded)
    expect(await verifier.acts()).toHaveLength(1)
  })

  it('belongs to one principal and one request', async () => {
    const principal: Principal = { actor: idOf('curator'), onBehalfOf: idOf('p'), roles: ['curator'] }
    expect(await problem(verifier.decide('p', 'a', 'reject', { key }))).toMatchObject({
      code: 'idempotency_key_reused',
      status: 422,
    })
    const other = await verifier.decide('p', 'a', 'reject', { key, principal })
    expect(other.replay).toBe(false)
  })
})

describe('50 clients decide one question', async () => {
  const verifier = await aVerifier()
  await verifier.oneQuestion()
  it('and exactly one wins per version', async () => {
    for (const [version, decision] of (['confirm', 'reject', 'confirm'] as const).entries()) {
      const attempts = Array.from({ length: 50 }, () => verifier.decide('p', 'a', decision, { version }))
      expect(tally(await Promise.allSettled(attempts))).toEqual({ ok: 1, version_conflict: 49 })
    }
    expect((await verifier.acts()).map(({ question_version }) => question_version)).toEqual([1, 2, 3])
  })
})

describe('a slot', async () => {
  const verifier = await aVerifier()
  const rivals = Array.from({ length: 8 }, (_, index) => `r${index}`)
  const confirmAll = (slot: string) =>
    Promise.allSettled(rivals.map((profile) => verifier.decide(profile, slot, 'confirm', { version: 0 })))

  it('is taken by one of eight who confirm at once', async () => {
    await verifier.works(aWork('w', ['a']))
    await verifier.candidates(...rivals.map((profile) => aCandidate(profile, 'w', 'a')))
    expect(tally(await confirmAll('a'))).toEqual({ ok: 1, slot_taken: 7 })
  })

  it('is taken by one also when its mentions came from two slots, and either question is answered', async () => {
    await verifier.works(aWork('1', ['m']), aWork('2', ['n']))
    await verifier.candidates(...rivals.flatMap((p, i) => [i % 2 ? aCandidate(p, '1', 'm') : aCandidate(p, '2', 'n')]))
    await verifier.works(aWork('2', ['n m']), aRedirect('1', '2'))
    const slots = rivals.map((_, i) => (i % 2 ? 'm' : 'n'))
    const attempts = rivals.map((profile, i) => verifier.decide(profile, slots[i]!, 'confirm', { version: 0 }))
    expect(tally(await Promise.allSettled(attempts))).toEqual({ ok: 1, slot_taken: 7 })
  })

  it('of a group has as many contributors as confirm', async () => {
    await verifier.works(aWork('g', [{ mentions: ['group'], collective: true }]))
    await verifier.candidates(...rivals.map((profile) => aCandidate(profile, 'g', 'group', { collective: true })))
    expect(tally(await confirmAll('group'))).toEqual({ ok: 8 })
    await verifier.settle()
    expect(await verifier.question('r0', 'group')).toMatchObject({ status: 'confirmed', flags: [] })
  })

  it('can be confirmed by the next once the first has let go', async () => {
    await verifier.works(aWork('x', ['x']))
    await verifier.candidates(aCandidate('r0', 'x', 'x'), aCandidate('r1', 'x', 'x'))
    await verifier.decide('r0', 'x', 'confirm')
    expect(await problem(verifier.decide('r1', 'x', 'confirm'))).toMatchObject({ code: 'slot_taken', status: 409 })
    await verifier.decide('r0', 'x', 'reject')
    expect((await verifier.decide('r1', 'x', 'confirm')).recorded.status).toBe('confirmed')
  })
})

describe('evidence', async () => {
  const verifier = await aVerifier()
  await verifier.oneQuestion()
  const { revision: seen } = await verifier.question('p', 'a')

  it('that is the same lets an old revision be answered, and the act says what was shown', async () => {
    await verifier.candidates(aCandidate('p', 'w', 'a', { score: 0.9 }))
    await verifier.settle()
    await verifier.decide('p', 'a', 'uncertain', { revision: seen })
    const { rows } = await verifier.database.query('select candidate_revision, score from verification_acts')
    expect(rows).toEqual([{ candidate_revision: seen, score: 0.8 }])
  })

  it('that changed since is shown instead', async () => {
    await verifier.candidates(aCandidate('p', 'w', 'a', { evidence: 'e2', evidenceItems: ['orcid:conflict'] }))
    const refused = await problem(verifier.decide('p', 'a', 'confirm', { revision: seen }))
    expect(refused).toMatchObject({ code: 'evidence_changed', status: 409 })
    expect(refused.options.extensions).toMatchObject({
      difference: { known: true, added: ['orcid:conflict'], removed: ['name:exact'] },
    })
    expect(await verifier.acts()).toHaveLength(1)
  })

  it('that changes afterwards asks to look again, and the state stays', async () => {
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({
      status: 'uncertain',
      version: 1,
      flags: ['review_suggested'],
    })
    await verifier.decide('p', 'a', 'confirm')
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'confirmed', version: 2, flags: [] })
  })

  it('that is withdrawn forbids no answer', async () => {
    await verifier.works(aWork('v', ['b']))
    await verifier.candidates(aCandidate('p', 'v', 'b', { withdrawn: true, withdrawnReason: 'below_threshold' }))
    await verifier.settle()
    expect(await verifier.question('p', 'b')).toMatchObject({ status: 'expired', version: 0 })
    expect((await verifier.decide('p', 'b', 'confirm')).recorded).toMatchObject({ status: 'confirmed', flags: [] })
  })

  it('that is withdrawn between the look and the answer marks it just as one withdrawn after it', async () => {
    for (const [slot, first] of [
      ['c', 'answer'],
      ['d', 'withdrawal'],
    ] as const) {
      await verifier.works(aWork(`of ${slot}`, [slot]))
      await verifier.candidates(aCandidate('p', `of ${slot}`, slot))
      await verifier.settle()
      const { revision } = await verifier.question('p', slot)
      const withdraw = async () => {
        await verifier.candidates(
          aCandidate('p', `of ${slot}`, slot, { withdrawn: true, withdrawnReason: 'below_threshold' }),
        )
        await verifier.settle()
      }
      if (first === 'withdrawal') await withdraw()
      await verifier.decide('p', slot, 'confirm', { revision })
      if (first === 'answer') await withdraw()
      expect(await verifier.question('p', slot)).toMatchObject({ status: 'confirmed', flags: ['review_suggested'] })
    }
  })

  it('of a revision that has not come here cannot be compared', async () => {
    const refused = await problem(verifier.decide('p', 'a', 'reject', { revision: seen + 1_000_000 }))
    expect(refused).toMatchObject({ code: 'revision_ahead', status: 409 })
  })
})

describe('a process that dies', async () => {
  it.each([
    { where: 'act.before_commit', acts: 0, status: 'pending' },
    { where: 'act.after_commit', acts: 1, status: 'confirmed' },
  ])('at $where leaves $acts acts, and the same key tells the truth afterwards', async ({ where, acts, status }) => {
    // Dying is not answering: what the transaction has done is what a new process finds.
    const died = new Error('died')
    const armed = armFailpoints(`${where}:1`, () => {
      throw died
    })
    const verifier = await aVerifier(armed)
    await verifier.oneQuestion()
    const key = randomUUID()
    await expect(verifier.decide('p', 'a', 'confirm', { key, version: 0 })).rejects.toBe(died)
    expect(await verifier.acts()).toHaveLength(acts)
    expect(await verifier.question('p', 'a')).toMatchObject({ status })
    const { recorded, replay } = await verifier.decide('p', 'a', 'confirm', { key, version: 0 })
    expect(replay).toBe(acts === 1)
    expect(recorded.chainSeq).toBe(1)
    expect(await verifier.acts()).toHaveLength(1)
  })
})

describe('profiles', async () => {
  const verifier = await aVerifier()
  it('that are unknown are asked all the same, and erased ones never', async () => {
    await verifier.profiles(aProfile('gone', { state: 'erased' }))
    const outcomes = await verifier.candidates(aCandidate('gone', 'w', 'a'), aCandidate('new', 'w', 'a'))
    expect(outcomes).toMatchObject([{ type: 'skipped', reason: 'erased_subject' }, { type: 'done' }])
    expect(await verifier.question('new', 'a')).toMatchObject({ status: 'pending' })
    await expect(verifier.question('gone', 'a')).rejects.toThrow('no question')
  })
})
