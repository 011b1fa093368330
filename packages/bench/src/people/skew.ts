import type { Random } from '@atlas/testing/world'

/** Draws a rank, low ranks more often. */
export type Skew = (random: Random) => number

/**
 * Zipf's law with Mandelbrot's offset: rank k (from 0) is drawn with a chance of 1 / (k + 1 + offset)^exponent. The offset
 * flattens the head, as family names have it: no name is twice as frequent as the next.
 */
export function skewOf(size: number, exponent: number, offset: number): Skew {
  const sums = new Float64Array(size)
  let sum = 0
  for (let rank = 0; rank < size; rank++) {
    sum += (rank + 1 + offset) ** -exponent
    sums[rank] = sum
  }
  return (random) => {
    const point = random.next() * sum
    let [low, high] = [0, size - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) > point) high = middle
      else low = middle + 1
    }
    return low
  }
}
