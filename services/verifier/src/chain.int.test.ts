import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { candidateIdOf } from '@atlas/identifiers'
import { openDatabase } from '@atlas/runtime'
import { quiet } from '@atlas/testing/vitest'
import { afterAll, describe, expect, it } from 'vitest'
import { writeCheckpoint } from './checkpoint-worker.ts'
import { type Receipt, readHead } from './store/acts.ts'
import { type AVerifier, aVerifier } from './testing/a-verifier.ts'
import { aCandidate, aProfile, aWork, idOf } from './testing/messages.ts'
import { type ChainReport, verifyChain } from './verify-chain.ts'

const signing = generateKeyPairSync('ed25519')

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-checkpoints-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A verifier with as many decided questions as profiles, each on a work of its own. */
async function withActs(count: number): Promise<AVerifier> {
  const verifier = await aVerifier()
  const names = Array.from({ length: count }, (_, index) => `${index}`)
  await verifier.profiles(...names.map((name) => aProfile(`p${name}`)))
  await verifier.works(...names.map((name) => aWork(`w${name}`, [`a${name}`])))
  await verifier.candidates(...names.map((name) => aCandidate(`p${name}`, `w${name}`, `a${name}`)))
  await verifier.settle()
  for (const name of names) await verifier.decide(`p${name}`, `a${name}`, 'confirm', { notes: `note ${name}` })
  return verifier
}

describe('acts are kept for ever', async () => {
  const verifier = await withActs(1)

  it.each([
    'insert into verification_acts select * from verification_acts',
    "update verification_acts set kind = 'reject'",
    'delete from verification_acts',
    'truncate verification_acts',
    'copy verification_acts from stdin',
    'update chain_head set chain_seq = 0',
    'alter table verification_acts disable trigger no_change',
    'drop trigger no_change on verification_acts',
    "set session_replication_role = 'replica'",
  ])('the application may not %s', async (statement) => {
    await expect(verifier.database.query(statement)).rejects.toThrow(/permission denied|must be owner/)
  })

  it.each([
    "update verification_acts set kind = 'reject'",
    'delete from verification_acts',
    'truncate verification_acts',
  ])('even a superuser whose session replicates may not %s', async (statement) => {
    await using admin = verifier.admin()
    const attempt = admin.transaction(async (tx) => {
      await tx.query("set local session_replication_role = 'replica'")
      await tx.query(statement)
    })
    await expect(attempt).rejects.toThrow('acts are kept for ever')
  })

  it.each([
    "update verification_acts set kind = 'reject'",
    'delete from verification_acts',
    'truncate verification_acts',
  ])('nor the owner: %s', async (statement) => {
    await using admin = verifier.admin()
    const attempt = admin.transaction(async (tx) => {
      await tx.query('set local role verifier_owner')
      await tx.query(statement)
    })
    await expect(attempt).rejects.toThrow('acts are kept for ever')
  })

  it('holds ids in clear that tell nothing: no candidate, slot, work or mention', async () => {
    const { rows } = await verifier.database.query<{ row: string }>(
      'select row_to_json(a)::text as row from verification_acts a',
    )
    const known = [idOf('work w0'), idOf('a0'), idOf('record of a0'), candidateIdOf(idOf('a0'), idOf('p0')), 'note 0']
    for (const id of known) expect(rows[0]?.row).not.toContain(id)
  })
})

describe('32 writers at once', async () => {
  const verifier = await aVerifier()
  it('leave a chain that is dense, linked and verifies', async () => {
    const names = Array.from({ length: 32 }, (_, index) => `${index}`)
    await verifier.profiles(...names.map((name) => aProfile(`p${name}`)))
    await verifier.works(...names.flatMap((name) => [aWork(`v${name}`, [`a${name}`]), aWork(`w${name}`, [`b${name}`])]))
    await verifier.candidates(
      ...names.flatMap((name) => [
        aCandidate(`p${name}`, `v${name}`, `a${name}`),
        aCandidate(`p${name}`, `w${name}`, `b${name}`),
      ]),
    )
    await verifier.settle()
    const rounds = ['confirm', 'reject', 'uncertain'] as const
    await Promise.all(
      names.flatMap((name) =>
        ['a', 'b'].map(async (slot) => {
          for (const decision of rounds) await verifier.decide(`p${name}`, `${slot}${name}`, decision)
        }),
      ),
    )
    const report = await verifyChain({
      database: verifier.database,
      checkpointDir: await aFolder(),
      publicKey: signing.publicKey,
    })
    expect(report).toMatchObject({ acts: 192, fault: undefined })
    const facts = await verifier.database.query<{ seq: number; key: string }>(
      'select key, seq from outbox_facts order by fact_no',
    )
    for (const [, of] of Map.groupBy(facts.rows, ({ key }) => key))
      expect(of.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6])
  })
})

