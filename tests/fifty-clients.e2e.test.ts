import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { cloneDatabase, dropDatabase } from '@atlas/devstack'
import { openDatabase, systemClock } from '@atlas/runtime'
import { createRecorder, INVARIANTS } from '@atlas/testing/check'
import { type QuestionView, type Receipt, signIn } from '@atlas/testing/deployment'
import { databaseConfig, quiet } from '@atlas/testing/vitest'
import { randomOf } from '@atlas/testing/world'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { deploymentFile } from '../packages/cli/src/demo/deployment-file.ts'
import { aClient, type Client } from './support/a-client.ts'
import { aDeployment } from './support/a-deployment.ts'
import { feedSmallWorld } from './support/a-world.ts'
import { type AtlasRun, atlas } from './support/atlas.ts'

const CLIENTS = 50
const PROFILES = 5
const QUESTIONS = 4
const ROUNDS = 2
const DECISIONS = ['confirm', 'reject', 'uncertain'] as const

// Many checkpoints: a chain that is rewritten must disagree with one soon.
const made = aDeployment('fifty', { env: () => ({ TIMERS: 'test', CHECKPOINT_EVERY_MS: '500' }) })
const recorder = createRecorder(systemClock)
const clients: Client[] = []
const receipts = new Map<string, Receipt>()
let file = ''
let receiptsFile = ''
let historyFile = ''

/** Sums over all clients of one thing they met. */
const met = (what: 'lost' | 'replayed' | 'refused') => clients.reduce((sum, client) => sum + client.met[what], 0)

/** Questions that all clients of a profile decide; of two profiles never about one slot, where one answer bars another. */
async function questionsOf(profileIds: readonly string[]): Promise<ReadonlyMap<string, readonly QuestionView[]>> {
  const taken = new Set<string>()
  const found = new Map<string, readonly QuestionView[]>()
  for (const profileId of profileIds) {
    const researcher = await signIn(made.current.deployment, profileId)
    const questions = (await researcher.queue()).filter(({ slotId }) => !taken.has(slotId)).slice(0, QUESTIONS)
    for (const { slotId } of questions) taken.add(slotId)
    if (questions.length === QUESTIONS) found.set(profileId, questions)
  }
  return found
}

async function decideAll(client: Client, questions: readonly QuestionView[], name: string): Promise<void> {
  const random = randomOf('decides', name)
  for (let round = 0; round < ROUNDS; round++)
    for (const { candidateId } of random.sample(questions, questions.length)) {
      const now = await client.question(candidateId)
      const receipt = await client.decide(now, random.pick(DECISIONS))
      if (receipt) receipts.set(receipt.actId, receipt)
    }
}

describe('50 clients that decide the same questions at once', () => {
  beforeAll(async () => {
    const { deployment, dataDir } = made.current
    const { profileIds } = await feedSmallWorld(
      deployment,
      { seed: 'fifty', researchers: 12, publications: 50 },
      recorder,
    )
    const questions = [...(await questionsOf(profileIds))].slice(0, PROFILES)
    expect(questions).toHaveLength(PROFILES)
    await Promise.all(
      Array.from({ length: CLIENTS }, async (_, index) => {
        const [profileId, own] = questions[index % PROFILES] ?? ['', []]
        const name = `client-${index}`
        const random = randomOf('loses', name)
        await using client = await aClient({ name, api: deployment.url('api'), profileId, random, recorder })
        clients.push(client)
        await decideAll(client, own, name)
      }),
    )
    await deployment.settled()
    file = join(dataDir, 'deployment.json')
    receiptsFile = join(dataDir, 'receipts.ndjson')
    await writeFile(file, JSON.stringify(deploymentFile(deployment)))
    await writeFile(receiptsFile, [...receipts.values()].map((receipt) => `${JSON.stringify(receipt)}\n`).join(''))
    historyFile = join(dataDir, 'history.ndjson')
    await writeFile(historyFile, recorder.text())
  })

  it('met each other: answers were lost and learned again, and most came second', () => {
    expect(met('lost')).toBeGreaterThan(100)
    expect(met('replayed')).toBeGreaterThan(0)
    expect(met('refused')).toBeGreaterThan(100)
  })

  it('leave as many acts as there are receipts, and no other act of a person', async () => {
    const { rows } = await made.current.deployment.open.verifier.query<{ id: string }>(
      "select id from verification_acts where actor <> 'system'",
    )
    expect(rows.map(({ id }) => id).sort()).toEqual([...receipts.keys()].sort())
    expect(receipts.size).toBeGreaterThanOrEqual(PROFILES * QUESTIONS)
  })

  it('leave a deployment in which every invariant holds, as the command line tells', async () => {
    const args = ['check', '--history', historyFile, '--poisons', '0', '--json']
    const { exitCode, lines, stderr } = await atlas(args, { ATLAS_DEPLOYMENT: file })
    expect(lines.filter(({ holds }) => holds !== true)).toEqual([])
    expect(lines).toHaveLength(INVARIANTS.length)
    expect([exitCode, stderr.includes(`${INVARIANTS.length} hold, 0 are broken`)]).toEqual([0, true])
  })
})

