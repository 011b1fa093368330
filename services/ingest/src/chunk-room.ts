import { BUFFER_BYTES, giveBuffer, takeBuffer } from '@atlas/runtime'
import type { Allocate } from '@atlas/schemas'

// What a push of a few records takes, of which many may be under way.
const FEW = 32 * 1024

/**
 * Room for what a chunk is written as, messages and packed blocks, one behind the other in a few large buffers. In buffers
 * of their own they would live on until all of the heap is collected: they wait too long to be collected with what is young.
 */
export class ChunkRoom {
  private readonly taken: Buffer<ArrayBuffer>[] = []
  private few = FEW
  private left = Buffer.alloc(0)

  readonly take: Allocate = (bytes) => {
    this.few -= bytes
    if (this.few >= 0 || bytes > BUFFER_BYTES) return Buffer.allocUnsafe(bytes)
    if (bytes > this.left.length) {
      this.left = takeBuffer()
      this.taken.push(this.left)
    }
    const room = this.left.subarray(0, bytes)
    this.left = this.left.subarray(bytes)
    return room
  }

  /** Says that nobody reads what was written into it: others write there. Not to say so is safe. */
  release(): void {
    this.left = Buffer.alloc(0)
    for (const buffer of this.taken.splice(0)) giveBuffer(buffer)
  }
}
