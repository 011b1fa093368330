import { createHash, type Hash } from 'node:crypto'

/** How much of an input was read, and what it was. */
export interface Meter {
  /** Bytes of it that were read, for progress. */
  readonly bytes: number
  /** So many bytes from its start, and their SHA-256, hex: a resume compares them. */
  prefix(): { readonly bytes: number; readonly sha256: string }
  /** SHA-256 of all of it, hex; undefined where its end was not read. */
  sha256(): string | undefined
}

export interface Prefix {
  readonly bytes: number
  readonly sha256: string
}

/** The input is not the one that was imported in part. */
export class OtherFileError extends Error {
  override readonly name = 'OtherFileError'
}

/** Counts and hashes what has passed. With `expected` it throws where the input begins with other bytes. */
export class Passed implements Meter {
  bytes = 0
  /** True once the bytes that were expected have come. */
  known: boolean
  private ended = false
  private readonly hash: Hash = createHash('sha256')
  private readonly expected: Prefix | undefined

  constructor(expected?: Prefix) {
    this.expected = expected && expected.bytes > 0 ? expected : undefined
    this.known = this.expected === undefined
  }

  async *through(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      this.pass(chunk)
      yield chunk
    }
    this.ended = true
    if (!this.known) throw new OtherFileError('it has fewer bytes than were imported')
  }

  private pass(chunk: Uint8Array): void {
    const { expected } = this
    if (!this.known && expected !== undefined && this.bytes + chunk.length >= expected.bytes) {
      const left = expected.bytes - this.bytes
      this.hash.update(chunk.subarray(0, left))
      if (this.digest() !== expected.sha256) throw new OtherFileError('it begins with other bytes')
      this.known = true
      this.hash.update(chunk.subarray(left))
    } else this.hash.update(chunk)
    this.bytes += chunk.length
  }

  prefix(): Prefix {
    return { bytes: this.bytes, sha256: this.digest() }
  }

  sha256(): string | undefined {
    return this.ended ? this.digest() : undefined
  }

  private digest(): string {
    return this.hash.copy().digest('hex')
  }
}

/** Of a file that is read in any order, and was hashed as a whole before. */
export class WholeFile implements Meter {
  bytes = 0
  private readonly whole: Prefix

  constructor(whole: Prefix) {
    this.whole = whole
  }

  prefix(): Prefix {
    return this.whole
  }

  sha256(): string {
    return this.whole.sha256
  }
}
