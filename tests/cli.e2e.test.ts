import { once } from 'node:events'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase, partitionOf } from '@atlas/runtime'
import { TOPIC_NAMES, TOPICS } from '@atlas/schemas'
import {
  asOperator,
  createProfiles,
  createPushKey,
  introduce,
  push,
  type QuestionView,
  type ServiceName,
  signIn,
} from '@atlas/testing/deployment'
import { databaseConfig, quiet } from '@atlas/testing/vitest'
import { createWorld } from '@atlas/testing/world'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aDeployment } from './support/a-deployment.ts'
import { type AtlasRun, atlas } from './support/atlas.ts'

const PUBLICATIONS = 60
const AVRO = fileURLToPath(new URL('../packages/schemas/avro/', import.meta.url))
const COMMANDS = [
  ...['dev', 'config', 'import', 'keys', 'profiles', 'explain', 'quarantine', 'consumer'],
  ...[
    'push',
    'sources',
    'rebuild',
    'republish',
    'renormalise',
    'rematch',
    'schemas',
    'check',
    'audit',
    'works',
    'blocks',
  ],
]

const test = aDeployment('cli')
const world = createWorld({ seed: 'cli', researchers: 12, strangers: 6 })
const profiles = [...world.profiles()]
const records = [...world.records(0, PUBLICATIONS)].filter(({ correction }) => !correction)
const linesOf = (source: string) => records.filter((record) => record.source === source).map(({ line }) => line)
let file = ''

/** The program, told where the deployment is. */
const run = (...args: string[]) => atlas(args, { ATLAS_DEPLOYMENT: file })
const ok = async (...args: string[]): Promise<AtlasRun> => {
  const done = await run(...args)
  if (done.exitCode !== 0) throw new Error(`atlas ${args.join(' ')} ended with ${done.exitCode}: ${done.stderr}`)
  return done
}

async function researchers() {
  const all = await Promise.all(profiles.map(({ profileId }) => signIn(test.current.deployment, profileId)))
  return Promise.all(all.map(async (researcher) => ({ researcher, queue: await researcher.queue() })))
}

/** What the gateway's read model holds, by entity. */
async function digests(): Promise<Record<string, { count: number; sum: string }>> {
  const { deployment } = test.current
  const { digests } = await asOperator<{ digests: { entity: string; count: number; sum: string }[] }>(
    deployment,
    'api',
    'GET',
    '/internal/digest',
  )
  return Object.fromEntries(digests.map(({ entity, ...digest }) => [entity, digest]))
}

/** With all rights, in a database of the deployment: for planting faults. */
function asOwnerOf(service: ServiceName) {
  const { postgres } = inject('stack')
  const { database } = test.current.deployment.databases.connection(service, 'app')
  return openDatabase(databaseConfig(postgres, database, postgres.adminUser, postgres.adminPassword), quiet)
}

/** An address at which nobody listens: somebody just did. */
async function aClosedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `http://127.0.0.1:${address.port}`
}

beforeAll(async () => {
  const { deployment, dataDir } = test.current
  file = join(dataDir, 'deployment.json')
  await writeFile(file, JSON.stringify(deploymentFile(deployment)), { mode: 0o600 })
  await introduce(deployment, profiles)
  const key = await createPushKey(deployment, ['openalex', 'crossref'])
  for (const source of ['openalex', 'crossref']) {
    const { counts } = await push(deployment, key, source, linesOf(source))
    if (counts.refused > 0) throw new Error(`${source} was refused`)
  }
  await deployment.settled()
})

