import type { KeyObject } from 'node:crypto'
import type { Queryable } from '@atlas/runtime'
import { actHash, type ChainedAct, GENESIS, HASH_VERSION } from './chain.ts'
import { hasValidSignature, type SignedCheckpoint } from './checkpoint.ts'
import { readCheckpoints } from './checkpoint-files.ts'
import { listActs, type Receipt, readHead } from './store/acts.ts'

/** The first thing found wrong: what, and at which act. */
export interface ChainFault {
  readonly code:
    | 'act_missing'
    | 'act_changed'
    | 'act_not_linked'
    | 'seq_not_dense'
    | 'head_differs'
    | 'tail_missing'
    | 'tail_rewritten'
    | 'checkpoint_invalid'
    | 'receipt_differs'
  /** The first act that is not as it was; where only a range is known, its first. */
  readonly chainSeq: number
  readonly actId: string | undefined
  readonly detail: string
}

export interface ChainReport {
  readonly acts: number
  readonly checkpoints: number
  /** Of the last act that a checkpoint covers; what came after it is covered by nothing outside. */
  readonly coveredTo: number
  readonly headSeq: number
  readonly headHash: string
  readonly fault: ChainFault | undefined
}

export interface VerifyOptions {
  readonly database: Queryable
  readonly checkpointDir: string
  readonly publicKey: KeyObject
  /** Receipts that persons hold: each must be in the chain as it was given. */
  readonly receipts?: readonly Receipt[]
  readonly onProgress?: (acts: number) => void
}

// 5,000 rows are about 6 MB: memory does not grow with the chain.
const PAGE = 5_000

/** Recomputes the whole chain and holds it against every checkpoint and receipt; names the first act that was tampered with. */
export async function verifyChain(options: VerifyOptions): Promise<ChainReport> {
  const { database, checkpointDir, publicKey, receipts = [], onProgress = () => undefined } = options
  const checkpoints = await readCheckpoints(checkpointDir)
  const walk = startWalk(checkpoints, receipts)
  // The head is read first: acts appended meanwhile are simply not looked at.
  const head = await readHead(database)
  let fault = signatureFault(checkpoints, publicKey)
  while (fault === undefined && walk.last.chainSeq < head.chainSeq) {
    const page = await listActs(database, walk.last.chainSeq, Math.min(PAGE, head.chainSeq - walk.last.chainSeq))
    if (page.length === 0) fault = missing(walk.last.chainSeq + 1)
    for (const act of page) {
      fault = stepFault(walk, act)
      if (fault) break
    }
    onProgress(walk.last.chainSeq)
  }
  fault ??= await endFault(walk, head, database)
  return {
    acts: walk.last.chainSeq,
    checkpoints: checkpoints.length,
    coveredTo: checkpoints.at(-1)?.chainSeq ?? 0,
    headSeq: head.chainSeq,
    headHash: head.hash.toString('hex'),
    fault,
  }
}

/** How far the walk along the chain has come. */
interface Walk {
  last: { readonly chainSeq: number; readonly hash: Buffer }
  readonly seqOf: Map<string, number>
  /** By the number of the act; the order of writing is kept. */
  readonly checkpoints: ReadonlyMap<number, readonly SignedCheckpoint[]>
  readonly newest: SignedCheckpoint | undefined
  readonly receipts: Map<number, Receipt[]>
  /** The last act that a checkpoint has confirmed. */
  confirmed: number
}

function startWalk(checkpoints: readonly SignedCheckpoint[], receipts: readonly Receipt[]): Walk {
  return {
    last: { chainSeq: 0, hash: GENESIS },
    seqOf: new Map(),
    checkpoints: Map.groupBy(checkpoints, ({ chainSeq }) => chainSeq),
    newest: checkpoints.reduce<SignedCheckpoint | undefined>(
      (best, checkpoint) => (best === undefined || checkpoint.chainSeq > best.chainSeq ? checkpoint : best),
      undefined,
    ),
    receipts: Map.groupBy(receipts, ({ chainSeq }) => chainSeq),
    confirmed: 0,
  }
}

