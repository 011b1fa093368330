import type { Framed } from './framed.ts'

/**
 * Records in the order of their file, those of one read together: each hand that a record goes through by itself costs a
 * microsecond, and a kilobyte for the engine to find again.
 */
export type Batches = AsyncIterable<readonly Framed[]>

export async function* oneByOne(batches: Batches): AsyncGenerator<Framed> {
  for await (const batch of batches) yield* batch
}