describe('the program', () => {
  it('explains every command, with examples', async () => {
    const { stdout } = await ok('--help')
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    // The audit has one thing to do, and explains itself there.
    const pages = await Promise.all(
      COMMANDS.map((command) => ok(command, ...(command === 'audit' ? ['verify'] : []), '--help')),
    )
    for (const [at, page] of pages.entries())
      expect(page.stdout).toMatch(new RegExp(`Examples?:\\n  .*atlas ${COMMANDS[at]}`))
  })

  it.each([
    [['nonsense'], 2, "unknown command 'nonsense'"],
    [['keys', 'create'], 2, '--source'],
    [['keys', 'revoke', 'abc'], 2, '--reason'],
    [['quarantine', 'list', 'nobody'], 2, 'ingest, matcher'],
    [['rebuild', 'verifier'], 2, 'Allowed choices are api'],
    [['republish', 'nothing'], 2, 'records, works'],
    [['explain', 'record', 'nonsense'], 2, 'not a UUID and not source:id'],
    [['explain', 'work', '019c2d3e-0000-7000-8000-000000000000'], 1, 'no service knows work'],
    [['works', 'suspicious', '--kind', 'nonsense'], 2, 'Allowed choices are bridge'],
    [['works', 'suspicious', '--limit', '0'], 2, 'a whole number from 1 is needed'],
    [['consumer', 'accept', 'nobody.records.v1', 'records', '--reason', 'x'], 2, 'no group of ours'],
    [['keys', 'create', '--source', 'nowhere'], 1, 'unknown_source'],
    [['quarantine', 'show', 'matcher', '999'], 1, 'not_found'],
  ])('%j ends with %i', async (args, exitCode, words) => {
    const done = await run(...args)
    expect([done.exitCode, done.stderr]).toEqual([exitCode, expect.stringContaining(words)])
    expect(done.stderr).not.toContain('    at ')
  })

  it('says with 4 that a service is away, and with 2 that it does not know where', async () => {
    const nowhere = await aClosedAddress()
    const away = await atlas(['keys', 'list'], { ATLAS_DEPLOYMENT: file, INGEST_URL: nowhere })
    expect([away.exitCode, away.stderr]).toEqual([4, expect.stringContaining('does not answer')])
    const registry = await atlas(['schemas', 'check'], { ATLAS_DEPLOYMENT: file, SCHEMA_REGISTRY_URL: nowhere })
    expect(registry.exitCode).toBe(4)
    const unknown = await atlas(['keys', 'list'], { ATLAS_DEPLOYMENT: `${file}.not-there` })
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('start the demo')])
  })
})

describe('config', () => {
  it('tells a shell where everything is, and no secret', async () => {
    const { stdout } = await ok('config')
    const { deployment } = test.current
    expect(stdout).toContain(`API_URL='${deployment.url('api')}'\n`)
    for (const secret of [deployment.keys.principalPrivate, deployment.keys.services.cli])
      expect(stdout).not.toContain(secret)
  })
})

describe('keys', () => {
  it('open what they are made for, are listed without their secret, and open nothing once revoked', async () => {
    const { deployment } = test.current
    const [line = ''] = linesOf('hal')
    const limits = ['--rate', '60', '--daily-records', '100', '--max-lines', '0', '--holder', 'hal@example.org']
    const made = await ok('keys', 'create', '--source', 'hal', ...limits)
    const key = made.stdout.trim()
    expect(made.stderr).toContain('cannot be shown again')
    expect((await push(deployment, key, 'hal', [line])).counts).toMatchObject({ stored: 1 })
    await expect(push(deployment, key, 'crossref', [line])).rejects.toThrow('source_not_allowed')

    const mine = async () => (await ok('keys', 'list')).lines.find(({ sources }) => String(sources) === 'hal')
    const listed = await mine()
    expect(listed).toMatchObject({ state: 'active', sources: ['hal'] })
    expect(JSON.stringify(listed)).not.toContain(key)
    expect(listed).toMatchObject({ requests: 2, counts: { stored: 1 }, holder: 'hal@example.org', exposedAt: null })
    expect(listed).toMatchObject({ limits: { ratePerMinute: 60, dailyRecords: 100, maxLines: null } })

    const rotated = (await ok('keys', 'rotate', String(listed?.['id']), '--overlap-hours', '1')).stdout.trim()
    expect(await mine()).toMatchObject({ replaces: listed?.['id'], limits: { ratePerMinute: 60 } })
    for (const one of [key, rotated])
      expect((await push(deployment, one, 'hal', [line])).counts).toMatchObject({ duplicate: 1 })
    await ok('keys', 'revoke', rotated.slice(4, 12), '--reason', 'it was for a test')
    await ok('keys', 'revoke', String(listed?.['id']), '--reason', 'it was for a test')
    expect(await mine()).toMatchObject({ state: 'revoked' })
    await expect(push(deployment, key, 'hal', [line])).rejects.toThrow('401')
  })
})