describe('tampering by who can switch the triggers off', async () => {
  const verifier = await withActs(6)
  const checkpointDir = await aFolder()
  const options = { directory: checkpointDir, origin: 'test', privateKey: signing.privateKey, everyMs: 0, everyActs: 1 }
  await verifier.decide('p0', 'a0', 'reject')
  await writeCheckpoint({ ...verifier.deciding, ...options })
  for (const name of ['1', '2']) await verifier.decide(`p${name}`, `a${name}`, 'reject')
  await writeCheckpoint({ ...verifier.deciding, ...options })
  const { recorded: uncovered } = await verifier.decide('p3', 'a3', 'reject')
  const admin = verifier.admin()

  /** What is found after these statements, which are taken back. */
  async function faultAfter(statements: readonly string[], receipts: readonly Receipt[] = []) {
    let report: ChainReport | undefined
    const undo = new Error('undo')
    const attempt = admin.transaction(async (tx) => {
      await tx.query('alter table verification_acts disable trigger all')
      for (const statement of statements) await tx.query(statement)
      report = await verifyChain({ database: tx, checkpointDir, publicKey: signing.publicKey, receipts })
      throw undo
    })
    await expect(attempt).rejects.toBe(undo)
    return report?.fault
  }
  /** What an insider would do: computes every hash anew from an act on, and the head with them. */
  const recompute = (from: number) => `do $$ declare a verification_acts; before bytea; begin
      select hash into before from verification_acts where chain_seq = ${from} - 1;
      for a in select * from verification_acts where chain_seq >= ${from} order by chain_seq loop
        a.prev_hash := before;
        before := sha256('\\x01'::bytea || a.prev_hash || int8send(a.chain_seq) || uuid_send(a.id) || uuid_send(a.profile_id)
          || int8send(a.seq) || sized(a.kind) || sha256(act_payload(a)));
        update verification_acts set prev_hash = a.prev_hash, hash = before where chain_seq = a.chain_seq;
      end loop;
      update chain_head set hash = before, chain_seq = (select max(chain_seq) from verification_acts); end $$`

  it('finds nothing where nothing was done', async () => {
    expect(await faultAfter([])).toBeUndefined()
  })

  it.each([
    ["update verification_acts set kind = 'reject' where chain_seq = 4", 'act_changed', 4],
    ["update verification_acts set about = about || '\\x00' where chain_seq = 3", 'act_changed', 3],
    ["update verification_acts set private = '\\x00' where chain_seq = 2", 'act_changed', 2],
    ["update verification_acts set flags_after = array['conflict'] where chain_seq = 5", 'act_changed', 5],
    ['update verification_acts set score = score + 1e-15 where chain_seq = 5', 'act_changed', 5],
    ['update verification_acts set decided_at_ms = decided_at_ms + 1 where chain_seq = 5', 'act_changed', 5],
    ['delete from verification_acts where chain_seq = 5', 'act_missing', 5],
    ['delete from verification_acts where chain_seq > 8', 'act_missing', 9],
    ['update verification_acts set seq = 7 where chain_seq = 5', 'act_changed', 5],
    ["update chain_head set hash = '\\x00'", 'head_differs', 10],
  ])('names the act: %s', async (statement, code, chainSeq) => {
    expect(await faultAfter([statement])).toMatchObject({ code, chainSeq })
  })

  it('names the first of two acts that were swapped', async () => {
    const swap = [
      'update verification_acts set chain_seq = -3 where chain_seq = 3',
      'update verification_acts set chain_seq = 3 where chain_seq = 4',
      'update verification_acts set chain_seq = 4 where chain_seq = -3',
    ]
    expect(await faultAfter(swap)).toMatchObject({ code: 'act_changed', chainSeq: 3 })
  })

  const UNCERTAIN = (chainSeq: number) =>
    `update verification_acts set kind = 'uncertain' where chain_seq = ${chainSeq}`

  it('finds a tail that was rewritten and hashed anew by the checkpoint it does not agree with', async () => {
    expect(await faultAfter([UNCERTAIN(8), recompute(8)])).toMatchObject({ code: 'tail_rewritten', chainSeq: 8 })
  })

  it('finds a whole chain hashed anew', async () => {
    expect(await faultAfter([UNCERTAIN(2), recompute(2)])).toMatchObject({ code: 'tail_rewritten', chainSeq: 1 })
  })

  it('finds a tail that was cut off and a head put right', async () => {
    const cut = ['delete from verification_acts where chain_seq > 7', recompute(7)]
    expect(await faultAfter(cut)).toMatchObject({ code: 'tail_missing', chainSeq: 8 })
  })

  it('finds an act that was put in behind the head', async () => {
    const back = 'update chain_head set chain_seq = 9, hash = (select hash from verification_acts where chain_seq = 9)'
    expect(await faultAfter([back])).toMatchObject({ code: 'head_differs', chainSeq: 10 })
  })

  it('holds receipts against acts that no checkpoint covers yet', async () => {
    const rewritten = [UNCERTAIN(10), recompute(10)]
    expect(await faultAfter([], [uncovered])).toBeUndefined()
    expect(await faultAfter(rewritten)).toBeUndefined()
    expect(await faultAfter(rewritten, [uncovered])).toMatchObject({ code: 'receipt_differs', chainSeq: 10 })
  })

  it('does not believe checkpoints signed by somebody else', async () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const { fault } = await verifyChain({ database: verifier.database, checkpointDir, publicKey })
    expect(fault).toMatchObject({ code: 'checkpoint_invalid', chainSeq: 7 })
  })
})

