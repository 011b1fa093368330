import type { Queryable } from '@atlas/runtime'
import { listLiveCandidates } from '../store/candidates.ts'
import { type KeyToRead, listSlotsOfKeys } from '../store/compare.ts'
import type { ComparedProfile } from '../store/profiles.ts'
import { type Position, parsePosition } from './position.ts'

/** The slots one step compares a profile with. */
export interface ProfilePage {
  readonly slotIds: readonly string[]
  /** Where the next step goes on; undefined when this was the last page. */
  readonly next: Position | undefined
}

export interface ToRead {
  readonly no: number
  readonly profile: ComparedProfile
  readonly position: string | null
}

/**
 * The next page of each profile, by the row's number: first the claims it has, which may have become wrong, then the
 * slots under each of its keys.
 */
export async function readPages(
  db: Queryable,
  rows: readonly ToRead[],
  limit: number,
): Promise<ReadonlyMap<number, ProfilePage>> {
  const positions = rows.map((row) => ({ ...row, position: parsePosition(row.position) }))
  const claims = await pagesOfClaims(db, positions, limit)
  const ready = positions.filter(({ no }) => claims.get(no)?.next === undefined)
  const keys = await pagesOfKeys(db, ready, limit)
  return new Map(
    rows.map(({ no }) => {
      const first = claims.get(no)
      const second = keys.get(no)
      return [
        no,
        { slotIds: [...(first?.slotIds ?? []), ...(second?.slotIds ?? [])], next: first?.next ?? second?.next },
      ]
    }),
  )
}

interface Read {
  readonly no: number
  readonly profile: ComparedProfile
  readonly position: Position
}

async function pagesOfClaims(db: Queryable, rows: readonly Read[], limit: number) {
  const wanted = rows.flatMap(({ no, profile: { profileId }, position }) =>
    position.phase === 'claims' ? { no, profileId, after: position.after } : [],
  )
  const listed = Map.groupBy(await listLiveCandidates(db, wanted, limit), ({ profileId }) => profileId)
  return new Map(
    wanted.map(({ no, profileId }): [number, ProfilePage] => {
      const page = listed.get(profileId) ?? []
      const last = page.at(-1)
      const next: Position | undefined =
        page.length === limit && last ? { phase: 'claims', after: last.candidateId } : undefined
      return [no, { slotIds: page.map(({ slotId }) => slotId), next }]
    }),
  )
}

async function pagesOfKeys(db: Queryable, rows: readonly Read[], limit: number) {
  const listed = Map.groupBy(await listSlotsOfKeys(db, rows.flatMap(keysToRead), limit), ({ owner }) => owner)
  return new Map(
    rows.map(({ no }): [number, ProfilePage] => {
      const page = listed.get(String(no)) ?? []
      const last = page.at(-1)
      const next: Position | undefined =
        page.length === limit && last ? { phase: 'keys', place: last.place, after: last.slotId } : undefined
      return [no, { slotIds: [...new Set(page.map(({ slotId }) => slotId))], next }]
    }),
  )
}

function keysToRead({ no, profile, position }: Read): readonly KeyToRead[] {
  const [from, after] = position.phase === 'keys' ? [position.place, position.after] : [0, null]
  return profile.keys
    .map((key, place) => ({ owner: String(no), place, key, after: place === from ? after : null }))
    .filter(({ place }) => place >= from)
}
