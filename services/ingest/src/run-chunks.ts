import type { LineResult, PreparedChunk } from './arriving.ts'
import type { Framed } from './formats/framed.ts'

export interface ChunkSteps<Prepared = PreparedChunk> {
  prepare(lines: readonly Framed[]): Promise<Prepared>
  commit(chunk: Prepared): Promise<readonly LineResult[]>
  /** After each commit, in order; nothing further is committed before it is done. */
  committed(results: readonly LineResult[]): Promise<void>
}

/**
 * Commits chunks one after the other; while one commits, the next is read and prepared. So at most two are in memory, and
 * the input is read only as fast as rows commit. A failure of the input is thrown after what came before is committed.
 */
export async function runChunks<Prepared = PreparedChunk>(
  chunks: AsyncIterable<readonly Framed[]>,
  steps: ChunkSteps<Prepared>,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]()
  const prepareNext = async () => {
    const { done, value } = await iterator.next()
    return done ? undefined : await steps.prepare(value)
  }
  let committing: Promise<readonly LineResult[]> | undefined
  for (;;) {
    const [next, commit] = await Promise.allSettled([prepareNext(), committing])
    if (commit.status === 'rejected') throw commit.reason
    if (commit.value) await steps.committed(commit.value)
    if (next.status === 'rejected') throw next.reason
    if (next.value === undefined) return
    committing = steps.commit(next.value)
  }
}
