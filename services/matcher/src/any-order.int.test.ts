import { clusterWorks } from '@atlas/linkage'
import { openDatabase } from '@atlas/runtime'
import { aDatabaseConfig, asAdmin, quiet } from '@atlas/testing/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { COMPARE_LIMITS, type CompareLimits } from './compare/limits.ts'
import { compareRound } from './compare/worker.ts'
import { isLive, storedRecordOf } from './record.ts'
import { anArrival, aWorld, lastOf, type Step } from './testing/a-history.ts'
import { aMatcher, type Matcher } from './testing/a-matcher.ts'
import { inOneBatch } from './testing/one-batch.ts'
import { saidOfPairs } from './testing/said-of-pairs.ts'
import { untilMet } from './testing/until-met.ts'

const config = await aDatabaseConfig('matcher')
const database = openDatabase(config, quiet)
afterAll(() => database.close())
const matcher = aMatcher(database, asAdmin(config))

async function run({ parts, ...to }: Matcher, steps: readonly Step[], limits: CompareLimits): Promise<void> {
  for (const step of steps) {
    if (step.type === 'records') await to.records(...step.records)
    else if (step.type === 'profiles') await to.profiles(...step.profiles)
    else if (step.type === 'acts') await to.acts(...step.acts)
    else await compareRound({ ...parts, limits })
  }
  while (await compareRound({ ...parts, limits }));
}

async function liveMembers(): Promise<readonly string[]> {
  const { rows } = await database.query<{ members: string }>(
    `select string_agg(record_id::text, ' ' order by record_id) as members from work_members
      where to_revision is null group by work_id order by 1`,
  )
  return rows.map(({ members }) => members)
}

/** How often the worlds had what this is about. */
const met = { rivals: 0, bylines: 0, shown: 0, contested: 0 }

function count({ odds, claims }: Awaited<ReturnType<typeof saidOfPairs>>, slots: ReadonlyMap<string, string>): void {
  met.rivals += odds.filter(({ profiles }) => profiles.length > 1).length
  const pairs = odds.flatMap(({ slot_id, profiles }) => profiles.map((id) => `${id} ${slots.get(slot_id)}`))
  met.bylines += pairs.length - new Set(pairs).size
  met.shown += claims.length
  met.contested += claims.filter(({ score }) => score > 0.2 && score < 0.9).length
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
     select 'odds without slot', slot_id::text from slot_odds o where not exists (select from slots s where s.slot_id = o.slot_id)
     union all
     select 'claim without odds', candidate_id::text from candidates c
      where not withdrawn and not exists (select from slot_odds o where o.slot_id = c.slot_id and c.profile_id = any(o.profiles))
     union all
     select 'slot with more than one person', slot_id::text from candidates where not withdrawn group by slot_id having sum(score) > 1 + 0.005 * count(*)
     union all
     select 'person twice on a byline', profile_id::text from candidates where not withdrawn group by profile_id, work_id having sum(score) > 1 + 0.005 * count(*)
     union all
     select 'key without slot', slot_id::text from slot_keys k where not exists (select from slots s where s.slot_id = k.slot_id and k.key = any(s.keys))
     union all
     select 'record counted wrongly', record_id::text from record_states r
      where n_candidates <> (select count(*) from candidates c where not c.withdrawn and r.record_id = any(c.record_ids))
     union all
     select 'record without terminal state', record_id::text from records r where not exists (
       select from record_states s where s.record_id = r.record_id and s.version = r.version)
       and not exists (select from kept_records k where k.record_id = r.record_id and k.version = r.version)`,
  )
  return rows
}

// Pages so small that a byline and a profile take several, and others come in between.
const anyLimits = fc.constantFrom<CompareLimits>(COMPARE_LIMITS, { works: 2, slots: 2, met: 1, profiles: 2, page: 1 })
const history = aWorld.chain((world) =>
  fc.record({ world: fc.constant(world), steps: anArrival(world), limits: anyLimits }),
)

test('any order, redelivery and skipped versions end in the state of one batch', async () => {
  // Slots with rivals, persons who meet a second slot of a work, claims that are neither sure nor nothing.
  await untilMet(met, { rivals: 30, bylines: 30, contested: 15 }, () =>
    fc.assert(
      fc.asyncProperty(history, async ({ world, steps, limits }) => {
        await matcher.clear()
        await run(matcher, steps, limits)
        const incremental = await matcher.digest()
        const members = await liveMembers()
        expect(await brokenRules()).toEqual([])
        const said = await saidOfPairs(database)
        const slots = await database.query<{ slot_id: string; work_id: string }>('select slot_id, work_id from slots')
        count(said, new Map(slots.rows.map(({ slot_id, work_id }) => [slot_id, work_id])))
        const { records } = lastOf(world)

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

        expect({ said, digest: incremental }).toEqual(await inOneBatch(matcher, world))
      }),
      { numRuns: 30, endOnFailure: true },
    ),
  )
})
