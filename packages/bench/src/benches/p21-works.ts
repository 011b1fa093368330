import { indexKeysFor, isAccepted, type LinkageRecord, verdict } from '@atlas/linkage'
import { storedRecordOf } from '@atlas/matcher/record'
import { findSharers, loadRecordHeads, loadRecords } from '@atlas/matcher/store/records'
import type { Database } from '@atlas/runtime'
import { type Random, randomOf } from '@atlas/testing/world'
import type { Bench } from '../bench.ts'
import { type Measure, measured, quantile } from '../measure.ts'
import { publicationOf, recordOf } from '../works/publications.ts'
import { withSlip } from '../works/titles.ts'
import { recordsDatabase, SEED } from '../works/worlds.ts'

const LOOKUPS = 400
const KINDS = ['read', 'title', 'words', 'whole'] as const

/** P21: who could describe the same publication, by title and by rare words, against a read by primary key. */
export const workLookup: Bench = { ...lookupAt('P21', 1_000_000), long: true }

/** The same at a tenth of the size. */
export const smallWorkLookup: Bench = lookupAt('P21-100k', 100_000)

function lookupAt(id: string, works: number): Bench {
  const bar = { sense: 'most', unit: '×' } as const
  const of = `among ${works} works / read by primary key, p50`
  const bars = {
    title: { ...bar, id, title: `records under the key of a title ${of}`, bar: 3 },
    words: { ...bar, id: `${id}-words`, title: `records under keys of two of three rare words ${of}`, bar: 20 },
    whole: {
      ...bar,
      id: `${id}-found`,
      title: `title with a slip: all keys, read, compared, accepted, ${of}`,
      bar: 20,
    },
  }
  return {
    id,
    title: `title and rare words looked up among ${works} works`,
    async run(parts) {
      const { database } = await recordsDatabase(parts, works)
      const ratios: Record<keyof typeof bars, number[]> = { title: [], words: [], whole: [] }
      const notes: string[] = []
      let met = 0
      for (let run = 0; run <= parts.runs; run++) {
        parts.progress(`${id}: repetition ${run} of ${parts.runs}`)
        const round = await timeRound(database, works, randomOf(SEED, id, run))
        // The first round brings pages and code into memory.
        if (run === 0) continue
        for (const kind of ['title', 'words', 'whole'] as const) ratios[kind].push(round[kind] / round.read)
        met += round.met / LOOKUPS / parts.runs
        notes.push((round.read * 1000).toFixed(0))
      }
      const note = `a read takes ${notes.join(' ')} µs`
      return [
        measured(bars.title, ratios.title, note),
        measured(bars.words, ratios.words, `all of ${LOOKUPS * parts.runs} found`),
        measured(bars.whole, ratios.whole, `${met.toFixed(1)} records read and compared for each`),
      ] satisfies Measure[]
    },
  }
}

/** Medians in milliseconds, each lookup beside a read; throws unless every lookup finds the right record. */
async function timeRound(database: Database, works: number, random: Random) {
  const times = { read: [] as number[], title: [] as number[], words: [] as number[], whole: [] as number[] }
  let met = 0
  for (let at = 0; at < LOOKUPS; at++) {
    const { known, slipped, plain } = anEntry(works, random)
    // In turn, so that none always comes first to what is not in memory yet.
    const acts = {
      read: () => loadRecordHeads(database, [known.recordId]).then(idsOf),
      title: () => findSharers(database, titleKeys(plain), [plain.recordId]).then((rows) => rows.map(({ id }) => id)),
      words: () =>
        findSharers(database, wordKeys(slipped), [slipped.recordId]).then((rows) => rows.map(({ id }) => id)),
      whole: () => findAccepted(database, slipped, (count) => (met += count)),
    }
    for (const turn of KINDS.keys()) {
      const kind = KINDS[(turn + at) % KINDS.length] ?? 'read'
      const start = performance.now()
      const found = await acts[kind]()
      times[kind].push(performance.now() - start)
      if (!found.includes(known.recordId))
        throw new Error(`"${known.recordId}" is not found by ${kind}: "${slipped.title}" for "${known.title}"`)
    }
  }
  const p50 = (kind: keyof typeof times) => quantile(times[kind], 0.5)
  return { read: p50('read'), title: p50('title'), words: p50('words'), whole: p50('whole'), met }
}

interface Entry {
  readonly known: LinkageRecord
  /** Another source's record of it, without its DOI. */
  readonly plain: LinkageRecord
  /** The same with a letter wrong in its title. */
  readonly slipped: LinkageRecord
}

function anEntry(works: number, random: Random): Entry {
  for (;;) {
    const made = publicationOf(SEED, random.int(works))
    const bare = { ...made, doi: undefined }
    const [known, plain] = [storedRecordOf(recordOf(made, 'openalex')), storedRecordOf(recordOf(bare, 'hal'))]
    const title = withSlip(made.title, random)
    if (title === undefined) continue
    const slipped = storedRecordOf(recordOf({ ...bare, title }, 'hal'))
    // A slip in a title of few words is none that a rule forgives.
    if (isAccepted(verdict(known, plain)) && isAccepted(verdict(known, slipped))) return { known, plain, slipped }
  }
}

const titleKeys = (record: LinkageRecord) => indexKeysFor(record).sought.filter((key) => key.startsWith('title:'))
const wordKeys = (record: LinkageRecord) => indexKeysFor(record).sought.filter((key) => key.startsWith('words:'))

/** What the matcher does to find what an arrival belongs to (`place/neighbourhood.ts`). */
async function findAccepted(database: Database, record: LinkageRecord, meet: (count: number) => void) {
  const sharers = await findSharers(database, indexKeysFor(record).sought, [record.recordId])
  const others = await loadRecords(database, [...new Set(sharers.map(({ id }) => id))])
  meet(others.length)
  return idsOf(others.filter((other) => isAccepted(verdict(record, other))))
}

const idsOf = (rows: readonly { readonly recordId: string }[]) => rows.map(({ recordId }) => recordId)
