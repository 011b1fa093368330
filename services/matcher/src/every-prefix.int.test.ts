import { foldName, mentionKeyOf, recordIdOf } from '@atlas/identifiers'
import { clusterWorks } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { sampleSnapshots } from '@atlas/testing/samples'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { workText } from './digest.ts'
import { additionsOf } from './kept/additions.ts'
import { contentOf, membersOf } from './place/make-work.ts'
import { isLive, type StoredRecord, storedRecordOf } from './record.ts'
import { listWorkIds, loadPublishedWorks } from './store/published.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { aProfile } from './testing/a-world.ts'
import { keptAbout, keptAmong, ownersAmong } from './testing/kept-about.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

const samples = sampleSnapshots(process.env['ATLAS_SHARED'])
const reason = samples === undefined ? ' (skipped: no samples under ATLAS_SHARED)' : ''

/** What another source would say of it: no identifier, and every other time a co-author less. */
function asElsewhere(record: RecordSnapshot, place: number): RecordSnapshot {
  const [source, sourceId] = ['elsewhere', `${record.source} ${record.sourceId}`]
  const recordId = recordIdOf(source, sourceId)
  const counts = new Map<string, number>()
  const authors = record.authors.slice(
    0,
    place % 2 === 0 ? record.authors.length : Math.max(1, record.authors.length - 1),
  )
  return {
    ...record,
    source,
    sourceId,
    recordId,
    identifiers: [],
    authors: authors.map((author) => {
      const folded = foldName(author.name)
      const nth = (counts.get(folded) ?? 0) + 1
      counts.set(folded, nth)
      return { ...author, mentionKey: mentionKeyOf(recordId, folded, nth) }
    }),
  }
}

/** Three hundred: those that came in two versions, others of every source, and some of them as elsewhere. */
function chosen(all: readonly RecordSnapshot[]): readonly RecordSnapshot[] {
  const changed = new Set(all.flatMap(({ recordId, version }) => (version === 2 ? [recordId] : [])))
  const some = all.filter(({ recordId }, place) => place % 25 === 0 || [...changed].indexOf(recordId) % 8 === 0)
  const short = some.filter(({ authors }) => authors.length < 40)
  return [...short, ...short.filter((_, place) => place % 2 === 0).map(asElsewhere)]
}

/** Texts of the works that all records up to here are in one batch; the newest version of each speaks. */
function inOneBatch(prefix: readonly RecordSnapshot[]): readonly string[] {
  const snapshots = new Map<string, RecordSnapshot>()
  for (const record of prefix)
    if ((snapshots.get(record.recordId)?.version ?? 0) < record.version) snapshots.set(record.recordId, record)
  const kept = keptAmong(snapshots.values())
  const newest = new Map<string, StoredRecord>()
  for (const [id, record] of snapshots) newest.set(id, storedRecordOf(record))
  const works = clusterWorks({ records: [...newest.values()].filter(isLive), constraints: [] })
  const contents = works.map((work) => contentOf(work, [], newest, []))
  const ownerOf = ownersAmong(contents)
  return contents.map((content, at) => {
    const members = membersOf(works[at]?.members ?? [], newest)
    const additions = additionsOf(members, keptAbout(members, kept, ownerOf))
    return String(workText({ workId: content.workId, state: 'live', content, additions }))
  })
}

async function stored(): Promise<readonly string[]> {
  const works = await loadPublishedWorks(database, await listWorkIds(database, null, 10_000))
  return works.flatMap((work) => workText(work) ?? []).sort()
}

test.skipIf(samples === undefined)(
  `real records in any order and any chunks are at every prefix what one batch of it gives${reason}`,
  { timeout: 300_000 },
  async () => {
    const records = chosen(samples ?? [])
    expect(records.length).toBeGreaterThan(200)
    const profiles = records
      .slice(0, 5)
      .flatMap(({ authors: [first] }, place) => (first ? [aProfile({ id: `p${place}`, names: [first.name] })] : []))
    const digests = new Set<string>()
    const arrival = fc.record({
      order: fc.shuffledSubarray([...records], { minLength: records.length }),
      sizes: fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 5, maxLength: 20 }),
    })
    await fc.assert(
      fc.asyncProperty(arrival, async ({ order, sizes }) => {
        await matcher.clear()
        await matcher.profiles(...profiles)
        for (let from = 0, turn = 0; from < order.length; turn++) {
          const to = from + (sizes[turn % sizes.length] ?? 1)
          await matcher.records(...order.slice(from, to))
          from = to
          await matcher.recount()
          expect(await stored(), `after ${Math.min(to, order.length)} records`).toEqual(
            inOneBatch(order.slice(0, to)).toSorted(),
          )
        }
        await matcher.settle()
        const { works, candidates } = await matcher.digest()
        digests.add(JSON.stringify([works, candidates]))
      }),
      { numRuns: 4, endOnFailure: true },
    )
    expect(digests.size).toBe(1)
    const joined = (await stored()).filter((text) => (JSON.parse(text) as [string, unknown[]])[1].length > 1)
    expect(joined.length).toBeGreaterThan(30)
  },
)
