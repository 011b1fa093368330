/** Where a number stands in a rising list; -1 where it does not. */
export function placeOf(rising: readonly number[], number: number): number {
  let low = 0
  let high = rising.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((rising[middle] as number) < number) low = middle + 1
    else high = middle
  }
  return low < rising.length && rising[low] === number ? low : -1
}
