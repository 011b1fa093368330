import { candidateIdOf } from '@atlas/identifiers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { settleSome } from './settle.ts'
import { digestOf } from './store/digest.ts'
import { type AVerifier, aVerifier } from './testing/a-verifier.ts'
import { aCandidate, aProfile, aRedirect, aWork, idOf } from './testing/messages.ts'

const kinds = async (verifier: AVerifier) => (await verifier.acts()).map(({ kind }) => kind)

describe('thresholds that a person has set', async () => {
  const verifier = await aVerifier()
  const auto = (name: string, over = {}) =>
    aProfile(name, { autoConfirmThreshold: 0.9, autoRejectThreshold: 0.1, ...over })

  it('confirm and reject by rule, each with an act that names the threshold', async () => {
    await verifier.profiles(auto('p'))
    await verifier.works(aWork('w', ['a', 'b', 'c']))
    await verifier.candidates(
      aCandidate('p', 'w', 'a', { score: 0.9 }),
      aCandidate('p', 'w', 'b', { score: 0.1 }),
      aCandidate('p', 'w', 'c', { score: 0.5 }),
    )
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'auto_confirmed', version: 1 })
    expect(await verifier.question('p', 'b')).toMatchObject({ status: 'auto_rejected', version: 1 })
    expect(await verifier.question('p', 'c')).toMatchObject({ status: 'pending', version: 0 })
    const { rows } = await verifier.database.query(
      'select kind, actor, via, threshold from verification_acts order by threshold',
    )
    expect(rows).toEqual([
      { kind: 'auto_reject', actor: 'system', via: 'auto', threshold: 0.1 },
      { kind: 'auto_confirm', actor: 'system', via: 'auto', threshold: 0.9 },
    ])
    expect(await verifier.authorships()).toMatchObject([{ state: 'verified', status: 'auto_confirmed' }])
  })

  it('are followed back when the evidence goes', async () => {
    await verifier.candidates(aCandidate('p', 'w', 'a', { score: 0.7 }), aCandidate('p', 'w', 'b', { withdrawn: true }))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'pending', version: 2 })
    expect(await verifier.question('p', 'b')).toMatchObject({ status: 'expired', version: 2 })
    expect(await verifier.authorships()).toMatchObject([{ state: 'retracted' }])
    expect((await kinds(verifier)).slice(2)).toEqual(['auto_revert', 'auto_revert'])
  })

  it('are followed when they change, over all questions of the profile', async () => {
    await verifier.profiles(aProfile('p', { autoConfirmThreshold: 0.5 }))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'auto_confirmed', version: 3 })
    expect(await verifier.question('p', 'c')).toMatchObject({ status: 'auto_confirmed', version: 1 })
  })

  it('never override a person', async () => {
    await verifier.decide('p', 'a', 'reject')
    await verifier.decide('p', 'c', 'reopen')
    const before = await kinds(verifier)
    await verifier.candidates(aCandidate('p', 'w', 'a', { score: 0.99 }), aCandidate('p', 'w', 'c', { score: 0.99 }))
    await verifier.profiles(aProfile('p', { autoConfirmThreshold: 0.1 }))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'rejected' })
    expect(await verifier.question('p', 'c')).toMatchObject({ status: 'pending' })
    expect(await kinds(verifier)).toEqual(before)
  })

  it('choose between two people for nobody', async () => {
    await verifier.profiles(auto('q'), auto('r'))
    await verifier.works(aWork('x', ['x']))
    await verifier.candidates(aCandidate('q', 'x', 'x', { score: 0.99 }))
    await verifier.settle()
    expect(await verifier.question('q', 'x')).toMatchObject({ status: 'auto_confirmed' })
    await verifier.candidates(aCandidate('r', 'x', 'x', { score: 0.95 }))
    await verifier.settle()
    expect(await verifier.question('q', 'x')).toMatchObject({ status: 'pending' })
    expect(await verifier.question('r', 'x')).toMatchObject({ status: 'pending' })
    // Once one of them has said no, the other is alone.
    await verifier.decide('r', 'x', 'reject')
    expect(await verifier.question('q', 'x')).toMatchObject({ status: 'auto_confirmed' })
  })

  it('give way to a person who confirms himself', async () => {
    await verifier.decide('r', 'x', 'confirm')
    expect(await verifier.question('r', 'x')).toMatchObject({ status: 'confirmed' })
    expect(await verifier.question('q', 'x')).toMatchObject({ status: 'pending' })
    await verifier.decide('q', 'x', 'uncertain')
  })

  it('wait for the work, as its slot may have rivals nobody has seen', async () => {
    await verifier.candidates(aCandidate('q', 'y', 'y', { score: 0.99 }))
    await verifier.settle()
    expect(await verifier.question('q', 'y')).toMatchObject({ status: 'pending', version: 0 })
    await verifier.works(aWork('y', ['y']))
    await verifier.settle()
    expect(await verifier.question('q', 'y')).toMatchObject({ status: 'auto_confirmed', version: 1 })
  })
})

