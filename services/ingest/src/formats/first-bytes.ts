/**
 * At least the first `wanted` bytes of a stream (fewer when it ends), and the whole stream again. A stream that fails before
 * is a failure at once, or, when `late`, where it is read again.
 */
export async function firstBytes(
  stream: AsyncIterable<Uint8Array>,
  wanted: number,
  late = false,
): Promise<{ readonly head: Buffer; readonly all: AsyncIterable<Uint8Array> }> {
  const iterator = stream[Symbol.asyncIterator]()
  const held: Uint8Array[] = []
  let size = 0
  let failure: { readonly error: unknown } | undefined
  while (size < wanted) {
    const next = await iterator.next().catch((error: unknown) => {
      if (!late) throw error
      failure = { error }
    })
    if (!next || next.done === true) break
    held.push(next.value)
    size += next.value.byteLength
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield* held.splice(0)
      if (failure) throw failure.error
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
