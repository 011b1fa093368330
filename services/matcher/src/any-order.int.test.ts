import { clusterWorks } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { compareRound } from './compare/worker.ts'
import { isLive, storedRecordOf } from './record.ts'
import { anArrival, aWorld, lastOf, type Step } from './testing/a-history.ts'
import { aMatcher, type Matcher } from './testing/a-matcher.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

async function run({ parts, ...to }: Matcher, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    if (step.type === 'records') await to.records(...step.records)
    else if (step.type === 'profiles') await to.profiles(...step.profiles)
    else await compareRound(parts)
  }
  await to.settle()
}

async function liveMembers(): Promise<readonly string[]> {
  const { rows } = await database.query<{ members: string }>(
    `select string_agg(record_id::text, ' ' order by record_id) as members from work_members
      where to_revision is null group by work_id order by 1`,
  )
  return rows.map(({ members }) => members)
}

/** What holds of every quiet state, besides the digest. */
async function brokenRules(): Promise<readonly unknown[]> {
  const { rows } = await database.query(
    `select 'redirect to nowhere' as rule, w.work_id::text as id from works w left join works t on t.work_id = w.redirect_to
      where w.state = 'redirect' and t.state is distinct from 'live'
     union all
     select 'live record in no work', record_id::text from records r
      where live and not exists (select from work_members m where m.record_id = r.record_id and m.to_revision is null)
     union all
     select 'claim on no slot', candidate_id::text from candidates c
      where not withdrawn and not exists (select from slots s where s.slot_id = c.slot_id and s.work_id = c.work_id)
     union all
     select 'key without slot', slot_id::text from slot_keys k where not exists (select from slots s where s.slot_id = k.slot_id and k.key = any(s.keys))
     union all
     select 'record counted wrongly', record_id::text from record_states r
      where n_candidates <> (select count(*) from candidates c where not c.withdrawn and r.record_id = any(c.record_ids))
     union all
     select 'record without terminal state', record_id::text from records r where not exists (select from record_states s where s.record_id = r.record_id and s.version = r.version)`,
  )
  return rows
}

const history = aWorld.chain((world) => fc.record({ world: fc.constant(world), steps: anArrival(world) }))

test('any order, redelivery and skipped versions end in the state of one batch', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ world, steps }) => {
      await matcher.clear()
      await run(matcher, steps)
      const incremental = await matcher.digest()
      const members = await liveMembers()
      expect(await brokenRules()).toEqual([])
      const { records, profiles } = lastOf(world)

      const batch = clusterWorks({ records: records.map(storedRecordOf).filter(isLive), constraints: [] })
      expect(members).toEqual(
        batch
          .map((work) =>
            work.members
              .map(({ recordId }) => recordId)
              .sort()
              .join(' '),
          )
          .sort(),
      )

      await matcher.clear()
      await matcher.profiles(...profiles)
      await matcher.records(...records)
      await matcher.settle()
      expect(incremental).toEqual(await matcher.digest())
    }),
    { numRuns: 60 },
  )
})