describe('a work that looks wrong', async () => {
  const verifier = await aVerifier()
  const slots = ['a', 'b', 'c', 'd']
  const looksWrong = () => aWork('w', slots, { flags: ['suspicious', 'suspicious-bridge'] })
  const statuses = async () =>
    Promise.all(slots.map(async (slot) => `${slot} ${(await verifier.question('p', slot)).status}`))
  const lastActs = async () => {
    const { rows } = await verifier.database.query<{ kind: string; actor: string; reason: string }>(
      'select kind, actor, reason from verification_acts order by chain_seq',
    )
    return rows.map(({ kind, actor, reason }) => `${kind} ${actor} ${reason}`)
  }

  it('is decided about by persons only', async () => {
    await verifier.profiles(aProfile('p', { autoConfirmThreshold: 0.9, autoRejectThreshold: 0.1 }))
    await verifier.works(looksWrong())
    const scores = { a: 0.95, b: 0.95, c: 0.05, d: 0.5 }
    await verifier.candidates(...Object.entries(scores).map(([slot, score]) => aCandidate('p', 'w', slot, { score })))
    await verifier.settle()
    expect(await statuses()).toEqual(['a pending', 'b pending', 'c pending', 'd pending'])
    expect(await verifier.acts()).toEqual([])
    await verifier.decide('p', 'd', 'confirm')
    expect(await verifier.question('p', 'd')).toMatchObject({ status: 'confirmed' })
  })

  it('is decided about by rule once it looks right', async () => {
    await verifier.works(aWork('w', slots))
    await verifier.settle()
    expect(await statuses()).toEqual(['a auto_confirmed', 'b auto_confirmed', 'c auto_rejected', 'd confirmed'])
  })

  it('takes back what rules have decided, and nothing that a person has', async () => {
    await verifier.decide('p', 'b', 'confirm')
    const before = (await lastActs()).length
    await verifier.works(looksWrong())
    await verifier.settle()
    expect(await statuses()).toEqual(['a pending', 'b confirmed', 'c pending', 'd confirmed'])
    expect((await lastActs()).slice(before)).toEqual(Array(2).fill('auto_revert system work_suspicious'))
    const verified = (await verifier.authorships()).filter(({ state }) => state === 'verified')
    expect(verified.map(({ status }) => status)).toEqual(['confirmed', 'confirmed'])
  })

  it('stands, once it looks right again, as if it had never looked wrong', async () => {
    await verifier.works(aWork('w', slots))
    await verifier.settle()
    expect(await statuses()).toEqual(['a auto_confirmed', 'b confirmed', 'c auto_rejected', 'd confirmed'])
  })

  it('is asked about as any other: a claim that is withdrawn expires', async () => {
    await verifier.works(looksWrong())
    await verifier.candidates(aCandidate('p', 'w', 'a', { withdrawn: true }))
    await verifier.settle()
    expect(await statuses()).toEqual(['a expired', 'b confirmed', 'c pending', 'd confirmed'])
  })
})

