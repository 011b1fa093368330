/** A stream that bytes can be given back to. */
export class Input {
  private readonly iterator: AsyncIterator<Uint8Array>
  private rest: Uint8Array | undefined
  /** Bytes taken from the stream so far. */
  taken = 0
  /** What the stream itself failed with. */
  error: unknown

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.iterator = stream[Symbol.asyncIterator]()
  }

  async next(): Promise<Uint8Array | undefined> {
    const rest = this.rest
    this.rest = undefined
    if (rest !== undefined) return rest
    try {
      const step = await this.iterator.next()
      if (step.done === true) return undefined
      this.taken += step.value.byteLength
      return step.value
    } catch (error) {
      this.error = error
      throw error
    }
  }

  giveBack(rest: Uint8Array): void {
    if (rest.byteLength > 0) this.rest = this.rest === undefined ? rest : Buffer.concat([rest, this.rest])
  }

  async hasMore(): Promise<boolean> {
    for (;;) {
      const chunk = await this.next()
      if (chunk === undefined) return false
      this.giveBack(chunk)
      if (chunk.byteLength > 0) return true
    }
  }

  /** Whether all that is left is zeros; they are read. */
  async isPadding(): Promise<boolean> {
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) {
      if (chunk.some((byte) => byte !== 0)) return false
    }
    return true
  }

  async close(): Promise<void> {
    await this.iterator.return?.()
  }
}
