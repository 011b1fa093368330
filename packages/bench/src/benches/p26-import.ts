import type { Deployment } from '@atlas/testing/deployment'
import type { Bench, BenchParts } from '../bench.ts'
import { cpuSecondsOf } from '../cpu.ts'
import { type ImportCost, importWorks, published } from '../import/import-works.ts'
import { madeFile } from '../import/made-files.ts'
import { parseSeconds } from '../import/parse-seconds.ts'
import { type Measure, measured } from '../measure.ts'

const MB = 2 ** 20
const SMALL = 10_000
const LARGE = 100_000
// What a process costs until it is warm.
const WARM_UP = 1_000
const CPU = {
  title: 'CPU of ingest a record of a full import / CPU of JSON.parse',
  bar: 4,
  sense: 'most',
  unit: '×',
} as const
const RSS = { title: 'highest RSS of the import', bar: 400, sense: 'most', unit: 'MB' } as const
const FLAT = {
  id: 'P26-flat',
  title: `the same with ${LARGE} records / with ${SMALL}`,
  bar: 1.2,
  sense: 'most',
  unit: '×',
} as const
// Whoever publishes slower than the import writes falls behind for good: back-pressure then holds the import, at 200,000 rows.
const DRAIN = {
  title: 'records a second published, from the first line until all are / imported',
  bar: 0.8,
  sense: 'least',
  unit: '×',
} as const
const ROOM = {
  title: 'raw_records, raw_blocks and their indexes on disk / the raw bytes',
  bar: 0.35,
  sense: 'most',
  unit: '×',
} as const

/** P26, P27: files of 10,000 works, each imported, normalised and published once. */
export const smallImport: Bench = {
  id: 'P26',
  title: `full import of ${SMALL} records: CPU, memory; room of what is kept (P27)`,
  long: true,
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'p26')
    const taken: Taken[] = []
    for (let run = 0; run < parts.runs; run++) {
      parts.progress(`P26: repetition ${run + 1} of ${parts.runs}`)
      taken.push(await take(deployment, SMALL))
    }
    return [...measuresOf('', taken), await roomOf('P27', deployment, taken)]
  },
}

/** The same with 100,000 works at once, whose memory is compared with that of 10,000. */
export const largeImport: Bench = {
  id: 'P26-100k',
  title: `full import of ${LARGE} records: CPU, memory against ${SMALL}; room of what is kept`,
  long: true,
  async run(parts) {
    await using deployment = await ingestOnly(parts, 'p26l')
    const small = await take(deployment, SMALL)
    const large = await take(deployment, LARGE, (line) => parts.progress(`P26-100k: ${line}`))
    const flat = measured(FLAT, [large.cost.highest / small.cost.highest])
    return [...measuresOf('-100k', [large]), flat, await roomOf('P27-100k', deployment, [small, large])]
  },
}

interface Taken {
  /** CPU seconds of the import and of the running service, those of the shorter import subtracted. */
  readonly importing: number
  readonly publishing: number
  readonly parsing: number
  readonly records: number
  /** Of both files. */
  readonly bytes: number
  /** Seconds on the clock, those of the shorter import subtracted. */
  readonly wall: number
  /** Of the longer import. */
  readonly cost: ImportCost
  /** From its end until all was published. */
  readonly drained: number
}

/** A deployment of nothing but ingest: nobody else's work is in its figures. */
export function ingestOnly({ deployment }: BenchParts, name: string): Promise<Deployment> {
  return deployment(name, { matcher: 0, verifier: 0, profiles: 0, api: 0 })
}

/** Imports fresh works twice, few and many: the difference is what records cost, without the start of a process. */
async function take(
  deployment: Deployment,
  records: number,
  tell: (line: string) => void = () => undefined,
): Promise<Taken> {
  const few = await ofFile(deployment, WARM_UP)
  tell(`importing ${records} records`)
  const many = await ofFile(deployment, records)
  return {
    importing: many.cost.seconds - few.cost.seconds,
    publishing: many.publishing - few.publishing,
    parsing: many.parsing - few.parsing,
    wall: many.cost.wall - few.cost.wall,
    records: records - WARM_UP,
    bytes: few.bytes + many.bytes,
    cost: many.cost,
    drained: many.drained,
  }
}

async function ofFile(deployment: Deployment, records: number) {
  await using file = await madeFile(records)
  const service = [...deployment.members.values()].map(({ pid }) => pid)
  // Before and after: on a machine that others use, too, one look tells little.
  const parsedBefore = await parseSeconds(file.path, records)
  const before = cpuSecondsOf(service)
  const cost = await importWorks(deployment, file.path)
  if (cost.counts['stored'] !== records) throw new Error(`not all were stored: ${JSON.stringify(cost.counts)}`)
  const ended = performance.now()
  await published(deployment)
  const drained = (performance.now() - ended) / 1000
  const publishing = cpuSecondsOf(service) - before
  const parsing = (parsedBefore + (await parseSeconds(file.path, records))) / 2
  return { bytes: file.bytes, parsing, cost, drained, publishing }
}

function measuresOf(suffix: string, taken: readonly Taken[]): Measure[] {
  const notes = taken.map(({ importing, publishing, parsing, records, cost, drained }) => {
    const each = (seconds: number) => `${((1e6 * seconds) / records).toFixed(0)} µs`
    const rate = `${Math.round(records / cost.wall)} records/s`
    return `${each(importing)} importing, ${each(publishing)} publishing, ${each(parsing)} JSON.parse; ${rate}, published ${drained.toFixed(1)} s later`
  })
  const ratios = taken.map(({ importing, publishing, parsing }) => (importing + publishing) / parsing)
  const highest = taken.map(({ cost }) => cost.highest / MB)
  const drains = taken.map(({ wall, drained }) => wall / (wall + drained))
  return [
    measured({ ...CPU, id: `P26${suffix}` }, ratios, notes.join(' | ')),
    measured({ ...RSS, id: `P26-rss${suffix}` }, highest),
    measured({ ...DRAIN, id: `P26-drain${suffix}` }, drains),
  ]
}

async function roomOf(id: string, { open }: Deployment, taken: readonly Taken[]): Promise<Measure> {
  const { rows } = await open.ingest.query<{ raw: number; stored: number; heads: number }>(
    `select (select sum(size_bytes) from raw_records)::float8 as raw,
            (pg_total_relation_size('raw_records') + pg_total_relation_size('raw_blocks'))::float8 as stored,
            pg_total_relation_size('heads')::float8 as heads`,
  )
  const { raw = 0, stored = 0, heads = 0 } = rows[0] ?? {}
  const lineEnds = taken.reduce((sum, { records }) => sum + records + 2 * WARM_UP, 0)
  const bytes = taken.reduce((sum, one) => sum + one.bytes, 0)
  if (raw !== bytes - lineEnds) throw new Error(`${raw} bytes are kept of ${bytes - lineEnds}`)
  return measured({ ...ROOM, id }, [stored / raw], `heads with their snapshots besides: ${(heads / raw).toFixed(2)}`)
}
