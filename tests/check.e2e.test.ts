import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase, type RawMessage, systemClock } from '@atlas/runtime'
import { createCodec } from '@atlas/schemas'
import { checkDeployment, createRecorder, INVARIANTS, lookAtPositions, resultLine } from '@atlas/testing/check'
import {
  type QuestionView,
  type RebuiltReadModel,
  type Receipt,
  type ServiceName,
  signIn,
} from '@atlas/testing/deployment'
import { startSampler } from '@atlas/testing/drill'
import { databaseConfig, quiet } from '@atlas/testing/vitest'
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { feedSmallWorld } from './support/a-world.ts'
import { atlas } from './support/atlas.ts'

const made = aDeployment('check')
const recorder = createRecorder(systemClock)

/** Four people answer what they are asked, and one changes his mind once. */
async function decideSome(profileIds: readonly string[]): Promise<void> {
  for (const [place, profileId] of profileIds.slice(0, 4).entries()) {
    const researcher = await signIn(made.current.deployment, profileId)
    const decide = async (question: QuestionView, decision: string) => {
      const { candidateId, version } = question
      const key = `${candidateId}-${version}`
      const response = await researcher.tryDecide(question, decision, key)
      const told = response.ok ? ((await response.json()) as Receipt) : 'refused'
      recorder.decided(profileId, key, { profileId, candidateId, decision }, told)
    }
    const questions = await researcher.queue()
    for (const [index, question] of questions.entries()) await decide(question, index % 3 === 2 ? 'reject' : 'confirm')
    const [first] = questions
    if (place === 0 && first) await decide({ ...first, version: 1 }, 'reject')
  }
}

/** Statements of a superuser in a database of the deployment, with triggers off. */
async function plant(service: ServiceName, statements: readonly string[]): Promise<void> {
  const { postgres } = inject('stack')
  const { database } = made.current.deployment.databases.connection(service, 'app')
  await using admin = openDatabase(
    databaseConfig(postgres, database, postgres.adminUser, postgres.adminPassword),
    quiet,
  )
  for (const statement of statements) await admin.query(statement)
}

/** An older state of a work, told for the first time after a newer one: readers skip it. */
async function publishOlderWork(): Promise<void> {
  const { bus, addresses } = made.current.deployment
  const codec = await createCodec({
    registryUrl: addresses.registryUrl,
    cache: { load: async () => [], save: async () => undefined },
    topics: ['works'],
    clock: systemClock,
  })
  const topic = `${addresses.topicPrefix}works`
  const partition = (await bus.offsets(topic)).find(({ high }) => high > 0n)?.partition ?? 0
  const raw = (await bus.readOne(topic, partition, 0n)) as RawMessage
  const decoded = await codec.decode('works', raw.value)
  if (!decoded.ok) throw new Error(decoded.detail)
  const eventId = crypto.randomUUID()
  const older = { ...decoded.value, revision: 1, eventId }
  await bus.publish(topic, partition, [
    {
      key: raw.key ?? '',
      value: codec.encode('works', older),
      headers: { ...Object.fromEntries(raw.headers), 'event-id': eventId, revision: '1' },
    },
  ])
}

const ONE = (table: string, column: string, where = 'true') =>
  `${column} = (select min(${column}::text)::${column.endsWith('_id') ? 'uuid' : 'bigint'} from ${table} where ${where})`
// The act of the person who changed his mind, and the one before it.
const SECOND = "question_version = 2 and actor <> 'system'"

const PLANTED: Readonly<Record<string, RegExp>> = {
  V01: /which is not kept$/,
  V02: /is kept with bytes that nobody sent$/,
  V03: /does not have its checksum$/,
  V04: /has 0 references$/,
  V05: /was sent and is not in the log$/,
  V06: /^works .* has 1 after \d+ at/,
  V07: /^verifier\.works\.v1 has works/,
  V08: /^matcher\.records\.v1\/\d+ committed \d+ and has effects to \d+$/,
  V09: /^matcher\.records\.v1\/\d+ is at \d+ of \d+$/,
  V10: /was published and has no terminal state$/,
  V11: /^record .* counts \d+ candidates, matcher has/,
  V12: /is not named after slot/,
  V13: /its receipt says 1, or another hash$/,
  V14: /has a command key that nobody sent$/,
  V15: /^question .* has version 77 by \d act/,
  V16: /was decided before the one before it$/,
  V17: /\(auto_reject\) follows a person's confirm/,
  V18: /does not have its hash$/,
  V21: /stands confirmed and has no authorship$/,
  V22: /^works .* is not what the log's last message says$/,
  V23: /^ingest_app can connect to verifier_db_check$/,
  V25: /which is not its effect$/,
  V28: /has "who_knows", which is no known code$/,
  V31: /^records .* stand free, ruled is cannot by /,
}

