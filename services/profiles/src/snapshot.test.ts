import { describe, expect, it } from 'vitest'
import { snapshotOf } from './snapshot.ts'
import { anIdentity, aProfile } from './testing/a-profile.ts'

const whole = aProfile({
  displayName: 'Ada Lovelace',
  bio: 'wrote the first program',
  identities: [
    anIdentity('orcid', '0000-0002-1825-0097', { verifiedAt: '2026-01-02T03:04:05.000Z', method: 'orcid_oauth' }),
  ],
  institutions: ['inst-1'],
})

describe('what others learn of a profile', () => {
  it('is what they match and ask by: names, identities with their proof, affiliations, thresholds; never a biography', () => {
    const snapshot = snapshotOf(whole)
    expect(snapshot).toMatchObject({
      state: 'active',
      displayName: 'Ada Lovelace',
      identities: [{ method: 'orcid_oauth', verifiedAt: Date.parse('2026-01-02T03:04:05Z') }],
      institutions: ['inst-1'],
      autoConfirmThreshold: whole.settings.autoConfirmThreshold,
    })
    expect(JSON.stringify(snapshot)).not.toContain('first program')
  })

  it.each([
    ['erased', null],
    ['merged', '0197a000-0000-7000-8000-00000000000b'],
  ] as const)('is nothing but its state once it is %s', (state, mergedInto) => {
    const snapshot = snapshotOf({ ...whole, state, mergedInto, revision: 9 })
    expect(snapshot).toMatchObject({
      state,
      mergedInto,
      revision: 9,
      names: [],
      identities: [],
      affiliations: [],
      displayName: '',
    })
    for (const personal of ['Ada', '0000-0002', 'inst-1']) expect(JSON.stringify(snapshot)).not.toContain(personal)
  })

  it('has one event id a state, whoever makes it and however often', () => {
    expect(snapshotOf(whole).eventId).toBe(snapshotOf(whole).eventId)
    expect(snapshotOf(whole).eventId).not.toBe(snapshotOf({ ...whole, revision: whole.revision + 1 }).eventId)
  })
})