describe('sources', () => {
  it('tells what came of each, as a table and for programs', async () => {
    const { stdout } = await ok('sources')
    expect(stdout).toMatch(/^source +records +versions +last success +unsent +lag +refused\n/)
    expect(stdout).toMatch(/^openalex +\d+ +\d+ +20\d\d-\S+Z +\d+ /m)
    const { lines } = await ok('sources', '--json')
    expect(lines.find(({ source }) => source === 'openalex')).toMatchObject({ records: linesOf('openalex').length })
  })
})

describe('import', () => {
  it('keeps what is good, ends with 3 when some was refused, and says which and why', async () => {
    const folder = join(test.current.dataDir, 'files', 'crossref')
    await mkdir(folder, { recursive: true })
    const good = linesOf('crossref').slice(0, 3)
    const path = join(folder, 'some.ndjson')
    await writeFile(path, `${[...good, '{"DOI":', '{"title":["no id"]}'].join('\n')}\n`)
    const report = join(test.current.dataDir, 'refused.ndjson')
    const done = await run('import', path, '--report', report)
    expect(done.exitCode).toBe(3)
    expect(done.lines.find(({ event }) => event === 'done')).toMatchObject({
      counts: { duplicate: 3, stored: 0, refused: 2 },
    })
    const refused = (await readFile(report, 'utf8')).trim().split('\n')
    const codes = refused.map(
      (line) => (JSON.parse(line) as { line: number; errors: { code: string }[] }).errors[0]?.code,
    )
    expect(codes).toEqual(['invalid_json', 'missing_field'])

    await writeFile(join(folder, 'good.ndjson'), `${good.join('\n')}\n`)
    expect((await ok('import', join(folder, 'good.ndjson'))).exitCode).toBe(0)
    const gone = await run('import', '--source', 'crossref', join(folder, 'gone.ndjson'))
    expect([gone.exitCode, gone.stdout + gone.stderr]).toEqual([5, expect.stringContaining('file_not_found')])
  })
})

describe('explain', () => {
  let question: QuestionView
  beforeAll(async () => {
    const waiting = (await researchers()).find(({ queue }) => queue.some(({ sources }) => sources.length > 1))
    const found = waiting?.queue.find(({ sources }) => sources.length > 1)
    if (!waiting || !found) throw new Error('the world has no question of two sources')
    question = found
    await waiting.researcher.decide(question, 'confirm')
    await test.current.deployment.settled()
  })

  it('tells a record by its source and id: versions, fingerprints, its work and why, the keys it was found by', async () => {
    const record = records.find(({ source }) => source === 'crossref')
    const { lines } = await ok('explain', 'record', `crossref:${record?.sourceId}`, '--json')
    expect(lines).toMatchObject([
      { owner: 'ingest', version: 1, versions: [{ class: 'first', checksum: expect.any(String) }] },
      { owner: 'matcher', live: true, memberships: [{ reason: 'founder', toRevision: null }] },
    ])
    expect(lines[0]).toMatchObject({
      normaliser: expect.stringMatching(/^crossref\/\d+$/),
      fingerprints: expect.any(String),
    })
    expect(lines[1]?.['keys']).toContainEqual({ key: `doi:${record?.doi}`, records: expect.any(Number) })
  })

  it('tells a work: its members and why each is one, its slots, its questions', async () => {
    const { lines } = await ok('explain', 'work', question.workId, '--json')
    const { work } = lines[0] as { work: { members: { reason: string; linkedTo: string | null }[]; slots: object[] } }
    expect(work.members.map(({ reason }) => reason)).toContain('founder')
    expect(work.members.find(({ reason }) => reason !== 'founder')?.linkedTo).toEqual(expect.any(String))
    expect(work.slots.length).toBeGreaterThan(0)
    expect(lines[1]).toMatchObject({ owner: 'verifier' })
    expect(lines[1]?.['questions']).toContainEqual(
      expect.objectContaining({ candidateId: question.candidateId, status: 'confirmed' }),
    )
  })

  it('tells a candidate: shared keys, reasons whose weights sum up, and the acts upon it', async () => {
    const { lines } = await ok('explain', 'candidate', question.candidateId, '--json')
    const [matcher, verifier] = lines as [
      { candidate: { logOdds: number; reasons: { weight: number }[] }; keys: { shared: boolean }[] },
      object,
    ]
    const sum = matcher.candidate.reasons.reduce((total, { weight }) => total + weight, 0)
    expect(sum).toBeCloseTo(matcher.candidate.logOdds, 6)
    expect(matcher.keys.filter(({ shared }) => shared).length).toBeGreaterThan(0)
    expect(verifier).toMatchObject({
      stands: { status: 'confirmed', decision: 'confirm' },
      acts: [{ kind: 'confirm', statusAfter: 'confirmed' }],
    })
    const forPeople = await ok('explain', 'candidate', question.candidateId)
    expect(forPeople.stdout).toMatch(/^matcher\n {2}candidate:\n/)
    expect(forPeople.stdout).toContain('weight: ')
    expect(forPeople.stdout).toMatch(/ {2}log odds of the pair .*\n {2}nobody of these /)
  })
})

