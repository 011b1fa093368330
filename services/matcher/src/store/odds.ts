import type { Fitting, PairOdds } from '@atlas/linkage'
import { jsonRows, type Queryable, readAsJson } from '@atlas/runtime'

/** A slot with all of its pairs. */
export interface SlotOdds {
  readonly slotId: string
  readonly workId: string
  readonly pairs: readonly PairOdds[]
}

const SCALE = 10_000

/**
 * What is kept of the pairs of these works: of these slots, and of every slot that one of these profiles meets. The caller
 * holds the locks of the works.
 */
export async function loadOdds(
  db: Queryable,
  workIds: readonly string[],
  wanted: { readonly slotIds: readonly string[]; readonly profileIds: readonly string[] },
): Promise<readonly SlotOdds[]> {
  if (workIds.length === 0 || wanted.slotIds.length + wanted.profileIds.length === 0) return []
  const rows = await readAsJson<{
    slot_id: string
    work_id: string
    profiles: string[]
    odds: number[]
    fitting: Fitting[]
    rarity: number[]
  }>(
    db,
    `select slot_id, work_id, profiles, odds, fitting, rarity from slots join slot_odds using (slot_id)
      where work_id = any($1::uuid[]) and (slot_id = any($2::uuid[]) or profiles && $3::uuid[])`,
    [workIds, wanted.slotIds, wanted.profileIds],
  )
  return rows.map(({ slot_id, work_id, profiles, odds, fitting, rarity }) => ({
    slotId: slot_id,
    workId: work_id,
    pairs: profiles.map((profileId, at) => ({
      slotId: slot_id,
      profileId,
      logOdds: (odds[at] ?? 0) / SCALE,
      fitting: fitting[at] ?? 0,
      rarity: (rarity[at] ?? 0) / SCALE,
    })),
  }))
}

/** Keeps these pairs and no others of these slots; writes only what changed. */
export async function saveOdds(
  db: Queryable,
  slots: readonly { readonly slotId: string; readonly pairs: readonly PairOdds[] }[],
): Promise<void> {
  if (slots.length === 0) return
  const rows = slots.map(({ slotId, pairs }) => {
    const sorted = pairs.toSorted((a, b) => (a.profileId < b.profileId ? -1 : 1))
    return {
      slot_id: slotId,
      profiles: sorted.map(({ profileId }) => profileId),
      odds: sorted.map(({ logOdds }) => Math.round(logOdds * SCALE)),
      fitting: sorted.map((pair) => pair.fitting),
      rarity: sorted.map((pair) => Math.round(pair.rarity * SCALE)),
    }
  })
  const met = rows.filter(({ profiles }) => profiles.length > 0)
  const unmet = rows.filter(({ profiles }) => profiles.length === 0)
  if (met.length > 0)
    await db.query(
      `insert into slot_odds as stored (slot_id, profiles, odds, fitting, rarity)
       select slot_id, profiles, odds, fitting, rarity
         from json_to_recordset($1) as t(slot_id uuid, profiles uuid[], odds int[], fitting smallint[], rarity int[])
       on conflict (slot_id) do update set profiles = excluded.profiles, odds = excluded.odds, fitting = excluded.fitting,
         rarity = excluded.rarity
        where (stored.profiles, stored.odds, stored.fitting, stored.rarity)
          is distinct from (excluded.profiles, excluded.odds, excluded.fitting, excluded.rarity)`,
      [jsonRows(met)],
    )
  if (unmet.length > 0)
    await db.query('delete from slot_odds where slot_id = any($1::uuid[])', [unmet.map(({ slot_id }) => slot_id)])
}
