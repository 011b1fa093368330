// Beyond this the mean would be infinite: one direction alone must not be certain.
const CERTAIN = 1e-9

/** The probability whose log-odds are the mean of those of two. */
export function meanInLogOdds(a: number, b: number): number {
  return 1 / (1 + Math.exp(-(logOdds(a) + logOdds(b)) / 2))
}

function logOdds(p: number): number {
  const bounded = Math.min(1 - CERTAIN, Math.max(CERTAIN, p))
  return Math.log(bounded / (1 - bounded))
}
