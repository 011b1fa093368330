/** Takes a stream piece by piece, in sizes of the taker's own choosing. */
export class ByteReader implements AsyncDisposable {
  private readonly iterator: AsyncIterator<Uint8Array>
  private rest: Uint8Array = new Uint8Array()

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.iterator = stream[Symbol.asyncIterator]()
  }

  /** Up to `most` bytes, at least one; undefined at the end. */
  async some(most: number): Promise<Uint8Array | undefined> {
    while (this.rest.byteLength === 0) {
      const next = await this.iterator.next()
      if (next.done === true) return undefined
      this.rest = next.value
    }
    const taken = this.rest.subarray(0, most)
    this.rest = this.rest.subarray(taken.byteLength)
    return taken
  }

  /** So many bytes, in one piece; fewer where the stream ends before. */
  async exactly(count: number): Promise<Buffer> {
    const parts: Uint8Array[] = []
    for (let left = count; left > 0; ) {
      const part = await this.some(left)
      if (part === undefined) break
      parts.push(part)
      left -= part.byteLength
    }
    return Buffer.concat(parts)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.iterator.return?.()
  }
}
