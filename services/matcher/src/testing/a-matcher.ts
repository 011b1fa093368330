// A matcher for tests: handlers and workers driven by hand on a real database, nothing beside it.
import { ATTRIBUTION_2 } from '@atlas/linkage'
import {
  createMetrics,
  createOutbox,
  type Database,
  type Handler,
  noFailpoints,
  type Outcome,
  systemClock,
} from '@atlas/runtime'
import { type Act, type Profile, type RecordSnapshot, TOPICS } from '@atlas/schemas'
import { quiet } from '@atlas/testing/vitest'
import { COMPARE_LIMITS } from '../compare/limits.ts'
import { recountLinks } from '../compare/recount-links.ts'
import { createScorer } from '../compare/scorer.ts'
import { type CompareParts, compareRound } from '../compare/worker.ts'
import { type Digest, digestOf } from '../digest.ts'
import { matchAct } from '../handlers/match-act.ts'
import { matchProfile } from '../handlers/match-profile.ts'
import { matchRecord } from '../handlers/match-record.ts'
import { received } from './a-world.ts'

export interface Matcher {
  readonly database: Database
  readonly parts: CompareParts
  records(...records: readonly RecordSnapshot[]): Promise<readonly Outcome[]>
  profiles(...profiles: readonly Profile[]): Promise<readonly Outcome[]>
  acts(...acts: readonly Act[]): Promise<readonly Outcome[]>
  /** Runs the second step until nothing waits. */
  settle(): Promise<void>
  /** Only what counts links anew. */
  recount(): Promise<void>
  digest(): Promise<Readonly<Record<'works' | 'candidates' | 'records', Digest>>>
  /** Forgets everything, the sequence apart. */
  clear(): Promise<void>
}

const TABLES = [
  'records',
  'record_keys',
  'kept_records',
  'works',
  'work_members',
  'work_identifiers',
  'work_constraints',
  'slots',
  'slot_keys',
  'slot_odds',
  'profiles',
  'profile_keys',
  'wide_blocks',
  'candidates',
  'to_compare',
  'record_states',
  'mention_acts',
  'decided_records',
  'outbox_references',
]

// They are kept for ever, but for a test that begins anew.
const FORGET_RULINGS = `do $$ begin
  if exists (select from work_rulings) then
    alter table work_rulings disable trigger no_change;
    delete from work_rulings;
    alter table work_rulings enable always trigger no_change;
  end if;
end $$`

/** `admin` is the same database as its owner sees it. */
export function aMatcher(database: Database, admin: Database, blockCap = 256): Matcher {
  const { records, profiles, acts, works, candidates } = TOPICS
  const outbox = createOutbox({ records, profiles, acts, works, candidates })
  const parts: CompareParts = {
    database,
    outbox,
    metrics: createMetrics('matcher'),
    logger: quiet,
    clock: systemClock,
    failpoints: noFailpoints,
    // Without room: whoever is needed after a portion of a step has to be prepared again.
    scorer: createScorer(ATTRIBUTION_2, { profiles: 0, works: 0 }),
    limits: COMPARE_LIMITS,
    blockCap,
  }
  const handle = <T>(handler: Handler<T>, values: readonly T[]) =>
    database.transaction(async (tx) => {
      const outcomes = await handler(
        tx,
        values.map((value) => received(value)),
      )
      await outbox.append(
        tx,
        outcomes.flatMap((outcome) => (outcome.type === 'done' ? outcome.outbox : [])),
      )
      return outcomes
    })
  return {
    database,
    parts,
    records: (...values) => handle(matchRecord, values),
    profiles: (...values) => handle(matchProfile, values),
    acts: (...values) => handle(matchAct, values),
    async settle() {
      while (await compareRound(parts));
    },
    async recount() {
      while ((await database.transaction(recountLinks)).taken > 0);
    },
    async digest() {
      const all = { from: null, to: null }
      return {
        works: await digestOf(database, 'works', all),
        candidates: await digestOf(database, 'candidates', all),
        records: await digestOf(database, 'records', all),
      }
    },
    async clear() {
      // Faster than truncate while there are only a few rows.
      await admin.query([...TABLES.map((table) => `delete from ${table}`), FORGET_RULINGS].join('; '))
    },
  }
}