describe('a subject whose key was destroyed', async () => {
  const verifier = await withActs(2)
  it('can be read no more, and the chain verifies', async () => {
    expect(await verifier.keys.destroy(idOf('p0'))).toBe(true)
    const { rows } = await verifier.database.query<{ key_id: string }>(
      'select key_id from verification_acts order by chain_seq',
    )
    const left = await verifier.keys.find(rows.map((row) => row.key_id))
    expect([...left.keys()]).toEqual([rows[1]!.key_id])
    const report = await verifyChain({
      database: verifier.database,
      checkpointDir: await aFolder(),
      publicKey: signing.publicKey,
    })
    expect(report).toMatchObject({ acts: 2, fault: undefined })
    await expect(verifier.decide('p0', 'a0', 'reject')).rejects.toThrow('was destroyed')
  })
})

describe('the key of a subject', async () => {
  const verifier = await aVerifier()
  it('is one, however many make it at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => verifier.keys.getOrCreate([idOf('p')])))
    expect(new Set(made.map((keys) => keys.get(idOf('p'))?.key.toString('hex'))).size).toBe(1)
  })
})

describe('checkpoints', async () => {
  const verifier = await withActs(3)
  it('are written by one member when the chain has grown, and cover the head', async () => {
    const directory = await aFolder()
    const options = {
      ...verifier.deciding,
      directory,
      origin: 'test',
      privateKey: signing.privateKey,
      everyMs: 3_600_000,
      everyActs: 3,
    }
    expect(await Promise.all([writeCheckpoint(options), writeCheckpoint(options)])).toContain(true)
    expect(await writeCheckpoint(options)).toBe(false)
    await verifier.decide('p0', 'a0', 'reject')
    expect(await writeCheckpoint(options)).toBe(false)
    expect(await writeCheckpoint({ ...options, everyActs: 1 })).toBe(true)
    await using reader = openDatabase(verifier.config, quiet)
    const report = await verifyChain({ database: reader, checkpointDir: directory, publicKey: signing.publicKey })
    expect(report).toMatchObject({ checkpoints: 2, coveredTo: 4, fault: undefined })
    expect((await readHead(reader)).chainSeq).toBe(4)
  })
})
