import { createOutbox, systemIds } from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import { aDatabase } from '@atlas/testing/vitest'
import { describe, expect, it } from 'vitest'
import { profileCommands } from './commands.ts'
import { unlessSame, withIdentity, withoutIdentity } from './decide-profile.ts'
import { makeProfile } from './make-profile.ts'
import { profileRequest } from './requests.ts'
import { findByIdentity, findProfiles, listProfileIds } from './store/read-profiles.ts'
import { anIdentity } from './testing/a-profile.ts'

const database = await aDatabase('profiles')
const commands = profileCommands(database, createOutbox({ profiles: TOPICS.profiles }))

type Request = { readonly profileId?: string; readonly [part: string]: unknown }

const wish = (request: Request) => {
  const profileId = request.profileId ?? systemIds.next()
  const parsed = profileRequest.parse({ displayName: 'Ada Lovelace', ...request, profileId })
  return { profileId, stateFrom: (stored: Parameters<typeof makeProfile>[2]) => makeProfile(parsed, systemIds, stored) }
}
const make = async (request: Request = {}) => {
  const [profile] = await commands.make([wish(request)])
  if (!profile) throw new Error('no profile was made')
  return profile
}
const references = async (profileId: string) => {
  const { rows } = await database.query('select from outbox_references where object_id = $1', [profileId])
  return rows.length
}
const whole = {
  bio: 'wrote the first program',
  institutions: ['inst-1'],
  names: [{ name: 'Ada Lovelace', given: 'Ada', family: 'Lovelace', primary: true }, { name: 'A. A. Lovelace' }],
  identities: [
    {
      type: 'orcid',
      value: '0000-0002-1825-0097',
      primary: true,
      verifiedAt: '2026-01-02T03:04:05Z',
      method: 'orcid_oauth',
    },
    { type: 'openalex_author', value: 'A5023888391', policy: 'auto_claim', ownership: 'partly_mine' },
  ],
  affiliations: [{ name: 'Analytical Engines', country: 'GB', fromYear: 1842 }],
  settings: { autoConfirmThreshold: 0.95, watchedSources: ['hal'] },
}

describe('making profiles', () => {
  it('keeps every part, and leaves one reference in the outbox', async () => {
    const made = await make(whole)
    expect(made).toMatchObject({
      ...whole,
      state: 'active',
      names: [
        { name: 'Ada Lovelace', given: 'Ada', primary: true },
        { name: 'A. A. Lovelace', given: null, primary: false },
      ],
      identities: [{ value: '0000-0002-1825-0097', verifiedAt: '2026-01-02T03:04:05.000Z' }, { policy: 'auto_claim' }],
      affiliations: [{ ror: null, fromYear: 1842, toYear: null }],
    })
    expect(await findProfiles(database, [made.profileId])).toEqual([made])
    expect(await references(made.profileId)).toBe(1)
    // What is proved here must not stand in the way of the next test.
    await commands.change(made.profileId, (profile) => ({ ...profile, identities: [] }))
  })

  it('changes nothing when the same is made again; makes a new state when it differs', async () => {
    const request = { ...whole, identities: whole.identities.slice(1), profileId: systemIds.next() }
    const first = await make(request)
    expect(await make(request)).toEqual(first)
    expect(await references(first.profileId)).toBe(1)
    const other = await make({ ...request, displayName: 'Ada, Countess of Lovelace' })
    expect(other).toEqual({ ...first, displayName: 'Ada, Countess of Lovelace', revision: other.revision })
    expect(other.revision).toBeGreaterThan(first.revision)
    expect(await references(first.profileId)).toBe(2)
  })

  it('is all or nothing', async () => {
    const good = wish({})
    const bad = wish({ identities: [{ type: 'orcid', value: '0000-0002-1825-0098' }] })
    await expect(commands.make([good, bad])).rejects.toMatchObject({ code: 'invalid_orcid' })
    await expect(commands.make([good, good])).rejects.toMatchObject({ code: 'repeated_item' })
    expect(await findProfiles(database, [good.profileId])).toEqual([])
  })

  it('gives one id to many who make it at once: a single profile, numbers that grow', async () => {
    const profileId = systemIds.next()
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, i) =>
        make({ profileId, displayName: `name ${i}`, identities: [{ type: 'idref', value: '7' }] }),
      ),
    )
    const [stored] = await findProfiles(database, [profileId])
    expect(stored?.revision).toBe(Math.max(...made.map(({ revision }) => revision)))
    expect(made.find(({ revision }) => revision === stored?.revision)).toEqual(stored)
    expect(new Set(made.map(({ revision }) => revision)).size).toBe(6)
  })

  it('does not deadlock when batches share profiles in another order', async () => {
    const wishes = Array.from({ length: 20 }, () => wish({}))
    const changed = (name: string) => wishes.map(({ profileId }) => wish({ profileId, displayName: name }))
    await Promise.all([commands.make(wishes), commands.make(changed('a').reverse()), commands.make(changed('b'))])
    expect(
      (
        await findProfiles(
          database,
          wishes.map(({ profileId }) => profileId),
        )
      ).length,
    ).toBe(20)
  })

  it('never makes an erased profile again', async () => {
    const { profileId } = await make()
    await database.query(`update author_profiles set state = 'erased' where profile_id = $1`, [profileId])
    await expect(make({ profileId })).rejects.toMatchObject({ status: 410, code: 'erased' })
    await expect(commands.change(profileId, (p) => ({ ...p, bio: 'x' }))).rejects.toMatchObject({ status: 404 })
  })
})