describe('a first import for somebody with a low threshold', async () => {
  const verifier = await aVerifier()
  it('is settled by at most 100 acts a transaction', async () => {
    const names = Array.from({ length: 230 }, (_, index) => `a${index}`)
    await verifier.profiles(aProfile('p', { autoConfirmThreshold: 0.5 }))
    await verifier.works(...names.map((name) => aWork(name, [name])))
    await verifier.candidates(...names.map((name) => aCandidate('p', name, name)))
    const counts: number[] = []
    while (await settleSome(verifier.deciding)) counts.push((await verifier.acts()).length)
    const steps = counts.map((count, index) => count - (counts[index - 1] ?? 0))
    expect(Math.max(...steps)).toBe(100)
    expect(counts.at(-1)).toBe(230)
  })
})

describe('works that merge', async () => {
  const verifier = await aVerifier()
  const apart = async () => {
    await verifier.works(aWork('1', ['m']), aWork('2', ['n']))
    await verifier.candidates(...['p', 'q'].flatMap((p) => [aCandidate(p, '1', 'm'), aCandidate(p, '2', 'n')]))
    await verifier.settle()
  }
  const together = async () => {
    await verifier.works(aRedirect('1', '2'), aWork('2', ['n m']))
    await verifier.candidates(
      ...['p', 'q'].flatMap((p) => [
        aCandidate(p, '1', 'm', { withdrawn: true, withdrawnReason: 'slot_gone' }),
        aCandidate(p, '2', 'n m', { replaces: [candidateIdOf(idOf('m'), idOf(p))] }),
      ]),
    )
    await verifier.settle()
  }
  const verified = async () =>
    (await verifier.authorships()).filter(({ state }) => state === 'verified').map(({ id, work }) => `${id} ${work}`)

  it('carry a decision to the slot that has its mention now, and back', async () => {
    await verifier.profiles(aProfile('p'), aProfile('q'))
    await apart()
    await verifier.decide('p', 'm', 'confirm')
    const before = await verified()
    await together()
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'confirmed', version: 1, flags: [] })
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'merged' })
    expect(await verifier.question('q', 'm')).toMatchObject({ status: 'expired', version: 0 })
    expect(await verified()).toEqual([`${candidateIdOf(idOf('n'), idOf('p'))} ${idOf('work 2')}`])
    await apart()
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'confirmed', flags: [] })
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'pending' })
    expect(await verified()).toEqual(before)
  })

  it('bring two confirmed people together: both stay, and both are asked', async () => {
    await verifier.decide('q', 'n', 'confirm')
    await together()
    for (const person of ['p', 'q'])
      expect(await verifier.question(person, 'n')).toMatchObject({ status: 'confirmed', flags: ['conflict'] })
    await verifier.decide('q', 'n', 'reject')
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'confirmed', flags: [] })
    await apart()
    expect(await verifier.question('q', 'n')).toMatchObject({ status: 'rejected', flags: [] })
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'confirmed', flags: [] })
  })

  it('set a confirm against a reject of one person: he is asked, and what he says holds for both', async () => {
    await verifier.decide('p', 'n', 'reject')
    await together()
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'rejected', flags: ['conflict'] })
    await verifier.decide('p', 'n', 'confirm')
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'confirmed', flags: [] })
    await apart()
    expect(await verifier.question('p', 'n')).toMatchObject({ status: 'confirmed', flags: [] })
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'confirmed', flags: [] })
  })

  it('keep a confirmed authorship where its mention went away, and ask to look again', async () => {
    await verifier.works(aWork('1', [], { state: 'gone' }))
    await verifier.candidates(aCandidate('p', '1', 'm', { withdrawn: true, withdrawnReason: 'slot_gone' }))
    await verifier.settle()
    expect(await verifier.question('p', 'm')).toMatchObject({ status: 'confirmed', flags: ['review_suggested'] })
    expect(await verified()).toContain(`${candidateIdOf(idOf('m'), idOf('p'))} ${idOf('work 1')}`)
  })
})