function signatureFault(checkpoints: readonly SignedCheckpoint[], publicKey: KeyObject): ChainFault | undefined {
  let before = 0
  for (const checkpoint of checkpoints) {
    const { chainSeq } = checkpoint
    const fault = (detail: string): ChainFault => ({ code: 'checkpoint_invalid', chainSeq, actId: undefined, detail })
    if (!hasValidSignature(checkpoint, publicKey))
      return fault(`the checkpoint of act ${chainSeq} is not signed by our key`)
    if (chainSeq < before) return fault(`the checkpoint of act ${chainSeq} was written after that of act ${before}`)
    before = chainSeq
  }
  return undefined
}

/** What is wrong with the next act, if anything; moves the walk on. */
function stepFault(walk: Walk, act: ChainedAct): ChainFault | undefined {
  const { chainSeq, id } = act
  if (chainSeq !== walk.last.chainSeq + 1) return missing(walk.last.chainSeq + 1)
  const fault = (code: ChainFault['code'], detail: string): ChainFault => ({ code, chainSeq, actId: id, detail })
  const intact = act.hashVersion === HASH_VERSION && actHash(act).equals(act.hash)
  if (!intact) return fault('act_changed', `act ${chainSeq} does not have the hash that was recorded with it`)
  if (!act.prevHash.equals(walk.last.hash))
    return fault('act_not_linked', `act ${chainSeq} does not follow the act before it`)
  const seq = (walk.seqOf.get(act.profileId) ?? 0) + 1
  if (act.seq !== seq)
    return fault('seq_not_dense', `act ${chainSeq} has seq ${act.seq} of its profile instead of ${seq}`)
  walk.seqOf.set(act.profileId, seq)
  walk.last = { chainSeq, hash: act.hash }
  return outsideFault(walk, act)
}

/** Holds an act against what was said of it outside the database. */
function outsideFault(walk: Walk, { chainSeq, id, hash }: ChainedAct): ChainFault | undefined {
  const hex = hash.toString('hex')
  for (const receipt of walk.receipts.get(chainSeq) ?? [])
    if (receipt.hash !== hex || receipt.actId !== id) {
      const detail = `the receipt of act ${chainSeq} names another act or hash`
      return { code: 'receipt_differs', chainSeq, actId: receipt.actId, detail }
    }
  const said = walk.checkpoints.get(chainSeq)
  if (said?.some((checkpoint) => checkpoint.hash !== hex)) {
    const first = walk.confirmed + 1
    const detail = `acts ${first} to ${chainSeq} were rewritten in part or whole: the checkpoint of act ${chainSeq} differs`
    return { code: 'tail_rewritten', chainSeq: first, actId: undefined, detail }
  }
  if (said) walk.confirmed = chainSeq
  return undefined
}

/** The end of the chain: nothing may be missing that the head, a checkpoint or a receipt knows of. */
async function endFault(
  { last, newest, receipts }: Walk,
  head: { readonly chainSeq: number; readonly hash: Buffer },
  database: Queryable,
): Promise<ChainFault | undefined> {
  const fault = (code: ChainFault['code'], chainSeq: number, detail: string): ChainFault => ({
    code,
    chainSeq,
    actId: undefined,
    detail,
  })
  const known = Math.max(newest?.chainSeq ?? 0, ...receipts.keys())
  if (known > last.chainSeq)
    return fault('tail_missing', last.chainSeq + 1, `acts ${last.chainSeq + 1} to ${known} are gone`)
  if (!head.hash.equals(last.hash)) return fault('head_differs', last.chainSeq, 'the head row is not the last act')
  // An act beyond the head was never appended by the function that alone may do so; a later head means it just was.
  const beyond = await listActs(database, head.chainSeq, 1)
  if (beyond.length > 0 && (await readHead(database)).chainSeq === head.chainSeq)
    return fault('head_differs', head.chainSeq + 1, `act ${head.chainSeq + 1} lies beyond the head row`)
  return undefined
}

function missing(chainSeq: number): ChainFault {
  return { code: 'act_missing', chainSeq, actId: undefined, detail: `act ${chainSeq} is not there` }
}