describe('works', () => {
  it('that look wrong are listed, with what is wrong about them', async () => {
    const { deployment } = test.current
    expect((await ok('works', 'suspicious')).stderr).toContain('0 suspicious')
    const [line = ''] = linesOf('openalex')
    const oneOf = (id: string, year: number): string => {
      const { publication_date: _, ...work } = JSON.parse(line) as Record<string, unknown>
      const ids = { id: `https://openalex.org/${id}`, doi: 'https://doi.org/10.5555/years-apart' }
      return JSON.stringify({ ...work, ...ids, ids, publication_year: year })
    }
    const key = (await ok('keys', 'create', '--source', 'openalex')).stdout.trim()
    await push(deployment, key, 'openalex', [oneOf('W9900000001', 1990), oneOf('W9900000002', 2020)])
    await deployment.settled()

    const { lines, stderr } = await ok('works', 'suspicious', '--kind', 'years-apart', '--json')
    expect(lines).toEqual([
      {
        workId: expect.any(String),
        title: expect.any(String),
        members: 2,
        suspicions: [
          {
            kind: 'years-apart',
            details: '1990 and 2020: 30 years apart',
            recordIds: [expect.any(String), expect.any(String)],
          },
        ],
      },
    ])
    expect(stderr).toContain('1 suspicious')
    const forPeople = await ok('works', 'suspicious')
    expect(forPeople.stdout).toMatch(
      /^[-0-9a-f]{36} {2}2 members {2}.+\n {2}years-apart: 1990 and 2020.*\n {4}[-0-9a-f]{36}\n/,
    )
    expect((await ok('works', 'suspicious', '--after', String(lines[0]?.['workId']))).stderr).toContain('0 suspicious')
  })
})

