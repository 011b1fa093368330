import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ADAPTERS } from '@atlas/ingest/adapters'
import { IMPORT_HEAP_ROOM } from '@atlas/ingest/heap-room'
import { landFile } from '@atlas/ingest/land-file'
import { keepHeapWithin } from '@atlas/runtime'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { LANDING_TABLES, type LandingPlace, landingPlace } from '../import/landing-place.ts'
import { type MadeFile, madeFile } from '../import/made-files.ts'
import { measured, notRun } from '../measure.ts'
import { PSQL_MISSING, type Psql, psqlOf } from '../psql.ts'

const RECORDS = 30_000
// Times that a file is landed before it is measured: the engine compiles meanwhile.
const WARM_UP = 3
const BAR = {
  id: 'P2',
  title: 'records a second landed (cut, hashed, packed, copied) / psql \\copy of the same rows',
  bar: 0.4,
  sense: 'least',
  unit: '×',
} as const

/** P2: what an import does to a file before it reads a record, against a bare load of the rows that come of it. */
export const landing: Bench = {
  id: 'P2',
  title: 'landing of a file against psql \\copy of the same rows',
  async run({ path, runs, progress }) {
    // As a process that imports does.
    keepHeapWithin(IMPORT_HEAP_ROOM)
    await using place = await landingPlace(progress)
    const psql = psqlOf(path, place.postgres, place.name)
    if (psql === undefined) return [notRun(BAR, PSQL_MISSING)]
    const ratios: number[] = []
    const notes: string[] = []
    // The same bytes each time: nobody reads what is in them. The tables are new.
    await using file = await madeFile(RECORDS)
    for (let run = -WARM_UP; run < runs; run++) {
      progress(`P2: repetition ${run + 1} of ${runs}`)
      const ours = await landed(place, file, `ours_${run + WARM_UP}`)
      const theirs = await copied(place, psql, `ours_${run + WARM_UP}`, `theirs_${run + WARM_UP}`)
      await forget(place, `ours_${run + WARM_UP}`, `theirs_${run + WARM_UP}`)
      if (run < 0) continue
      ratios.push(theirs / ours.seconds)
      const rate = (seconds: number) => `${Math.round(RECORDS / seconds)}/s`
      notes.push(
        `${rate(ours.seconds)} (${ours.cpu.toFixed(1)} s of CPU, ${ours.server.toFixed(1)} in the server) and ${rate(theirs)}`,
      )
    }
    return [measured(BAR, ratios, notes.join(', '))]
  },
}

async function landed(place: LandingPlace, file: MadeFile, schema: string) {
  const adapter = ADAPTERS.get('openalex')
  if (!adapter) throw new Error('openalex is no source')
  await place.tables(schema)
  await place.database.query('checkpoint')
  const [before, serverBefore] = [process.cpuUsage(), place.serverSeconds()]
  const began = performance.now()
  const records = await landFile(place.inside(schema), adapter, file.path)
  const seconds = (performance.now() - began) / 1000
  if (records !== file.records) throw new Error(`${records} of ${file.records} records were landed`)
  return { seconds, cpu: cpuSecondsSince(before), server: place.serverSeconds() - serverBefore }
}

/** Seconds that psql takes for the rows of `from`, its start included: 20 ms. */
async function copied(place: LandingPlace, psql: Psql, from: string, into: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-rows-'))
  await using undo = new AsyncDisposableStack()
  undo.defer(() => rm(folder, { recursive: true }))
  const copies = (schema: string, verb: string) =>
    LANDING_TABLES.map((table) => `\\copy ${schema}.${table} ${verb} '${join(folder, table)}' with (format binary)`)
  await psql.run(...copies(from, 'to'))
  await place.tables(into)
  await place.database.query('checkpoint')
  const began = performance.now()
  await psql.run(...copies(into, 'from'))
  const seconds = (performance.now() - began) / 1000
  const [ours, theirs] = [await place.contents(from), await place.contents(into)]
  if (ours !== theirs) throw new Error(`the rows are not the same: ${ours} against ${theirs}`)
  return seconds
}

async function forget({ database }: LandingPlace, ...schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) await database.query(`drop schema ${schema} cascade`)
}
