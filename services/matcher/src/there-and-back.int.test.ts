import { openDatabase } from '@atlas/runtime'
import type { RecordSnapshot } from '@atlas/schemas'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { aCurator } from './testing/a-curator.ts'
import { aContent, aVersion, aWorld, lastOf } from './testing/a-history.ts'
import { aMatcher } from './testing/a-matcher.ts'
import { inOneBatch } from './testing/one-batch.ts'
import { untilMet } from './testing/until-met.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))
const curator = aCurator(database, matcher.parts.outbox)

const at = fc.nat({ max: 8 })
const anExcursion = fc.oneof(
  fc.record({ type: fc.constant('correct' as const), at, given: aContent }),
  fc.record({ type: fc.constant('delete' as const), at }),
  fc.record({ type: fc.constant('bridge' as const), at, given: aContent }),
  fc.record({ type: fc.constant('link' as const), at, other: at }),
  fc.record({ type: fc.constant('cut' as const), at }),
)
type Excursion = typeof anExcursion extends fc.Arbitrary<infer E> ? E : never

/** Does something to the records that are there; returns what takes it back, or nothing where it cannot be done. */
async function set(out: Excursion, records: readonly RecordSnapshot[], versions: Map<string, number>) {
  const record = records[out.at % records.length]
  if (!record) return undefined
  const next = (one: RecordSnapshot) => {
    const version = (versions.get(one.recordId) ?? one.version) + 1
    versions.set(one.recordId, version)
    return { ...one, version }
  }
  switch (out.type) {
    case 'correct':
      await matcher.records(next({ ...aVersion(0, 1, out.given), ...idOf(record), authors: record.authors }))
      return async () => void (await matcher.records(next(record)))
    case 'delete':
      await matcher.records(next({ ...record, deleted: !record.deleted }))
      return async () => void (await matcher.records(next(record)))
    case 'bridge': {
      const bridge = aVersion(90 + out.at, 1, { ...out.given, deleted: false, suppressed: false })
      // With the identifiers of one that is there.
      await matcher.records(next({ ...bridge, identifiers: record.identifiers }))
      return async () => void (await matcher.records(next({ ...bridge, deleted: true })))
    }
    case 'link': {
      const other = records[out.other % records.length]
      const [one, two] = [await curator.workOf(record), other && (await curator.workOf(other))]
      if (!other || !one || !two || one.workId === two.workId) return undefined
      const { ruling } = await curator.link(record, other)
      return async () => void (await curator.withdraw(ruling.rulingId))
    }
    case 'cut': {
      const work = await curator.workOf(record)
      if (!work || work.members.length < 2) return undefined
      const { ruling } = await curator.cut(record)
      return async () => void (await curator.withdraw(ruling.rulingId))
    }
    default:
      return out satisfies never
  }
}

function idOf({ recordId, source, sourceId, eventId }: RecordSnapshot) {
  return { recordId, source, sourceId, eventId }
}

async function shape(): Promise<string> {
  const { rows } = await database.query<{ members: string }>(
    `select string_agg(record_id::text, ' ' order by record_id) as members from work_members
      where to_revision is null group by work_id order by 1`,
  )
  return rows.map(({ members }) => members).join('\n')
}

const met: Record<Excursion['type'], number> = { correct: 0, delete: 0, bridge: 0, link: 0, cut: 0 }

test('works merged and split again, by correction, deletion or a ruling, end in the digest they began with', async () => {
  const journey = fc.record({
    world: aWorld,
    outs: fc.array(fc.record({ out: anExcursion, settles: fc.boolean() }), { minLength: 2, maxLength: 5 }),
    nested: fc.boolean(),
  })
  await untilMet(met, { correct: 0, delete: 0, bridge: 0, link: 0, cut: 0 }, () =>
    fc.assert(
      fc.asyncProperty(journey, async ({ world, outs, nested }) => {
        const { works, candidates } = (await inOneBatch(matcher, world)).digest
        const { records } = lastOf(world)
        const versions = new Map<string, number>()
        const before = await shape()
        const back: (() => Promise<void>)[] = []
        const goBack = async () => {
          for (let undo = back.pop(); undo; undo = back.pop()) await undo()
        }
        for (const { out, settles } of outs) {
          const undo = await set(out, records, versions)
          if (!undo) continue
          back.push(undo)
          if ((await shape()) !== before) met[out.type]++
          if (settles) await matcher.settle()
          if (!nested) await goBack()
        }
        await goBack()
        await matcher.settle()
        expect(await shape()).toBe(before)
        expect(await matcher.digest()).toMatchObject({ works, candidates })
      }),
      { numRuns: 30, endOnFailure: true },
    ),
  )
})