describe('mentions', async () => {
  const verifier = await aVerifier()
  await verifier.oneQuestion()

  it('of further sources ask nothing new, and the authorship gains a contribution', async () => {
    await verifier.decide('p', 'a', 'confirm')
    await verifier.works(aWork('w', ['a z', 'b']))
    await verifier.candidates(aCandidate('p', 'w', 'a z'))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'confirmed', version: 1, flags: [] })
    const { rows } = await verifier.database.query<{ count: number }>(
      'select jsonb_array_length(contributions) as count from authorships',
    )
    expect(rows).toEqual([{ count: 2 }])
    expect(await verifier.acts()).toHaveLength(1)
  })

  it('whose name was corrected keep the answer under their earlier key', async () => {
    await verifier.works(aWork('w', [{ mentions: ['a2<a', 'z'], ambiguous: true }, 'b']))
    await verifier.candidates(aCandidate('p', 'w', 'a', { withdrawn: true }), aCandidate('p', 'w', 'a2 z'))
    await verifier.settle()
    expect(await verifier.question('p', 'a2')).toMatchObject({ status: 'confirmed', flags: ['ambiguous_mention'] })
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'merged' })
  })
})

describe('a profile that is gone', async () => {
  const verifier = await aVerifier()
  it('leaves its questions expired, and comes back as it was', async () => {
    await verifier.oneQuestion()
    await verifier.decide('p', 'a', 'confirm')
    await verifier.profiles(aProfile('p', { state: 'merged', mergedInto: idOf('q') }))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'expired', version: 2 })
    expect(await verifier.authorships()).toMatchObject([{ state: 'retracted' }])
    await verifier.profiles(aProfile('p'))
    await verifier.settle()
    expect(await verifier.question('p', 'a')).toMatchObject({ status: 'confirmed', version: 3 })
    expect(await kinds(verifier)).toEqual(['confirm', 'expire', 'restore'])
  })
})

describe('the order in which snapshots of several objects arrive', async () => {
  const first = [
    () => aWork('1', ['m', 'o']),
    () => aWork('2', ['n']),
    () => aCandidate('p', '1', 'm', { score: 0.95 }),
    () => aCandidate('q', '1', 'm', { score: 0.5 }),
    () => aCandidate('p', '2', 'n', { score: 0.95 }),
    () => aCandidate('r', '1', 'o', { score: 0.05 }),
    () => aWork('3', ['s']),
    () => aWork('4', ['t'], { flags: ['suspicious'] }),
    () => aCandidate('p', '3', 's', { score: 0.95 }),
    () => aCandidate('p', '4', 't', { score: 0.95 }),
    () => aProfile('p', { autoConfirmThreshold: 0.9 }),
    () => aProfile('r', { autoRejectThreshold: 0.1 }),
  ].map((make) => make())
  const second = [
    aRedirect('1', '2'),
    aWork('2', ['n m', 'o']),
    aCandidate('p', '1', 'm', { withdrawn: true }),
    aCandidate('q', '1', 'm', { withdrawn: true }),
    aCandidate('p', '2', 'n m', { score: 0.95 }),
    aCandidate('q', '2', 'n m', { score: 0.91 }),
    aCandidate('r', '2', 'o', { score: 0.05 }),
    aWork('3', ['s'], { flags: ['suspicious'] }),
    aWork('4', ['t']),
  ]

  it('makes no difference to how questions stand', { timeout: 240_000 }, async () => {
    const digests = new Set<string>()
    const order = fc.shuffledSubarray([...first, ...second], { minLength: first.length + second.length })
    for (const messages of fc.sample(order, { numRuns: 6, seed: 7 })) {
      const verifier = await aVerifier()
      for (const message of messages) {
        if ('candidateId' in message) await verifier.candidates(message)
        else if ('displayName' in message) await verifier.profiles(message)
        else await verifier.works(message)
        if (messages.indexOf(message) % 3 === 0) await verifier.settle()
      }
      await verifier.settle()
      expect(await verifier.question('p', 'n')).toMatchObject({ status: 'pending' })
      expect(await verifier.question('r', 'o')).toMatchObject({ status: 'auto_rejected' })
      expect(await verifier.question('p', 's')).toMatchObject({ status: 'pending' })
      expect(await verifier.question('p', 't')).toMatchObject({ status: 'auto_confirmed' })
      digests.add(
        JSON.stringify([
          await digestOf(verifier.database, 'standing'),
          await digestOf(verifier.database, 'authorships'),
        ]),
      )
    }
    expect(digests.size).toBe(1)
  })
})
