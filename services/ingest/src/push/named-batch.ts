import { createHash, hash } from 'node:crypto'
import { Problem, type Queryable } from '@atlas/runtime'
import type { Framed } from '../formats/framed.ts'
import { type BatchProgress, closeBatch, noteProgress, openBatch } from '../store/batches.ts'

/** Holds a sender to the name he gave a batch: the same name must mean the same body. */
export interface NamedBatch {
  /** Hashes the body as it passes. */
  watch(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** Before the first line is kept. */
  begin(firstLine: Framed): Promise<void>
  /** In the transaction of each chunk: who was cut off asks how far he came. */
  progress(tx: Queryable, progress: BatchProgress): Promise<void>
  /** After the last. */
  end(): Promise<void>
}

export function namedBatch(
  database: Queryable,
  about: { readonly source: string; readonly batchId: string; readonly origin: string },
): NamedBatch {
  const body = createHash('sha256')
  const reused = () =>
    new Problem(422, 'idempotency_key_reused', 'this Batch-Id was used for another body; give this one its own', {
      headers: { Connection: 'close' },
    })
  return {
    async *watch(bytes) {
      for await (const chunk of bytes) {
        body.update(chunk)
        yield chunk
      }
    },
    async begin(firstLine) {
      const head = firstLine.ok ? firstLine.element.bytes : firstLine.error.code
      const headSha256 = hash('sha256', head, 'hex')
      if ((await openBatch(database, { ...about, headSha256 })).headSha256 !== headSha256) throw reused()
    },
    progress: (tx, progress) => noteProgress(tx, about.source, about.batchId, progress),
    async end() {
      const bodySha256 = body.digest('hex')
      if ((await closeBatch(database, about.source, about.batchId, bodySha256)) !== bodySha256) throw reused()
    },
  }
}
