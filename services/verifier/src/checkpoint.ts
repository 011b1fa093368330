import { type KeyObject, sign, verify } from 'node:crypto'

/** "After this act the chain had this hash", said outside the database. */
export interface Checkpoint {
  readonly origin: string
  readonly chainSeq: number
  /** Hex. */
  readonly hash: string
  /** ISO 8601, UTC. */
  readonly time: string
}

export interface SignedCheckpoint extends Checkpoint {
  /** Ed25519 over `checkpointText`, base64. */
  readonly signature: string
}

/** What is signed: one line each, so that no two checkpoints have one text. */
export function checkpointText({ origin, chainSeq, hash, time }: Checkpoint): Buffer {
  if (/[\r\n]/.test(origin)) throw new Error('an origin is one line')
  return Buffer.from(`atlas-checkpoint/1\n${origin}\n${chainSeq}\n${hash}\n${time}\n`)
}

export function signCheckpoint(checkpoint: Checkpoint, privateKey: KeyObject): SignedCheckpoint {
  return { ...checkpoint, signature: sign(null, checkpointText(checkpoint), privateKey).toString('base64') }
}

export function hasValidSignature(checkpoint: SignedCheckpoint, publicKey: KeyObject): boolean {
  return verify(null, checkpointText(checkpoint), publicKey, Buffer.from(checkpoint.signature, 'base64'))
}

/** One line of the file; throws with the line's number when it is not a checkpoint. */
export function parseCheckpoint(line: string, where: string): SignedCheckpoint {
  const value = parsed(line)
  const { origin, chainSeq, hash, time, signature } = value ?? {}
  if (
    typeof origin !== 'string' ||
    typeof chainSeq !== 'number' ||
    !Number.isSafeInteger(chainSeq) ||
    typeof hash !== 'string' ||
    !/^[0-9a-f]{64}$/.test(hash) ||
    typeof time !== 'string' ||
    typeof signature !== 'string'
  )
    throw new Error(`${where} is not a checkpoint`)
  return { origin, chainSeq, hash, time, signature }
}

function parsed(line: string): Partial<Record<keyof SignedCheckpoint, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