/** What only looks on the way and a read model made anew can tell. */
const SEEN: Readonly<Record<string, RegExp>> = {
  V08: /^matcher\.records\.v1\/\d+ had committed \d+ while it had effects to \d+$/,
  V09: /^matcher\.records\.v1\/\d+ went back from \d+ to \d+$/,
  V22: /^against a rebuild profile .* differs: .*"state": "active".*"state": "merged"/,
}

type Breaches = readonly { readonly id?: unknown; readonly violations?: unknown }[]

/** Ids of the invariants whose breaches do not have what was planted. */
function unseen(planted: Readonly<Record<string, RegExp>>, results: Breaches): readonly string[] {
  const breaches = (of: string) => (results.find(({ id }) => id === of)?.violations ?? []) as readonly string[]
  return Object.entries(planted).flatMap(([id, said]) => (breaches(id).some((line) => said.test(line)) ? [] : [id]))
}

describe('the checker', () => {
  let rebuilt: RebuiltReadModel
  let file = ''
  let history = ''

  beforeAll(async () => {
    const { deployment, dataDir } = made.current
    const size = { seed: 'check', researchers: 8, publications: 40 }
    const { profileIds } = await feedSmallWorld(deployment, size, recorder)
    await decideSome(profileIds)
    await deployment.settled()
    file = join(dataDir, 'deployment.json')
    history = join(dataDir, 'history.ndjson')
    await writeFile(file, JSON.stringify(deploymentFile(deployment)))
    await writeFile(history, recorder.text())
  })

  it('has a read model made anew beside the running one, which nobody notices', async () => {
    const { deployment } = made.current
    const before = await lookAtPositions(deployment)
    rebuilt = await deployment.rebuilt()
    const after = await lookAtPositions(deployment)
    const places = (rows: typeof before) => new Map(rows.map((row) => [`${row.group}/${row.partition}`, row]))
    for (const [place, { nextOffset, committed }] of places(before)) {
      const now = places(after).get(place)
      expect([place, now?.nextOffset]).toEqual([place, nextOffset])
      // Commits follow effects at their leisure: one may still have been on its way.
      expect(now?.committed ?? 0).toBeGreaterThanOrEqual(committed ?? 0)
    }
    const { rows } = await deployment.open.api.query('select from rebuilds')
    expect(rows).toEqual([])
  })
  afterAll(() => rebuilt?.[Symbol.asyncDispose]())

  it('finds that everything holds where nothing was disturbed', async () => {
    const steps: string[] = []
    const results = await checkDeployment(made.current.deployment, {
      history: recorder.history(),
      poisons: 0,
      rebuilt: rebuilt.database,
      onProgress: (step) => void steps.push(step),
    })
    expect(results.filter(({ holds }) => !holds).map(resultLine)).toEqual([])
    expect(results.map(({ id }) => id)).toEqual(INVARIANTS.map(({ id }) => id))
    expect(steps).toContain('reading the log of acts')
    expect(results.find(({ id }) => id === 'V22')?.detail).toMatch(/rebuilt [1-9]\d*$/)
  })

  it('tells apart what it had no history for, and the command line ends well', async () => {
    const { exitCode, stdout, stderr } = await atlas(['check'], { ATLAS_DEPLOYMENT: file })
    expect([exitCode, stdout.split('\n').filter((line) => line.includes('not looked at')).length]).toEqual([0, 4])
    expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(INVARIANTS.length)
    expect(stderr).toContain(`${INVARIANTS.length - 4} hold, 0 are broken, 4 were not looked at`)
  })

  it('sees a breach of every invariant in the databases and the log, and the command line names them', async () => {
    const { deployment } = made.current
    await using sampler = startSampler({ clock: systemClock, look: () => lookAtPositions(deployment), everyMs: 100 })
    const looked = (times: number) =>
      vi.waitFor(() => expect(sampler.taken()).toBeGreaterThanOrEqual(times), { timeout: 60_000 })
    await looked(1)
    await publishOlderWork()
    await made.current.deployment.settled()
    await plant('ingest', [
      'alter table raw_records disable trigger all',
      `update raw_records set checksum = sha256('another') where ctid = (select min(ctid) from raw_records)`,
      `delete from outbox_references where id = (select max(id) from outbox_references)`,
    ])
    await plant('matcher', [
      `update consumer_progress set next_offset = next_offset - 1 where (consumer_group, partition) in (
         select consumer_group, partition from consumer_progress
          where consumer_group = 'matcher.records.v1' and next_offset > 0 order by partition limit 1)`,
      `delete from record_states where ${ONE('record_states', 'record_id')}`,
      `update record_states set n_candidates = n_candidates + 1 where ${ONE('record_states', 'record_id')}`,
      `insert into work_rulings (ruling_id, kind, side_a, side_b, actor, actor_role, via, reason, command_key, decided_at)
       select gen_random_uuid(), 'cut', array[min(record_id::text)::uuid], array[max(record_id::text)::uuid], 'x', 'x', 'x', 'x', 'x', now()
         from records`,
      `update candidates set candidate_id = gen_random_uuid() where ${ONE('candidates', 'candidate_id')}`,
    ])
    await plant('verifier', [
      'alter table verification_acts disable trigger all',
      `update outbox_facts set event_id = gen_random_uuid() where fact_no = 1`,
      `update works set revision = revision + 1 where ${ONE('works', 'work_id')}`,
      `update verification_acts set hash = sha256('another'), command_key = 'another' where chain_seq = 1`,
      `update verification_acts set decided_at_ms = 1, actor = 'system', kind = 'auto_reject' where ${SECOND}`,
      `update questions set version = 77 where ${ONE('questions', 'candidate_id')}`,
      `update authorships set state = 'retracted' where ${ONE('authorships', 'authorship_id', "state = 'verified'")}`,
      `update idempotency_keys set response = jsonb_set(response, '{actId}', to_jsonb(gen_random_uuid()))`,
      'grant connect on database verifier_db_check to ingest_app',
    ])
    await plant('api', [
      `update works set content = jsonb_set(content, '{title}', '"another"') where ${ONE('works', 'work_id')}`,
      // Not part of what the log's last message says of him: a column that queries go by.
      `update profiles set state = 'merged' where ${ONE('profiles', 'profile_id')}`,
      `insert into quarantine (consumer_group, topic, partition, "offset", headers, produced_at, error_code, error_detail)
       values ('api.works.v1', 'works', 0, 0, '{}', now(), 'who_knows', 'planted')`,
    ])

    const args = ['check', '--history', history, '--poisons', '0', '--json', '--wait', '0']
    const { exitCode, lines, stderr } = await atlas(args, { ATLAS_DEPLOYMENT: file })
    expect(unseen(PLANTED, lines)).toEqual([])
    expect([exitCode, stderr.trim().split('\n').at(-1)]).toEqual([1, `broken: ${Object.keys(PLANTED).join(', ')}`])

    // The look under way may have begun before.
    await looked(sampler.taken() + 2)
    const { samples } = await sampler.stop()
    const seen = await checkDeployment(deployment, { samples, rebuilt: rebuilt.database })
    expect(unseen(SEEN, seen)).toEqual([])
  })

  it('leaves no database of a read model made anew', async () => {
    const named = async () => {
      const { rows } = await made.current.deployment.open.api.query(
        "select datname from pg_database where datname like 'api_db_check_%'",
      )
      return rows
    }
    expect(await named()).toHaveLength(1)
    await rebuilt[Symbol.asyncDispose]()
    expect(await named()).toEqual([])
  })
})
