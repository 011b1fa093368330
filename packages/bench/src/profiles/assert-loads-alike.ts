import { placeProfiles } from '@atlas/matcher/place/place-profiles'
import type { Database, Queryable, Tx } from '@atlas/runtime'
import { createPopulation } from '../people/people.ts'
import { storedPerson } from '../people/stored.ts'
import { copyProfiles, profileRows } from './profile-rows.ts'

const PEOPLE = 100

/** Throws unless the matcher's own step and COPY leave the same rows, the numbers of features apart. Keeps nothing. */
export async function assertLoadsAlike(database: Database, seed: string): Promise<void> {
  const population = createPopulation(seed)
  const people = Array.from({ length: PEOPLE }, (_, at) => storedPerson(population, at))
  const placed = await leftBy(database, (tx) =>
    placeProfiles(
      tx,
      people.map((one) => ({ ...one, stored: undefined })),
    ),
  )
  const copied = await leftBy(database, (tx) => copyProfiles(tx, profileRows(people, 1)))
  const at = placed.findIndex((row, index) => row !== copied[index])
  if (placed.length === copied.length && at < 0 && placed.length > PEOPLE) return
  throw new Error(
    `profiles are loaded otherwise than the matcher stores them: ${copied.length} rows ${copied[at]}, ${placed.length} rows ${placed[at]}`,
  )
}

/** The rows that a step leaves, after which it is rolled back. */
async function leftBy(database: Database, step: (tx: Tx) => Promise<void>) {
  let rows: readonly string[] = []
  const undone = new Error('undone')
  await database
    .transaction(async (tx) => {
      await step(tx)
      rows = await rowsOf(tx)
      throw undone
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error
    })
  return rows
}

async function rowsOf(db: Queryable): Promise<readonly string[]> {
  const { rows } = await db.query<{ row: string }>(
    `select row from (
       select (to_jsonb(p) - 'features_no')::text as row from profiles p
       union all select to_jsonb(k)::text from profile_keys k) t order by row`,
  )
  return rows.map(({ row }) => row)
}