describe('quarantine', () => {
  it('holds what cannot be read, until it is given up with a reason', async () => {
    const { deployment } = test.current
    const key = 'crossref:10.5555/poison'
    const headers = { env: 'test', type: 'record', revision: '1', 'event-id': '019c2d3e-0000-7000-8000-00000000dead' }
    await deployment.bus.publish(
      `${deployment.addresses.topicPrefix}records`,
      partitionOf(key, TOPICS.records.partitions),
      [{ key, value: Buffer.from('not one of ours'), headers }],
    )
    await deployment.settled()
    const [item] = (await ok('quarantine', 'list', 'matcher')).lines
    expect(item).toMatchObject({ topic: 'records', key, code: 'bad_magic', state: 'open' })
    const id = String(item?.['id'])
    expect((await ok('quarantine', 'show', 'matcher', id)).lines[0]).toMatchObject({
      value: Buffer.from('not one of ours').toString('base64'),
    })
    const replayed = await run('quarantine', 'replay', 'matcher', id)
    expect([replayed.exitCode, replayed.stderr]).toEqual([1, expect.stringContaining('bad_magic')])
    await ok('quarantine', 'discard', 'matcher', id, '--reason', 'made by a test')
    expect((await ok('quarantine', 'list', 'matcher')).lines).toEqual([])
    expect((await ok('quarantine', 'list', 'matcher', '--state', 'discarded')).lines).toMatchObject([
      { id: item?.['id'], reason: 'made by a test', decidedBy: 'tester' },
    ])
  })

  it('replays what was refused for a fault of ours, once the fault is gone', async () => {
    const { deployment } = test.current
    await using admin = asOwnerOf('api')
    await admin.query(`alter table profiles add constraint planted check (content->>'displayName' <> 'Ivy Poison')`)
    const [profileId = ''] = await createProfiles(deployment, [
      { displayName: 'Ivy Poison', names: [{ name: 'Ivy Poison' }] },
    ])
    await deployment.settled()
    const [item] = (await ok('quarantine', 'list', 'api')).lines
    expect(item).toMatchObject({ topic: 'profiles', key: profileId, state: 'open' })
    const replay = () => run('quarantine', 'replay', 'api', String(item?.['id']))
    expect((await replay()).exitCode).toBe(1)
    await admin.query('alter table profiles drop constraint planted')
    const done = await replay()
    expect([done.exitCode, done.lines]).toEqual([0, [{ type: 'replayed', followed: [] }]])
    const again = await replay()
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('already_decided')])
    expect(await (await signIn(deployment, profileId)).get('/v1/profile')).toMatchObject({ displayName: 'Ivy Poison' })
  })
})

describe('what is done again', () => {
  it('changes nothing: topics filled again, bytes read again, pairs compared again', async () => {
    const before = await digests()
    for (const topic of ['records', 'works', 'profiles', 'candidates', 'acts', 'authorships']) {
      const { lines } = await ok('republish', topic)
      expect(Number(lines[0]?.['objects']), topic).toBeGreaterThan(0)
    }
    const { lines } = await ok('renormalise', '--source', 'crossref')
    expect(lines.at(-1)).toMatchObject({ finished: true, sources: [{ source: 'crossref' }] })
    expect((await ok('rematch', '--wait')).lines.at(-1)).toMatchObject({ phase: 'done' })
    await test.current.deployment.settled()
    expect(await digests()).toEqual(before)
  })

  it('a decision is read by its author at once, also while nothing is projected', async () => {
    const { deployment } = test.current
    const stand = `{"code": "too_many_poison", "detail": "stopped by a test"}`
    await deployment.open.api.query('update consumer_progress set halted = $1::jsonb', [stand])
    const asked = (await researchers()).find(({ queue }) => queue.length > 0)
    const [question] = asked?.queue ?? []
    if (!asked || !question) throw new Error('nobody is asked anything')
    const { researcher } = asked
    const receipt = await researcher.decide(question, 'reject')
    const ids = (await researcher.queue()).map(({ candidateId }) => candidateId)
    expect(ids).not.toContain(question.candidateId)
    expect(await researcher.get(`/v1/candidates/${question.candidateId}`)).toMatchObject({
      status: 'rejected',
      version: receipt.version,
    })
    const acts = () => researcher.get<{ items: { actId: string }[] }>(`/v1/acts?candidateId=${question.candidateId}`)
    expect((await acts()).items.map(({ actId }) => actId)).not.toContain(receipt.actId)
    for (const topic of ['works', 'candidates', 'profiles', 'acts', 'authorships'])
      await ok('consumer', 'accept', `api.${topic}.v1`, topic, '--reason', 'the test of lagging is over')
    await deployment.settled()
    expect((await acts()).items.map(({ actId }) => actId)).toContain(receipt.actId)
  })

  it('a halted consumer goes on where an operator says, and who said so is kept', async () => {
    const { deployment } = test.current
    const before = await digests()
    await deployment.open.api.query(
      `update consumer_progress set next_offset = next_offset + 1000 where topic = 'works' and partition = 3`,
    )
    deployment.members.get('api-1')?.kill('SIGKILL')
    const halts = async () =>
      (
        await deployment.open.api.query<{ code: string }>(
          `select halted->>'code' as code from consumer_progress where halted is not null`,
        )
      ).rows
    await expect.poll(halts, { timeout: 60_000 }).toEqual([{ code: 'offset_regressed' }])
    const listed = (await ok('consumer', 'list', 'api')).lines.filter(({ halted }) => halted !== null)
    expect(listed).toMatchObject([
      { group: 'api.works.v1', topic: 'works', partition: 3, halted: { code: 'offset_regressed' } },
    ])
    expect(Object.keys(listed[0] ?? {})).toEqual(['group', 'topic', 'partition', 'nextOffset', 'halted'])
    const accepted = await ok('consumer', 'accept', 'api.works.v1', 'works', '--reason', 'moved by a test')
    expect(accepted.lines[0]).toMatchObject({ accepted: [{ partition: 3, to: '0' }] })
    await deployment.settled()
    expect(await digests()).toEqual(before)
    const { rows } = await deployment.open.api.query(
      `select reason, accepted_by from consumer_accepts where reason like 'moved%'`,
    )
    expect(rows).toEqual([{ reason: 'moved by a test', accepted_by: 'tester' }])
  })
})