describe('changing a profile', () => {
  it('loses no change of many at once, and numbers grow in the order of states', async () => {
    const { profileId } = await make()
    const states = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        commands.change(profileId, (profile) =>
          withIdentity(profile, anIdentity('idref', `c${i}`, { identityId: systemIds.next() })),
        ),
      ),
    )
    const inOrder = [...states].sort((a, b) => a.revision - b.revision)
    expect(inOrder.map(({ identities }) => identities.length)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(new Set(states.map(({ revision }) => revision)).size).toBe(8)
  })

  it('publishes nothing when nothing changes', async () => {
    const { profileId, revision, settings } = await make()
    const same = await commands.change(profileId, (profile) => unlessSame(profile, { settings: { ...settings } }))
    expect(same.revision).toBe(revision)
    expect(await references(profileId)).toBe(1)
  })

  it('keeps the state, the number and the outbox as they were when the change is refused', async () => {
    const made = await make({ identities: [{ type: 'idref', value: '9', primary: true }] })
    const primary = made.identities[0]?.identityId ?? ''
    await expect(commands.change(made.profileId, (profile) => withoutIdentity(profile, primary))).rejects.toMatchObject(
      {
        code: 'primary_identity',
      },
    )
    expect(await findProfiles(database, [made.profileId])).toEqual([made])
    expect(await references(made.profileId)).toBe(1)
  })
})

describe('identities', () => {
  const orcid = { type: 'orcid', value: '0000-0000-0001-0007' }

  it('may be claimed by two profiles, and proved by one', async () => {
    const [a, b] = [await make({ identities: [orcid] }), await make({ identities: [orcid] })]
    expect((await findByIdentity(database, orcid.type, orcid.value)).length).toBe(2)
    const proved = { ...orcid, verifiedAt: '2026-01-01T00:00:00Z', method: 'orcid_oauth' }
    await make({ profileId: a.profileId, identities: [proved] })
    await expect(make({ profileId: b.profileId, identities: [proved] })).rejects.toMatchObject({
      code: 'identity_taken',
    })
    await expect(make({ identities: [orcid] })).rejects.toMatchObject({ status: 409, code: 'identity_taken' })
    expect((await findByIdentity(database, orcid.type, orcid.value)).map(({ profileId }) => profileId)).toEqual([
      a.profileId,
      b.profileId,
    ])
  })

  it('are proved by one of many who prove them at once', async () => {
    const proved = { type: 'email', value: 'ada@example.org', method: 'email', verifiedAt: '2026-01-01T00:00:00Z' }
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => make({ identities: [proved] })))
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(1)
    for (const result of results)
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ status: 409, code: 'identity_taken' })
  })

  it('are 500 at most', async () => {
    const identities = Array.from({ length: 500 }, (_, i) => ({ type: 'idref', value: `many ${i}` }))
    const { profileId } = await make({ identities })
    const more = anIdentity('idref', 'one more', { identityId: systemIds.next() })
    await expect(commands.change(profileId, (profile) => withIdentity(profile, more))).rejects.toMatchObject({
      status: 422,
      code: 'too_many_identities',
    })
  })
})

it('lists all profiles, page after page', async () => {
  const all: string[] = []
  for (let after: string | null = null; ; ) {
    const page: readonly string[] = await listProfileIds(database, after, 7)
    all.push(...page)
    after = page.at(-1) ?? null
    if (page.length < 7) break
  }
  const { rows } = await database.query<{ n: number }>('select count(*) as n from author_profiles')
  expect(all.length).toBe(rows[0]?.n)
  expect([...new Set(all)].sort()).toEqual(all)
})
