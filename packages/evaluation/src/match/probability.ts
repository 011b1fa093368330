/** A probability as it is written: to six decimals. Throws for what is none. */
export function rounded(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new Error(`"${p}" is not a probability`)
  return Math.round(p * 1e6) / 1e6
}
