import { createMemoryCodec } from '@atlas/schemas/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toWireAct, wirePieces } from './act-wire.ts'
import { actHash, actPayload, type ChainedAct, GENESIS, HASH_VERSION } from './chain.ts'

const id = (digit: number) => '00000000-0000-0000-0000-000000000000'.replaceAll('0', `${digit}`)

const GOLDEN: ChainedAct = {
  chainSeq: 7,
  id: id(1),
  profileId: id(2),
  seq: 3,
  questionRef: id(3),
  questionVersion: 2,
  kind: 'confirm',
  statusAfter: 'confirmed',
  flagsAfter: ['conflict', 'review_suggested'],
  stateChanging: true,
  confidence: 'certain',
  decidedAtMs: 1_793_267_301_123,
  actor: id(2),
  actorRole: 'researcher',
  onBehalfOf: null,
  via: 'web',
  batchId: null,
  supersedes: id(4),
  commandKey: 'ab'.repeat(32),
  candidateRevision: 123_456,
  score: 0.1 + 0.2,
  modelVersion: 'modèle 1',
  threshold: null,
  reason: null,
  keyId: id(5),
  about: Buffer.from('0102ff', 'hex'),
  private: null,
  clientKeyId: null,
  client: null,
  hashVersion: HASH_VERSION,
  prevHash: Buffer.alloc(32, 9),
  hash: GENESIS,
}

describe('the hash of an act', () => {
  // Written down once: whoever changes them makes every act ever kept unverifiable.
  it('is what it always was', () => {
    expect(actPayload(GOLDEN).toString('hex')).toMatchInlineSnapshot(
      `"333333333333333333333333333333330000000200000009636f6e6669726d65640000000200000008636f6e666c696374000000107265766965775f73756767657374656401000000076365727461696e000001a1870f7b030000002432323232323232322d323232322d323232322d323232322d3232323232323232323232320000000a72657365617263686572ffffffff00000003776562ffffffff0000001044444444444444444444444444444444000000406162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616261626162616200000008000000000001e240000000083fd3333333333334000000096d6f64c3a86c652031ffffffffffffffff55555555555555555555555555555555000000030102ffffffffffffffffffffffffff"`,
    )
    expect(actHash(GOLDEN).toString('hex')).toMatchInlineSnapshot(
      `"82f75c60612ea31e1f2f9cb779d029fa8705ab108e36fe1f275a1e5f63094e5f"`,
    )
  })

  it('changes with every field', () => {
    const other: { readonly [Field in keyof ChainedAct]?: ChainedAct[Field] } = {
      chainSeq: 8,
      id: id(6),
      profileId: id(6),
      seq: 4,
      questionRef: id(6),
      questionVersion: 3,
      kind: 'reject',
      statusAfter: 'rejected',
      flagsAfter: ['conflict'],
      stateChanging: false,
      confidence: null,
      decidedAtMs: 1,
      actor: id(6),
      actorRole: null,
      onBehalfOf: id(6),
      via: 'api',
      batchId: id(6),
      supersedes: null,
      commandKey: null,
      candidateRevision: null,
      score: 0.3,
      modelVersion: 'm',
      threshold: 0.3,
      reason: '',
      keyId: id(6),
      about: Buffer.from('0102fe', 'hex'),
      private: Buffer.alloc(0),
      clientKeyId: id(6),
      client: Buffer.alloc(0),
      prevHash: GENESIS,
    }
    const hashes = Object.entries(other).map(([field, value]) => actHash({ ...GOLDEN, [field]: value }).toString('hex'))
    expect(new Set([...hashes, actHash(GOLDEN).toString('hex')]).size).toBe(hashes.length + 1)
    expect(Object.keys(other).length).toBe(Object.keys(GOLDEN).length - 2) // not hash itself, nor its version
  })

  it('has one encoding for one act: no text can flow into its neighbour', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat({ max: 20 }), (actor, via, cut) => {
        const joined = actor + via
        const moved = { ...GOLDEN, actor: joined.slice(0, cut), via: joined.slice(cut) }
        const same = moved.actor === actor && moved.via === via
        expect(actPayload(moved).equals(actPayload({ ...GOLDEN, actor, via }))).toBe(same)
      }),
    )
  })
})

describe('the message of an act', () => {
  it('is cut so that numbers and hashes put in between give the same bytes', async () => {
    const codec = await createMemoryCodec()
    const about = {
      candidateId: id(6),
      candidateKind: 'work_authorship',
      workId: id(7),
      slotId: id(8),
      relatedWorkId: null,
      mentions: [],
      evidence: 'e',
    }
    const draft = { ...GOLDEN, chainSeq: 0, seq: 0, prevHash: GENESIS, hash: GENESIS }
    const [head, ids, version, tail] = wirePieces(codec, toWireAct(draft, about))
    const filled = { ...GOLDEN, seq: 1, chainSeq: 63, hash: Buffer.alloc(32, 7) }
    const size = Buffer.from([64])
    const spliced = [
      head,
      Buffer.from([2]),
      ids,
      Buffer.from([126]),
      version,
      size,
      filled.prevHash,
      size,
      filled.hash,
      tail,
    ]
    expect(Buffer.concat(spliced).equals(codec.encode('acts', toWireAct(filled, about)))).toBe(true)
  })
})