/** What an insider would do: computes every hash anew from an act on, and the head with them. */
const hashAnew = (from: number) => `do $$ declare a verification_acts; before bytea; begin
    select hash into strict before from verification_acts where chain_seq = ${from} - 1;
    for a in select * from verification_acts where chain_seq >= ${from} order by chain_seq loop
      a.prev_hash := before;
      before := sha256('\\x01'::bytea || before || int8send(a.chain_seq) || uuid_send(a.id) || uuid_send(a.profile_id)
        || int8send(a.seq) || sized(a.kind) || sha256(act_payload(a)));
      update verification_acts set prev_hash = a.prev_hash, hash = before where chain_seq = a.chain_seq;
    end loop;
    update chain_head set hash = before, chain_seq = (select max(chain_seq) from verification_acts); end $$`

describe('who can switch the triggers off and changes the chain', () => {
  /** In the middle, of a person, so that somebody holds its receipt; and the last of all. */
  let [k, last] = [0, 0]
  const report = async (name: string, args: readonly string[]) =>
    atlas(['audit', 'verify', ...args], { ATLAS_DEPLOYMENT: file, DB_NAME: name })

  beforeAll(async () => {
    const { deployment } = made.current
    const { rows } = await deployment.open.verifier.query<{ last: number }>('select chain_seq as last from chain_head')
    last = rows[0]?.last ?? 0
    const numbers = [...receipts.values()].map(({ chainSeq }) => chainSeq).sort((a, b) => a - b)
    k = numbers[Math.floor(numbers.length / 2)] ?? 0
    // Nobody may be connected to a database that is cloned.
    await deployment.stop()
  })

  /** What the audit says of a copy of the chain after these statements of a superuser. */
  async function audited(statements: readonly string[], args: readonly string[] = ['--json']) {
    const { postgres } = inject('stack')
    const source = made.current.deployment.databases.connection('verifier', 'app').database
    const name = `t_audit_${randomBytes(6).toString('hex')}`
    await cloneDatabase(postgres, source, name)
    try {
      await using admin = openDatabase(
        databaseConfig(postgres, name, postgres.adminUser, postgres.adminPassword),
        quiet,
      )
      await admin.query('alter table verification_acts disable trigger all')
      for (const statement of statements) await admin.query(statement)
      return await report(name, args)
    } finally {
      await dropDatabase(postgres, name)
    }
  }
  const faultOf = ({ exitCode, lines }: AtlasRun) => {
    const fault = lines[0]?.['fault'] as { code: string; chainSeq: number } | undefined
    return [exitCode, fault?.code, fault?.chainSeq]
  }

  it('is not what has happened: chain, checkpoints and every receipt agree', async () => {
    const { exitCode, lines } = await audited([], ['--json', '--receipts', receiptsFile])
    expect([exitCode, lines[0]?.['acts'], lines[0]?.['headSeq']]).toEqual([0, last, last])
    expect(lines[0]?.['coveredTo']).toBeGreaterThan(k)
  })

  it('is named when an act is changed', async () => {
    const changed = await audited([`update verification_acts set kind = 'reopen' where chain_seq = ${k}`], [])
    expect(changed.exitCode).toBe(1)
    expect(changed.stdout).toMatch(
      new RegExp(`^The chain was tampered with at act ${k} \\([0-9a-f-]{36}\\): act_changed\n`),
    )
  })

  it('is named when an act is dropped', async () => {
    expect(faultOf(await audited([`delete from verification_acts where chain_seq = ${k}`]))).toEqual([
      1,
      'act_missing',
      k,
    ])
  })

  it('is named when two acts are swapped', async () => {
    const swap = [
      `update verification_acts set chain_seq = -1 where chain_seq = ${k}`,
      `update verification_acts set chain_seq = ${k} where chain_seq = ${k + 1}`,
      `update verification_acts set chain_seq = ${k + 1} where chain_seq = -1`,
    ]
    expect(faultOf(await audited(swap))).toEqual([1, 'act_changed', k])
  })

  it('is named when a whole tail is rewritten with hashes that are right', async () => {
    const rewrite = [`update verification_acts set score = 0.5 where chain_seq = ${k}`, hashAnew(k)]
    const [exitCode, code, chainSeq] = faultOf(await audited(rewrite))
    expect([exitCode, code]).toEqual([1, 'tail_rewritten'])
    // Checkpoints tell between which two of them; who holds his receipt tells the act itself.
    expect(chainSeq).toBeLessThanOrEqual(k)
    expect(chainSeq).toBeGreaterThan(1)
    expect(faultOf(await audited(rewrite, ['--json', '--receipts', receiptsFile]))).toEqual([1, 'receipt_differs', k])
  })

  it('is named when the tail is cut off and the head put right', async () => {
    const cut = [`delete from verification_acts where chain_seq > ${k}`, hashAnew(k)]
    expect(faultOf(await audited(cut))).toEqual([1, 'tail_missing', k + 1])
  })

  it('is not accused where nothing can be told', async () => {
    const { exitCode, stderr } = await report('no_such_database', [])
    expect([exitCode, stderr.includes('cannot verify')]).toEqual([4, true])
  })
})
