import type { AttributedProfile, AttributedSlot } from '@atlas/linkage'
import type { DuckDb } from '../duckdb.ts'
import { numbers, PROFILE_COLUMNS, profileRow, SLOT_COLUMNS, slotRow } from './people-rows.ts'
import { load } from './tables.ts'

/** Slots and profiles, and which of them meet. */
export interface People {
  readonly slots: readonly AttributedSlot[]
  readonly profiles: readonly AttributedProfile[]
  /** Numbers of a slot and a profile. */
  readonly pairs: readonly (readonly [slot: number, profile: number])[]
}

// What is joined row by row, each with its owner; the rest stays in lists.
const UNNESTED = {
  slot_names: 'select slot, unnest(names, max_depth := 2) from slot_rows',
  slot_terms: 'select slot, unnest(words, max_depth := 2) from slot_rows',
  slot_years: 'select slot, year from slot_rows where year is not null',
  slots: 'select * exclude (names, words, year) from slot_rows',
  profile_names: 'select profile, unnest(names, max_depth := 2) from profile_rows',
  profile_terms:
    'select profile::bigint << 32 | term as profile_term, * from (select profile, unnest(words, max_depth := 2) from profile_rows)',
  slot_word_lists: 'select slot, list(term) as terms, list(slot_weight) as weights from slot_terms group by slot',
  profile_word_lists: `
    select * from (
      select profile, list({terms: terms, weights: weights}) as works
      from (select profile, work, list(term) as terms, list(weight) as weights from profile_terms group by profile, work)
      group by profile
    ) join (
      select profile, list(term) as terms, list(weight) as weights
      from (select profile, term, max(field_weight) as weight from profile_terms group by profile, term)
      group by profile
    ) using (profile)`,
  slot_cites: 'select slot, unnest(cites) as cites from slot_rows',
  profile_cited:
    'select profile::bigint << 32 | cites as profile_cites from (select profile, unnest(cited) as cites from profile_rows)',
  profile_years: 'select profile, unnest(years) as year from profile_rows',
  profiles: 'select * exclude (names, words, years) from profile_rows',
} as const

/** Loads people as they are prepared into tables: nothing of that is timed on either side. */
export async function loadPeople(duckdb: DuckDb, { slots, profiles, pairs }: People): Promise<void> {
  const no = numbers()
  await load(
    duckdb,
    'slot_rows',
    SLOT_COLUMNS,
    rowsOf(slots, (slot, at) => slotRow(slot, at, no)),
  )
  await load(
    duckdb,
    'profile_rows',
    PROFILE_COLUMNS,
    rowsOf(profiles, (profile, at) => profileRow(profile, at, no)),
  )
  await load(
    duckdb,
    'pairs',
    { pair: 'integer', slot: 'integer', profile: 'integer' },
    rowsOf(pairs, ([slot, profile], pair) => ({ pair, slot, profile })),
  )
  for (const [table, sql] of Object.entries(UNNESTED)) await duckdb.query(`create or replace table ${table} as ${sql}`)
  for (const table of ['slot_rows', 'profile_rows']) await duckdb.query(`drop table ${table}`)
}

function* rowsOf<T>(items: readonly T[], row: (item: T, at: number) => object): Generator<object> {
  for (const [at, item] of items.entries()) yield row(item, at)
}