describe('schemas', () => {
  it('are checked and pushed; one that old messages could not be read with is refused, its field named', async () => {
    expect((await ok('schemas', 'check')).lines.map(({ problems }) => problems)).toEqual(TOPIC_NAMES.map(() => []))
    expect((await ok('schemas', 'push')).lines.map(({ registered }) => registered)).toEqual(
      TOPIC_NAMES.map(() => false),
    )
    const edited = join(test.current.dataDir, 'avro')
    await cp(AVRO, edited, { recursive: true })
    expect((await ok('schemas', 'check', '--from', edited)).exitCode).toBe(0)
    const works = JSON.parse(await readFile(join(edited, 'works.avsc'), 'utf8')) as { fields: { name: string }[] }
    const fields = works.fields.map((field) => (field.name === 'title' ? { ...field, name: 'heading' } : field))
    await writeFile(join(edited, 'works.avsc'), JSON.stringify({ ...works, fields }))
    for (const command of ['check', 'push']) {
      const refused = await run('schemas', command, '--from', edited)
      expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringMatching(/works-value.*field `title`/s)])
    }
    expect((await ok('schemas', 'check')).lines.every(({ versions }) => versions === 1)).toBe(true)
  })
})

describe('rebuild', () => {
  it('ends in the same read model', async () => {
    const before = await digests()
    const done = await ok('rebuild', 'api')
    for (const topic of ['works', 'profiles', 'candidates', 'acts', 'authorships'])
      expect(done.stderr).toMatch(new RegExp(`^${topic}: [1-9]\\d* objects$`, 'm'))
    await test.current.deployment.settled()
    expect(await digests()).toEqual(before)
    expect(done.lines.map(({ entity }) => entity)).toEqual(Object.keys(before))
  })

  it('goes on where it stopped, with the members that run meanwhile; decisions are taken all the time', async () => {
    const { deployment } = test.current
    const people = await researchers()
    const open = people.flatMap(({ researcher, queue }) => queue.map((question) => ({ researcher, question })))
    // Cut short after its first page: what is there is half, and nobody is shown it.
    await deployment.open.api.transaction(async (tx) => {
      await tx.query('insert into rebuilds default values')
      await tx.query('select empty_read_model()')
    })
    await expect(people[0]?.researcher.get('/v1/stats')).rejects.toThrow(/503.*read_model_rebuilding/)

    let taken = 0
    const answers = async () => {
      for (const { researcher, question } of open.slice(0, 20)) {
        const { status } = await researcher.tryDecide(question, 'reject')
        if (status === 201) taken++
        // A question may have been settled by an answer to another one of its slot meanwhile.
        else expect(status).toBe(409)
      }
    }
    const [done] = await Promise.all([ok('rebuild', 'api'), answers()])
    expect(done.exitCode).toBe(0)
    expect(taken).toBeGreaterThan(0)
    await deployment.settled()
    const after = await digests()
    await ok('rebuild', 'api')
    await deployment.settled()
    expect(await digests()).toEqual(after)
    const acts = await deployment.open.verifier.query<{ n: number }>('select count(*) as n from verification_acts')
    expect(after['acts']?.count).toBe(acts.rows[0]?.n)
  })
})
