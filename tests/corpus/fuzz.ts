/** Numbers that follow from a seed: what failed can be made again. */
export function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    // xorshift32
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

/** The same bytes with some bits turned, cut short, a piece twice, or a piece gone. */
export function mutated(bytes: Uint8Array, next: (below: number) => number): Buffer {
  const copy = Buffer.from(bytes)
  if (copy.length === 0) return copy
  const [one, other] = [next(copy.length), next(copy.length)].sort((a, b) => a - b) as [number, number]
  switch (next(4)) {
    case 0:
      for (let times = 0; times <= next(8); times++) {
        const at = next(copy.length)
        copy[at] = (copy[at] ?? 0) ^ (1 << next(8))
      }
      return copy
    case 1:
      return copy.subarray(0, one)
    case 2:
      return Buffer.concat([copy.subarray(0, other), copy.subarray(one)])
    default:
      return Buffer.concat([copy.subarray(0, one), copy.subarray(other)])
  }
}
