import type { KeyObject } from 'node:crypto'
import type { Clock, Database } from '@atlas/runtime'
import { signCheckpoint } from './checkpoint.ts'
import { appendCheckpoint } from './checkpoint-files.ts'
import { readHead } from './store/acts.ts'
import { movePointer, takePointer } from './store/checkpoints.ts'

export interface CheckpointOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly directory: string
  readonly origin: string
  readonly privateKey: KeyObject
  readonly everyMs: number
  readonly everyActs: number
}

/**
 * Writes a checkpoint when the chain has grown, and either a minute has passed or a thousand acts have been appended.
 * The file comes first: a crash before the pointer moves writes the same again, and never leaves a gap.
 */
export async function writeCheckpoint(options: CheckpointOptions): Promise<boolean> {
  const { database, clock, directory, origin, privateKey, everyMs, everyActs } = options
  return database.transaction(async (tx) => {
    const pointer = await takePointer(tx)
    if (!pointer) return false
    const head = await readHead(tx)
    const grown = head.chainSeq - pointer.chainSeq
    if (grown <= 0 || (grown < everyActs && pointer.ageMs < everyMs)) return false
    const time = new Date(clock.now()).toISOString()
    const checkpoint = { origin, chainSeq: head.chainSeq, hash: head.hash.toString('hex'), time }
    await appendCheckpoint(directory, signCheckpoint(checkpoint, privateKey))
    await movePointer(tx, head.chainSeq)
    return true
  })
}
