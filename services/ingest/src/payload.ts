import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'

/** The bytes of several records, as they are stored. */
export interface Block {
  readonly encoding: 'zstd' | 'identity'
  readonly payload: Uint8Array
}

/** Where a record's bytes lie: the n-th block of its chunk, and where in it. */
export interface Place {
  readonly block: number
  readonly start: number
}

// Records of one source resemble each other. Measured on 200 works of OpenAlex, 17 kB each, zstd level 1: one by one
// .305 of their size at 90 µs a record, 16 together .232 at 45 µs, 64 together .224; and to read one record all of its
// block is unpacked. Through the thread pool the same costs twice as much.
const RECORDS = 16
const BYTES = 256 * 1024
const OPTIONS = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }

/** Packs the bytes of records that arrive together. */
export class Packer {
  private readonly done: Block[] = []
  private open: Uint8Array[] = []
  private size = 0

  add(bytes: Uint8Array): Place {
    if (this.open.length === RECORDS || (this.open.length > 0 && this.size + bytes.length > BYTES)) this.close()
    const place = { block: this.done.length, start: this.size }
    this.open.push(bytes)
    this.size += bytes.length
    return place
  }

  /** All blocks, in order. */
  finish(): readonly Block[] {
    if (this.open.length > 0) this.close()
    return this.done
  }

  private close(): void {
    this.done.push(packed(Buffer.concat(this.open)))
    this.open = []
    this.size = 0
  }
}

/** Compressed where that makes it smaller. */
function packed(bytes: Buffer): Block {
  const payload = zstdCompressSync(bytes, OPTIONS)
  return payload.length < bytes.length ? { encoding: 'zstd', payload } : { encoding: 'identity', payload: bytes }
}

/** The bytes of a block as they were received, one record after the other. */
export function unpacked({ encoding, payload }: Block): Uint8Array {
  return encoding === 'zstd' ? zstdDecompressSync(payload) : payload
}
