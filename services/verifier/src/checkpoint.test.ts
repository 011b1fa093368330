import { generateKeyPairSync } from 'node:crypto'
import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hasValidSignature, signCheckpoint } from './checkpoint.ts'
import { appendCheckpoint, readCheckpoints } from './checkpoint-files.ts'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const checkpoint = { origin: 'test', chainSeq: 5, hash: 'ab'.repeat(32), time: '2026-11-21T12:00:00.000Z' }

describe('a checkpoint', () => {
  it.each(['origin', 'chainSeq', 'hash', 'time'] as const)('is signed with its %s', (field) => {
    const signed = signCheckpoint(checkpoint, privateKey)
    expect(hasValidSignature(signed, publicKey)).toBe(true)
    const value = field === 'chainSeq' ? 6 : field === 'hash' ? 'cd'.repeat(32) : '2026'
    expect(hasValidSignature({ ...signed, [field]: value }, publicKey)).toBe(false)
  })
})

describe('the folder of checkpoints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'atlas-checkpoints-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const at = (chainSeq: number, time: string) => signCheckpoint({ ...checkpoint, chainSeq, time }, privateKey)

  it('is read in the order of writing, over days, and past a line that a crash cut off', async () => {
    expect(await readCheckpoints(join(folder, 'not there'))).toEqual([])
    await appendCheckpoint(folder, at(1, '2026-11-20T23:59:00.000Z'))
    await appendCheckpoint(folder, at(2, '2026-11-21T00:01:00.000Z'))
    await appendFile(join(folder, 'checkpoints-2026-11-21.ndjson'), '{"origin":"te')
    await appendCheckpoint(folder, at(3, '2026-11-21T00:02:00.000Z'))
    expect((await readCheckpoints(folder)).map(({ chainSeq }) => chainSeq)).toEqual([1, 2, 3])
  })

  it('that holds something else is not believed', async () => {
    await appendFile(join(folder, 'checkpoints-2026-11-21.ndjson'), '{"chainSeq":4}\n')
    await expect(readCheckpoints(folder)).rejects.toThrow('line 4 of checkpoints-2026-11-21.ndjson is not a checkpoint')
  })
})
