/**
 * Jaro's similarity with Winkler's bonus, as they define it (Jaro 1989, Winkler 1990): letters match that are equal and no
 * further apart than half of the longer text less one; above 0.7 up to four equal first letters add a tenth each of the rest.
 */
export function plainJaroWinkler(left: string, right: string): number {
  if (left === '' || right === '') return left === right ? 1 : 0
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1)
  const taken = new Set<number>()
  const fromRight: string[] = []
  for (const [at, letter] of [...right].entries())
    for (let place = Math.max(0, at - reach); place <= Math.min(left.length - 1, at + reach); place++)
      if (left[place] === letter && !taken.has(place)) {
        taken.add(place)
        fromRight.push(letter)
        break
      }
  const common = taken.size
  if (common === 0) return 0
  const fromLeft = [...taken].sort((a, b) => a - b).map((place) => left[place])
  const moved = fromLeft.filter((letter, at) => letter !== fromRight[at]).length
  const jaro = (common / left.length + common / right.length + (common - Math.floor(moved / 2)) / common) / 3
  if (jaro <= 0.7) return jaro
  let same = 0
  while (same < 4 && same < left.length && left[same] === right[same]) same++
  return jaro + same * 0.1 * (1 - jaro)
}
