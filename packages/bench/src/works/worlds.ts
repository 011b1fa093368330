import type { BenchParts } from '../bench.ts'
import { assertLoadsAlike, loadWorks } from './load-works.ts'
import { createMatcherDatabase, type MatcherDatabase } from './matcher-database.ts'
import { publicationOf, recordsOf } from './publications.ts'

export const SEED = 'works'
const CHECKED = 200

/** A matcher's database with publications 0 to `count` - 1 of the made-up stream; loaded once for all that measure on it. */
export function worksDatabase(parts: BenchParts, count: number): Promise<MatcherDatabase> {
  return parts.kept(`works ${count}`, () => loaded(parts, count, 'all'))
}

/** The same with the index of records only: a third of the time and of the disk. */
export function recordsDatabase(parts: BenchParts, count: number): Promise<MatcherDatabase> {
  return parts.kept(`records ${count}`, () => loaded(parts, count, 'records'))
}

async function loaded(parts: BenchParts, count: number, what: 'all' | 'records'): Promise<MatcherDatabase> {
  const { postgres } = await parts.stack()
  await parts.kept('works loaded alike', () => check(parts))
  const made = await createMatcherDatabase(postgres, `${what}_${count}`)
  await loadWorks(made.admin, count, known, {
    what,
    progress: (done) => {
      if (done % 50_000 === 0) parts.progress(`${done} of ${count} works loaded`)
    },
  })
  const { rows } = await made.admin.query<{ size: string }>(
    'select pg_size_pretty(pg_database_size(current_database())) as size',
  )
  parts.progress(`${count} works are ${rows[0]?.size}`)
  return made
}

const known = (index: number) => recordsOf(SEED, publicationOf(SEED, index))

/** Loading in bulk and handling one chunk after another leave the same rows. */
async function check(parts: BenchParts): Promise<AsyncDisposable> {
  const { postgres } = await parts.stack()
  await using copied = await createMatcherDatabase(postgres, 'copied')
  await using handled = await createMatcherDatabase(postgres, 'handled')
  await loadWorks(copied.admin, CHECKED, known, { what: 'all' })
  for (let index = 0; index < CHECKED; index++) await handled.add(known(index))
  await assertLoadsAlike(copied.admin, handled.admin)
  return { [Symbol.asyncDispose]: async () => undefined }
}
