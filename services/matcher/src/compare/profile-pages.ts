import { isOfFrequentName } from '@atlas/linkage'
import type { Queryable } from '@atlas/runtime'
import { listLiveCandidates } from '../store/candidates.ts'
import { type KeyToRead, listSlotsOfKeys, listWideAmong } from '../store/compare.ts'
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
  /** Keys it stood under before: slots that it may meet no more. */
  readonly left: readonly string[]
  /** Whether the state of this row is still the stored one: of an older one only what was left is looked at. */
  readonly isCurrent: boolean
  readonly position: string | null
}

/**
 * The next page of each profile, by the row's number: first the slots under keys that it left, then the claims it has,
 * which may have become wrong, then the slots under each of its keys. A phase that ends goes on in the next.
 */
export async function readPages(
  db: Queryable,
  rows: readonly ToRead[],
  limit: number,
): Promise<ReadonlyMap<number, ProfilePage>> {
  const read = rows.map((row) => ({ ...row, position: parsePosition(row.position) }))
  const left = await pagesOfKeys(
    db,
    read.filter(({ position }) => position.phase === 'left'),
    'left',
    limit,
  )
  const current = read.filter(({ no, isCurrent }) => isCurrent && left.get(no)?.next === undefined)
  const claims = await pagesOfClaims(
    db,
    current.filter(({ position }) => position.phase !== 'keys'),
    limit,
  )
  const keys = await pagesOfKeys(
    db,
    current.filter(({ no }) => claims.get(no)?.next === undefined),
    'keys',
    limit,
  )
  return new Map(
    rows.map(({ no }) => {
      const parts = [left.get(no), claims.get(no), keys.get(no)]
      return [
        no,
        {
          slotIds: [...new Set(parts.flatMap((part) => part?.slotIds ?? []))],
          next: parts.find((part) => part?.next)?.next,
        },
      ]
    }),
  )
}

type Read = Omit<ToRead, 'position'> & { readonly position: Position }

async function pagesOfClaims(db: Queryable, rows: readonly Read[], limit: number) {
  const wanted = rows.map(({ no, profile: { profileId }, position }) => ({
    no,
    profileId,
    after: position.phase === 'claims' ? position.after : null,
  }))
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

async function pagesOfKeys(db: Queryable, rows: readonly Read[], phase: 'left' | 'keys', limit: number) {
  const read = rows.map((row) => ({ ...row, keys: phase === 'left' ? row.left : row.profile.keys }))
  const frequent = read.flatMap(({ keys }) => keys.filter(isOfFrequentName))
  const wide = await listWideAmong(db, [...new Set(frequent)])
  const wanted = read.flatMap((row) => keysToRead(row, phase, wide))
  const listed = Map.groupBy(await listSlotsOfKeys(db, wanted, limit), ({ owner }) => owner)
  return new Map(
    rows.map(({ no }): [number, ProfilePage] => {
      const page = listed.get(String(no)) ?? []
      const last = page.at(-1)
      const next: Position | undefined =
        page.length === limit && last ? { phase, place: last.place, after: last.slotId } : undefined
      return [no, { slotIds: page.map(({ slotId }) => slotId), next }]
    }),
  )
}

/**
 * A wide block of a frequent name is passed over: its slots stand under narrower keys too, and are met through those or
 * not at all. Should it cease to be wide, it is compared from the side of its slots.
 */
function keysToRead(
  { no, keys, position }: Read & { readonly keys: readonly string[] },
  phase: 'left' | 'keys',
  passedOver: ReadonlySet<string>,
): readonly KeyToRead[] {
  const [from, after] = position.phase === phase ? [position.place, position.after] : [0, null]
  return keys
    .map((key, place) => ({ owner: String(no), place, key, after: place === from ? after : null }))
    .filter(({ place, key }) => place >= from && !passedOver.has(key))
}
