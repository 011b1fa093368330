import { ADAPTERS } from '@atlas/ingest/adapters'
import { importFiles } from '@atlas/ingest/import-files'
import {
  createMetrics,
  createOutbox,
  type Database,
  databaseSchemaCache,
  noFailpoints,
  systemClock,
} from '@atlas/runtime'
import { quiet } from '@atlas/runtime/testing'
import { createCodec, pushSchemas, TOPICS } from '@atlas/schemas'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince } from '../cpu.ts'
import { type DurablePostgres, durablePostgres, type IngestDatabase } from '../import/durable-postgres.ts'
import { type MadeFile, madeFile } from '../import/made-files.ts'
import { measured, median } from '../measure.ts'

const RECORDS = 2_500
const BAR = {
  id: 'bulk',
  title: 'CPU of a first import, client and server / with no look-up, no index and no commit waited for',
  bar: 1.2,
  sense: 'most',
  unit: '×',
} as const

/**
 * What a mode for first imports could gain at the very most: above the bar it would be worth what it risks. The other side
 * does what no mode may: it neither looks up what is known nor keeps anything that could find it again.
 */
export const bulkMode: Bench = {
  id: 'bulk',
  title: 'a first import against one without look-ups, indexes and synchronous commits',
  long: true,
  async run({ runs, stack, progress }) {
    const { registryUrl } = await stack()
    await pushSchemas({ registryUrl })
    await using server = await durablePostgres(progress)
    const ordinary = await server.ingest('ordinary')
    const bare = await withoutIndexes(await server.ingest('bare', { synchronous_commit: 'off' }))
    const ratios: number[] = []
    const figures: Figures[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`bulk: repetition ${run} of ${runs}`)
      const costs: { ordinary: Cost[]; bare: Cost[] } = { ordinary: [], bare: [] }
      // First and last in turn: what the machine does besides falls on both sides.
      for (const side of ['ordinary', 'bare', 'bare', 'ordinary'] as const) {
        await using file = await madeFile(RECORDS)
        const database = side === 'bare' ? unlooked(bare.database) : ordinary.database
        costs[side].push(await imported(server, database, registryUrl, file))
      }
      // The first warms everything up.
      if (run === 0) continue
      const [ours, theirs] = [sumOf(costs.ordinary), sumOf(costs.bare)]
      ratios.push((ours.client + ours.server) / (theirs.client + theirs.server))
      figures.push({ ours, theirs })
    }
    return [measured(BAR, ratios, noteOf(figures))]
  },
}

interface Cost {
  readonly client: number
  readonly server: number
  readonly wall: number
}

interface Figures {
  readonly ours: Cost
  readonly theirs: Cost
}

function sumOf(costs: readonly Cost[]): Cost {
  const sum = (what: keyof Cost) => costs.reduce((total, cost) => total + cost[what], 0)
  return { client: sum('client'), server: sum('server'), wall: sum('wall') }
}

function noteOf(figures: readonly Figures[]): string {
  const of = (side: keyof Figures) => {
    const micros = (what: keyof Cost) =>
      Math.round((1e6 * median(figures.map((one) => one[side][what]))) / (2 * RECORDS))
    return `${micros('client')} µs + ${micros('server')} in the server, ${micros('wall')} on the clock`
  }
  return `${of('ours')}; without: ${of('theirs')}`
}

async function imported(
  server: DurablePostgres,
  database: Database,
  registryUrl: string,
  file: MadeFile,
): Promise<Cost> {
  const clock = systemClock
  const codec = await createCodec({ registryUrl, cache: databaseSchemaCache(database), topics: ['records'], clock })
  const outbox = createOutbox({ records: TOPICS.records })
  const admission = { overloaded: async () => false, check: async () => undefined }
  const parts = { database, codec, outbox, admission, clock, logger: quiet, metrics: createMetrics('bench') }
  await database.query('checkpoint')
  const [before, serverBefore, began] = [process.cpuUsage(), server.seconds(), performance.now()]
  const { counts } = await importFiles(
    { ...parts, adapters: ADAPTERS, failpoints: noFailpoints, volatileMs: 7 * 86_400_000 },
    { paths: [file.path], source: 'openalex', spoolDir: '/nonexistent', signal: new AbortController().signal },
  )
  if (counts.stored !== file.records) throw new Error(`not all were stored: ${JSON.stringify(counts)}`)
  const wall = (performance.now() - began) / 1000
  return { wall, client: cpuSecondsSince(before), server: server.seconds() - serverBefore }
}

/** Constraints that need an index, and indexes: of what an import writes. */
async function withoutIndexes(ingest: IngestDatabase): Promise<IngestDatabase> {
  const { database } = ingest
  for (const table of ['raw_records', 'raw_blocks', 'heads'])
    await database.query(`alter table ${table} drop constraint ${table}_pkey`)
  for (const index of ['raw_records_checksum', 'heads_volatile_due']) await database.query(`drop index ${index}`)
  return ingest
}

/** Nothing is known to it: the two look-ups of a chunk find nothing, and are not made. */
function unlooked(database: Database): Database {
  const isLookUp = (text: string) => /from (heads|raw_records)\s+where/.test(text)
  const none = { rows: [], rowCount: 0 }
  return {
    ...database,
    query: async (text, values, name) => (isLookUp(text) ? none : database.query(text, values, name)),
    transaction: (work, options) =>
      database.transaction(
        (tx) =>
          work({
            client: tx.client,
            query: async (text, values, name) => (isLookUp(text) ? none : tx.query(text, values, name)),
          }),
        options,
      ),
  }
}
