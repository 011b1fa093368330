import { randomBytes } from 'node:crypto'
import type { Clock, Ids, Queryable } from '@atlas/runtime'
import { unwrapKey, wrapKey } from '../seal.ts'

export interface SubjectKey {
  readonly keyId: string
  readonly key: Buffer
}

/** The keys of subjects, each made when it is first needed, and never again once it was destroyed. */
export interface SubjectKeys {
  /** Makes what is missing; throws `SubjectErasedError` for a subject whose key was destroyed. */
  getOrCreate(profileIds: readonly string[]): Promise<ReadonlyMap<string, SubjectKey>>
  /** By key id, those that still exist. */
  find(keyIds: readonly string[]): Promise<ReadonlyMap<string, Buffer>>
  /** Everything sealed for the subject is unreadable from now on. True when there was a key. */
  destroy(profileId: string): Promise<boolean>
}

export class SubjectErasedError extends Error {
  override readonly name = 'SubjectErasedError'
}

interface Row {
  readonly key_id: string
  readonly profile_id: string
  readonly wrapped: Buffer | null
}

// A destroyed key must not live on in memory: other members forget it within this time.
const REMEMBER_MS = 30_000
// 64 bytes of key and ids each: about 4 MB.
const REMEMBER = 20_000

export function subjectKeys(
  db: Queryable,
  masterKey: Buffer,
  { clock, ids }: { readonly clock: Pick<Clock, 'monotonic'>; readonly ids: Pick<Ids, 'random'> },
): SubjectKeys {
  const remembered = new Map<string, SubjectKey & { readonly until: number }>()

  function remember(profileId: string, key: SubjectKey): void {
    if (remembered.size >= REMEMBER) remembered.clear()
    remembered.set(profileId, { ...key, until: clock.monotonic() + REMEMBER_MS })
  }

  async function load(profileIds: readonly string[]): Promise<Map<string, SubjectKey>> {
    const { rows } = await db.query<Row>(
      'select key_id, profile_id, wrapped from subject_keys where profile_id = any($1::uuid[])',
      [profileIds],
    )
    return new Map(
      rows.map(({ key_id, profile_id, wrapped }) => {
        if (wrapped === null) throw new SubjectErasedError(`the key of subject "${profile_id}" was destroyed`)
        return [profile_id, { keyId: key_id, key: unwrapKey(masterKey, key_id, profile_id, wrapped) }]
      }),
    )
  }

  async function create(profileIds: readonly string[]): Promise<void> {
    const made = profileIds.map((profileId) => {
      const keyId = ids.random()
      return { keyId, profileId, wrapped: wrapKey(masterKey, keyId, profileId, randomBytes(32)) }
    })
    // Whoever comes second takes the key of the first.
    await db.query(
      `insert into subject_keys (key_id, profile_id, wrapped)
       select * from unnest($1::uuid[], $2::uuid[], $3::bytea[]) on conflict (profile_id) do nothing`,
      [made.map((key) => key.keyId), made.map((key) => key.profileId), made.map((key) => key.wrapped)],
    )
  }

  return {
    async getOrCreate(profileIds) {
      const now = clock.monotonic()
      const known = new Map<string, SubjectKey>()
      const wanted: string[] = []
      for (const profileId of new Set(profileIds)) {
        const key = remembered.get(profileId)
        if (key && key.until > now) known.set(profileId, key)
        else wanted.push(profileId)
      }
      if (wanted.length === 0) return known
      let loaded = await load(wanted)
      const missing = wanted.filter((profileId) => !loaded.has(profileId))
      if (missing.length > 0) {
        await create(missing)
        loaded = await load(wanted)
      }
      for (const [profileId, key] of loaded) {
        remember(profileId, key)
        known.set(profileId, key)
      }
      return known
    },
    async find(keyIds) {
      const { rows } = await db.query<Row>(
        'select key_id, profile_id, wrapped from subject_keys where key_id = any($1::uuid[]) and wrapped is not null',
        [[...new Set(keyIds)]],
      )
      return new Map(
        rows.flatMap(({ key_id, profile_id, wrapped }) =>
          wrapped === null ? [] : [[key_id, unwrapKey(masterKey, key_id, profile_id, wrapped)] as const],
        ),
      )
    },
    async destroy(profileId) {
      remembered.delete(profileId)
      const { rowCount } = await db.query(
        `update subject_keys set wrapped = null, destroyed_at = now() where profile_id = $1 and wrapped is not null`,
        [profileId],
      )
      return rowCount > 0
    },
  }
}
