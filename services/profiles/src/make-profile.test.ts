import { describe, expect, it } from 'vitest'
import { isRefusal } from './decide-profile.ts'
import { makeProfile } from './make-profile.ts'
import { profileRequest } from './requests.ts'
import { anIdentity, aProfile } from './testing/a-profile.ts'

const counting = () => {
  let last = 0
  const next = () => `id ${++last}`
  return { next, random: next }
}
const made = (request: object, stored = undefined as ReturnType<typeof aProfile> | undefined) => {
  const result = makeProfile(profileRequest.parse(request), counting(), stored)
  if (isRefusal(result)) throw new Error(result.code)
  return result
}

describe('makeProfile', () => {
  it('shows the display name when no name is given', () => {
    expect(made({ displayName: 'Ada' }).names).toEqual([{ name: 'Ada', given: null, family: null, primary: true }])
  })

  it.each([
    { given: 'a b c', shown: 'a' },
    { given: 'a b! c', shown: 'b' },
    { given: 'a b! c!', shown: 'b' },
  ])('of the names $given shows $shown', ({ given, shown }) => {
    const names = given.split(' ').map((name) => ({ name: name[0], primary: name.endsWith('!') }))
    expect(
      made({ displayName: 'x', names })
        .names.filter(({ primary }) => primary)
        .map(({ name }) => name),
    ).toEqual([shown])
  })

  it('takes an identity that stands twice once, and one primary of a type', () => {
    const identities = [
      { type: 'email', value: 'A@b.org', primary: true },
      { type: 'email', value: 'a@B.org' },
      { type: 'email', value: 'c@b.org', primary: true },
    ]
    expect(made({ displayName: 'x', identities }).identities.map(({ value, primary }) => [value, primary])).toEqual([
      ['a@b.org', true],
      ['c@b.org', false],
    ])
  })

  it('refuses a wrong check digit and 501 identities', () => {
    const refusal = (identities: object[]) =>
      makeProfile(profileRequest.parse({ displayName: 'x', identities }), counting(), undefined)
    expect(refusal([{ type: 'orcid', value: '0000-0002-1825-0098' }])).toMatchObject({ code: 'invalid_orcid' })
    const many = Array.from({ length: 501 }, (_, i) => ({ type: 'idref', value: String(i) }))
    expect(refusal(many)).toMatchObject({ status: 422, code: 'too_many_identities' })
    expect(isRefusal(refusal(many.slice(1)))).toBe(false)
  })

  it('leaves what the request does not name as it was: settings, bio, identities', () => {
    const stored = aProfile({
      bio: 'counts',
      identities: [anIdentity('idref', '1')],
      settings: { ...aProfile().settings, language: 'fr' },
    })
    const again = made(
      { profileId: stored.profileId, displayName: 'Ada L.', settings: { visibility: 'public' } },
      stored,
    )
    expect(again).toMatchObject({
      displayName: 'Ada L.',
      bio: 'counts',
      identities: stored.identities,
      names: stored.names,
      settings: { ...stored.settings, visibility: 'public' },
    })
    expect(made({ displayName: 'x', identities: [] }, stored).identities).toEqual([])
  })
})
