import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefusal, remade, unlessSame, withIdentity, withoutIdentity } from './decide-profile.ts'
import { normaliseIdentity } from './normalise-identity.ts'
import { anIdentity, aProfile } from './testing/a-profile.ts'

const wish = (type: string, value: string) => ({
  type,
  value,
  primary: false,
  method: 'manual' as const,
  policy: 'auto_suggest' as const,
  ownership: 'mine' as const,
})

describe('normaliseIdentity', () => {
  it.each([
    ['orcid', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1825-0097'],
    ['orcid', '0000-0000-0000-116x', '0000-0000-0000-116X'],
    ['email', ' Ada@Example.ORG ', 'ada@example.org'],
    ['openalex_author', 'https://openalex.org/a5023888391', 'A5023888391'],
    ['hal_author', ' ada-lovelace ', 'ada-lovelace'],
  ])('%s %j is kept as %j', (type, value, normal) => {
    expect(normaliseIdentity(wish(type, value), 'id')).toMatchObject({ value: normal, verifiedAt: null })
  })

  it.each([
    ['orcid', '0000-0002-1825-0098', 'invalid_orcid'],
    ['orcid', '', 'invalid_orcid'],
    ['email', 'nobody', 'invalid_field'],
    ['openalex_author', 'W2741809807', 'invalid_field'],
    ['idref', '   ', 'invalid_field'],
  ])('%s %j is refused as %s', (type, value, code) => {
    expect(normaliseIdentity(wish(type, value), 'id')).toMatchObject({ status: 400, code })
  })

  it('keeps one spelling for one moment', () => {
    const given = { ...wish('idref', '1'), verifiedAt: '2026-01-02T03:04:05Z' }
    expect(normaliseIdentity(given, 'id')).toMatchObject({ verifiedAt: '2026-01-02T03:04:05.000Z' })
  })
})

describe('identities of a profile', () => {
  it('has none twice', () => {
    const profile = aProfile({ identities: [anIdentity('idref', '1')] })
    expect(withIdentity(profile, anIdentity('idref', '1'))).toMatchObject({ status: 409, code: 'identity_exists' })
  })

  it.each([
    [499, false],
    [500, true],
  ])('beside %i others: refused %s', (count, refused) => {
    const identities = Array.from({ length: count }, (_, i) => anIdentity('idref', String(i)))
    const result = withIdentity(aProfile({ identities }), anIdentity('idref', 'new'))
    expect(isRefusal(result)).toBe(refused)
    if (refused) expect(result).toMatchObject({ status: 422, code: 'too_many_identities' })
  })

  it('has one primary of a type', () => {
    const profile = aProfile({
      identities: [anIdentity('orcid', 'a', { primary: true }), anIdentity('idref', 'b', { primary: true })],
    })
    const result = withIdentity(profile, anIdentity('orcid', 'c', { primary: true }))
    if (isRefusal(result)) throw new Error(result.detail)
    expect(result.identities.filter(({ primary }) => primary).map(({ value }) => value)).toEqual(['b', 'c'])
  })

  it('keeps its primary one, loses another, and knows which it has', () => {
    const primary = anIdentity('orcid', 'a', { primary: true })
    const other = anIdentity('idref', 'b')
    const profile = aProfile({ identities: [primary, other] })
    expect(withoutIdentity(profile, primary.identityId)).toMatchObject({ status: 409, code: 'primary_identity' })
    expect(withoutIdentity(profile, other.identityId)).toMatchObject({ identities: [primary] })
    expect(withoutIdentity(profile, 'another')).toMatchObject({ status: 404, code: 'not_found' })
  })
})

describe('a profile made again', () => {
  it('is the very same object when nothing differs, whatever ids its identities were given now', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 8 }), (values) => {
        const identities = values.map((value) => anIdentity('idref', value))
        const stored = aProfile({ identities })
        const again = identities.map((identity) => ({ ...identity, identityId: `new ${identity.value}` }))
        expect(remade(stored, { ...stored, identities: again.reverse() })).toBe(stored)
      }),
    )
  })

  it('keeps the proof of an identity that is only claimed now', () => {
    const proved = anIdentity('orcid', 'a', { verifiedAt: '2026-01-01T00:00:00.000Z', method: 'orcid_oauth' })
    const stored = aProfile({ identities: [proved] })
    const result = remade(stored, { ...stored, displayName: 'Ada', identities: [anIdentity('orcid', 'a')] })
    expect(result).toMatchObject({ displayName: 'Ada', identities: [proved] })
  })

  it('cannot live again once it was erased, nor while it is part of another', () => {
    const stored = aProfile()
    expect(remade({ ...stored, state: 'erased' }, stored)).toMatchObject({ status: 410, code: 'erased' })
    expect(remade({ ...stored, state: 'merged' }, stored)).toMatchObject({ status: 409, code: 'profile_merged' })
  })

  it('changes nothing when a part is set to what it is', () => {
    const stored = aProfile()
    expect(unlessSame(stored, { settings: { ...stored.settings } })).toBe(stored)
    expect(unlessSame(stored, { bio: 'new' })).not.toBe(stored)
  })
})
