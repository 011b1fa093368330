/** At least the first `wanted` bytes of a stream (fewer when it ends), and the whole stream again. */
export async function firstBytes(
  stream: AsyncIterable<Uint8Array>,
  wanted: number,
): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  while (size < wanted) {
    const next = await iterator.next()
    if (next.done === true) break
    held.push(next.value)
    size += next.value.byteLength
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* held.splice(0)
      for (;;) {
        const next = await iterator.next()
        if (next.done === true) return
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(held), all: all() }
}
