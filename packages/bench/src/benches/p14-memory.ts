import type { PostgresAddress } from '@atlas/devstack'
import { recordIdOf } from '@atlas/identifiers'
import { openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/runtime/testing'
import type { Deployment } from '@atlas/testing/deployment'
import type { Bench, BenchParts } from '../bench.ts'
import { measured } from '../measure.ts'
import { forgetHighest, highestOf } from '../memory.ts'
import { laterId, laterWork } from '../openalex/later-work.ts'
import { patientConfig } from '../patient-database.ts'
import { createPopulation } from '../people/people.ts'
import { storedId } from '../people/stored.ts'
import { assertLoadsAlike } from '../profiles/assert-loads-alike.ts'
import { loadProfiles } from '../profiles/load-profiles.ts'
import { pushAll } from './world.ts'

const SEED = 'shipped'
const FEW = 1_000
const MANY = 1_000_000
const RECORDS = 3_000
// Beyond the profiles: people who write and have none.
const STRANGERS = 50_000_000
// So many people with a profile are made a candidate of their later work at least. The others are abbreviated among many.
const FOUND = 0.9
const LOOK_MS = 1_000
const PATIENCE_MS = 1_800_000
const MB = 1024 * 1024
const BARS = {
  bytes: {
    id: 'P14',
    title: 'matcher: highest RSS with 1,000,000 profiles − with 1,000, a profile',
    bar: 200,
    sense: 'most',
    unit: 'B',
  },
  rss: {
    id: 'P14-rss',
    title: 'matcher: highest RSS while it compares with 1,000,000 profiles',
    bar: 600,
    sense: 'most',
    unit: 'MB',
  },
} as const

/** P14: what the matcher's process takes while records arrive that meet a million profiles, against a thousand. */
export const memory: Bench = {
  id: 'P14',
  title: 'memory of the matcher with a million profiles',
  long: true,
  async run(parts) {
    const tell = (line: string) => parts.progress(`P14: ${line}`)
    // Nobody else's memory or time is asked for, and who is only in the matcher's database is known to nobody else.
    await using deployment = await parts.deployment('p14', { verifier: 0, profiles: 0, api: 0 })
    const { postgres } = await parts.stack()
    await assertLoadsAlike(deployment.open.matcher, SEED)
    const world = { deployment, postgres, tell }
    await load(world, 0, FEW)
    // What a process takes until it is warm is no profile's doing.
    await compare(world, FEW, 0)
    const few = await compare(world, FEW, RECORDS)
    const size = await load(world, FEW, MANY)
    const many = await compare(world, MANY, 2 * RECORDS)
    const bytes = Math.max(0, many.highest - few.highest) / MANY
    const note = `${FEW} profiles: ${told(few)}; ${MANY}: ${told(many)}`
    return [measured(BARS.bytes, [bytes], note), measured(BARS.rss, [many.highest / MB], size)]
  },
}

interface World {
  readonly deployment: Deployment
  readonly postgres: PostgresAddress
  readonly tell: BenchParts['progress']
}

/** What is stored of whom, in words. */
async function load({ deployment, postgres, tell }: World, from: number, to: number): Promise<string> {
  const { host, port, adminUser: user, adminPassword: password } = postgres
  const database = patientConfig({
    host,
    port,
    name: deployment.databases.connection('matcher', 'app').database,
    user,
    password,
  })
  await using admin = openDatabase(database, quiet)
  const began = performance.now()
  const { keys, featureBytes } = await loadProfiles({ admin, database, seed: SEED, from, to, progress: tell })
  const { rows } = await admin.query<{ wide: number; size: string }>(
    `select (select count(*) from wide_blocks) as wide, pg_size_pretty(pg_database_size(current_database())) as size`,
  )
  const each = (sum: number) => (sum / (to - from)).toFixed(0)
  const line = `${each(featureBytes)} bytes of features and ${each(keys)} keys a profile, ${rows[0]?.wide} wide blocks, a database of ${rows[0]?.size}`
  tell(`${line}, in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  return line
}

interface Compared {
  /** RSS of the matcher, bytes. */
  readonly highest: number
  readonly slots: number
  readonly pairs: number
  readonly seconds: number
  /** Of the people with a profile, the share of whose later works they were made a candidate. */
  readonly found: number
}

interface Later {
  readonly no: number
  readonly person: number
}

/** Later works, half of them of people with a profile; the highest RSS from the push until all are compared. */
async function compare({ deployment, tell }: World, profiles: number, first: number): Promise<Compared> {
  const population = createPopulation(SEED)
  const later = Array.from({ length: RECORDS }, (_, at): Later => {
    const no = first + at
    return { no, person: at % 2 === 0 ? Math.floor((at * profiles) / RECORDS) : STRANGERS + no * 13 }
  })
  const pid = deployment.members.get('matcher-1')?.pid ?? 0
  const before = await stored(deployment)
  forgetHighest(pid)
  const began = performance.now()
  const lines = later.map(({ no, person }) => ({
    source: 'openalex' as const,
    line: laterWork(population, person, no),
  }))
  await pushAll(deployment, lines)
  await allCompared(deployment, first + RECORDS, tell)
  const after = await stored(deployment)
  const compared: Compared = {
    highest: highestOf(pid),
    slots: after.slots - before.slots,
    pairs: after.pairs - before.pairs,
    seconds: (performance.now() - began) / 1000,
    found: await foundOf(
      deployment,
      later.filter(({ person }) => person < profiles),
    ),
  }
  tell(`with ${profiles} profiles: ${told(compared)}`)
  if (deployment.deaths.length > 0) throw new Error('the matcher ended meanwhile')
  if (compared.found < FOUND) throw new Error(`the matcher did not meet the profiles: ${told(compared)}`)
  return compared
}

function told({ highest, slots, pairs, seconds, found }: Compared): string {
  return `${(highest / MB).toFixed(0)} MB, ${slots} slots, ${(pairs / slots).toFixed(1)} pairs a slot, ${(100 * found).toFixed(0)} % of authors with a profile found, ${seconds.toFixed(0)} s`
}

async function stored({ open }: Deployment): Promise<Pick<Compared, 'slots' | 'pairs'>> {
  const { rows } = await open.matcher.query<{ slots: number; pairs: number }>(
    `select (select count(*) from slots) as slots,
            (select coalesce(sum(cardinality(profiles)), 0)::int from slot_odds) as pairs`,
  )
  return rows[0] ?? { slots: 0, pairs: 0 }
}

/** Resolves when this many records have ended in a work and nothing waits to be compared. */
async function allCompared({ open }: Deployment, records: number, tell: World['tell']): Promise<void> {
  const began = performance.now()
  for (let said = ''; performance.now() - began < PATIENCE_MS; ) {
    const { rows } = await open.matcher.query<{ ended: number; waiting: number }>(
      'select (select count(*) from record_states) as ended, (select count(*) from to_compare) as waiting',
    )
    const { ended, waiting } = rows[0] ?? { ended: 0, waiting: 0 }
    if (ended === records && waiting === 0) return
    const line = `${ended} of ${records} records in works, ${waiting} rows to compare`
    if (line !== said) tell(line)
    said = line
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
  throw new Error(`not everything was compared within ${PATIENCE_MS / 60_000} minutes`)
}

async function foundOf({ open }: Deployment, own: readonly Later[]): Promise<number> {
  const { rows } = await open.matcher.query<{ found: number }>(
    `select count(*) as found
       from unnest($1::uuid[], $2::uuid[]) as t(record_id, profile_id)
       join candidates c on c.profile_id = t.profile_id and not c.withdrawn and t.record_id = any(c.record_ids)`,
    [own.map(({ no }) => recordIdOf('openalex', laterId(no))), own.map(({ person }) => storedId(person))],
  )
  return (rows[0]?.found ?? 0) / own.length
}
