import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { describesWork, storedRecordOf } from '../record.ts'
import { listWorkIds, loadPublishedWorks } from '../store/published.ts'
import { aCurator } from '../testing/a-curator.ts'
import { anArrival, aWorld } from '../testing/a-history.ts'
import { aMatcher } from '../testing/a-matcher.ts'
import { keptAbout, keptAmong, ownersAmong } from '../testing/kept-about.ts'
import { aLink, DOIS } from '../testing/of-other-kinds.ts'
import { untilMet } from '../testing/until-met.ts'
import { type AddingMember, additionsOf } from './additions.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)

const met = { oneWork: 0, enriched: 0, cited: 0, merged: 0, ruled: 0, changedKind: 0 }

async function checkAll(newest: ReadonlyMap<string, RecordSnapshot>): Promise<void> {
  // Where ends of links have become one work, a worker counts them anew.
  await matcher.recount()
  const kept = keptAmong(newest.values())
  const all = await loadPublishedWorks(database, await listWorkIds(database, null, 1_000))
  const live = all.filter(({ state }) => state === 'live')
  const ownerOf = ownersAmong(live.map(({ content }) => content))
  for (const { workId, content, additions } of live) {
    const members = content.members.map(({ recordId, role }): AddingMember => {
      const record = newest.get(recordId)
      if (!record || !describesWork(record)) throw new Error(`"${recordId}" is a member and describes no work`)
      return { record: storedRecordOf(record), role: role as AddingMember['role'] }
    })
    const about = keptAbout(members, kept, ownerOf)
    expect({ workId, ...additions }).toEqual({ workId, ...additionsOf(members, about) })
    if (about.citedBy.count + about.references.count < unmatched(members, kept)) met.oneWork++
    if (additions.enrichments?.length) met.enriched++
    if (additions.citedBy?.length) met.cited++
    if (members.length > 1 && additions.enrichments?.length) met.merged++
  }
}

/** Links of the work, each end by itself. */
function unmatched(members: readonly AddingMember[], kept: ReturnType<typeof keptAmong>): number {
  const { citedBy, references } = keptAbout(members, kept, () => undefined)
  return citedBy.count + references.count
}

const turn = fc.record({ kind: fc.constantFrom('link', 'cut'), one: fc.nat(), other: fc.nat() })

async function rule({ kind, one, other }: typeof turn extends fc.Arbitrary<infer T> ? T : never): Promise<void> {
  const { rows } = await database.query<{ ids: string[] }>(
    `select array_agg(record_id order by record_id) as ids from work_members
      where to_revision is null group by work_id order by work_id`,
  )
  const works = kind === 'cut' ? rows.filter(({ ids }) => ids.length > 1) : rows
  const [work, into] = [works[one % works.length], works[other % works.length]]
  const [id, target] = [work?.ids[0], into?.ids[0]]
  if (!id || !target) return
  if (kind === 'cut') await curator.cut({ recordId: id })
  else if (id === target) return
  else await curator.link({ recordId: id }, { recordId: target }, one % 2 === 0 ? 'version' : 'part')
  met.ruled++
}

// So many that one work links to several identifiers of another as often as not.
const links = fc
  .array(fc.tuple(fc.constantFrom(...DOIS), fc.constantFrom(...DOIS)), { minLength: 4, maxLength: 12 })
  .map((pairs) => pairs.map(([citing, cited], at) => [aLink(citing, cited, { sourceId: `L${at}` })]))

const history = fc.tuple(aWorld, links).chain(([world, links]) =>
  fc.record({
    steps: anArrival({ records: [...world.records, ...links], profiles: [], acts: [] }),
    turns: fc.array(turn, { minLength: 3, maxLength: 12 }),
  }),
)

test('at every prefix works show what their members and what is kept about them say, whatever came and was ruled', async () => {
  const floors = { enriched: 15, cited: 15, merged: 15, changedKind: 15, ruled: 15, oneWork: 2 }
  await untilMet(met, floors, () =>
    fc.assert(
      fc.asyncProperty(history, async ({ steps, turns }) => {
        await matcher.clear()
        const newest = new Map<string, RecordSnapshot>()
        const left = [...turns]
        for (const step of steps) {
          if (step.type !== 'records') continue
          await matcher.records(...step.records)
          for (const record of step.records) {
            const known = newest.get(record.recordId)
            if (known && known.version > record.version) continue
            if (known && known.kind !== record.kind) met.changedKind++
            newest.set(record.recordId, record)
          }
          await checkAll(newest)
          const next = left.shift()
          if (next) await rule(next)
          await checkAll(newest)
        }
        await matcher.settle()
        const { rows } = await database.query<{ n: number }>(
          `select count(*) as n from kept_records k join work_members m using (record_id) where m.to_revision is null`,
        )
        expect(rows[0]?.n).toBe(0)
        expect((await matcher.digest()).records.count).toBe(newest.size)
      }),
      { numRuns: 30, endOnFailure: true },
    ),
  )
})
