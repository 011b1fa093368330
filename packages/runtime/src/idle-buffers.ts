/** Bytes of each. */
export const BUFFER_BYTES = 256 * 1024

// 16 MB: what two chunks of an import take at their most.
const MOST = 64
const idle: Buffer<ArrayBuffer>[] = []

/**
 * A buffer of `BUFFER_BYTES` in which anything may stand: one that nobody needs any more, or a new one. Large buffers that
 * are made anew each time live on until all of the heap is collected, which the engine does for each 64 MB of them.
 */
export function takeBuffer(): Buffer<ArrayBuffer> {
  return idle.pop() ?? Buffer.allocUnsafeSlow(BUFFER_BYTES)
}

/** For whoever takes one next. The giver must be sure that nobody reads it any more; not to give it is always safe. */
export function giveBuffer(buffer: Buffer<ArrayBuffer>): void {
  if (idle.length < MOST) idle.push(buffer)
}
