const ONSETS = 'b br c ch d dr f fl g gr h j k kl l m n p pr r s sh st t tr v w z'.split(' ')
const VOWELS = 'aeiou'

/** The `rank`-th made-up word that begins with `start`: another rank, another word. */
export function wordOf(rank: number, start: string): string {
  const word = start + VOWELS.charAt(rank % VOWELS.length)
  const rest = Math.floor(rank / VOWELS.length)
  return rest === 0 ? word : wordOf(Math.floor((rest - 1) / ONSETS.length), word + onsetOf(rest - 1))
}

export function onsetOf(rank: number): string {
  return ONSETS[rank % ONSETS.length] ?? ''
}
