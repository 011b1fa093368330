import type { Batches } from './formats/batches.ts'
import type { Framed } from './formats/framed.ts'

/** Measured: a chunk of 500 records of 8 kB is decided and stored in 0.1 s of the 2 s allowed, and two are in memory. */
export const CHUNK = { lines: 1_000, bytes: 4 * 2 ** 20, xmlBytes: 2 * 2 ** 20 } as const

/** Nobody waits for a line of an import: each transaction is larger, and there are fewer. */
export const IMPORT_CHUNK = { ...CHUNK, bytes: 6 * 2 ** 20 } as const

export interface ChunkLimits {
  readonly lines: number
  readonly bytes: number
  /** An element of XML was read into a tree already, ten times its size. */
  readonly xmlBytes: number
}

/**
 * Gathers lines into chunks. When the input fails, the complete lines before the failure are handed over first, unless
 * `keep` says that they cannot be trusted.
 */
export async function* inChunks(
  batches: Batches,
  keep: (error: unknown) => boolean,
  limits: ChunkLimits = CHUNK,
): AsyncGenerator<readonly Framed[]> {
  let chunk: Framed[] = []
  let room = 1
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const batch of batches)
      for (const framed of batch) {
        chunk.push(framed)
        room -= shareOf(framed, limits)
        if (chunk.length < limits.lines && room > 0) continue
        yield chunk
        chunk = []
        room = 1
      }
  } catch (error) {
    if (!keep(error)) throw error
    failure = { error }
  }
  if (chunk.length > 0) yield chunk
  if (failure) throw failure.error
}

function shareOf(framed: Framed, { bytes, xmlBytes }: ChunkLimits): number {
  if (!framed.ok) return 0
  const { element } = framed
  return element.bytes.length / (element.format === 'xml' ? xmlBytes : bytes)
}
