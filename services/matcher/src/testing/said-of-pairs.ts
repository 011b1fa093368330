import type { Database } from '@atlas/runtime'

/** All that is said of pairs, published or not: odds of each slot, claims with their reasons. */
export async function saidOfPairs(database: Database) {
  const odds = await database.query<{ slot_id: string; profiles: string[]; odds: number[] }>(
    'select slot_id, profiles, odds, fitting, rarity from slot_odds order by slot_id',
  )
  const claims = await database.query<{ score: number }>(
    `select candidate_id, score, content->'logOdds' as log_odds, content->'reasons' as reasons, content->>'evidence' as evidence
       from candidates where not withdrawn order by candidate_id`,
  )
  return { odds: odds.rows, claims: claims.rows }
}
