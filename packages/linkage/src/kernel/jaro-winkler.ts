import { plainJaroWinkler } from './plain-jaro-winkler.ts'
import { type Texts, textAt } from './texts.ts'

// A bit a letter: the few texts that are longer are compared the plain way.
const WORD = 32

// Where each letter stands in the left text, a bit a place; empty between two calls.
const places = new Int32Array(256)

/**
 * Jaro-Winkler similarity of two texts, 0 to 1, as `plainJaroWinkler` tells it: a letter is looked for in all
 * places at once, in a word of bits, and nothing is allocated.
 */
export function jaroWinkler(left: Texts, i: number, right: Texts, j: number): number {
  const [a, b] = [left.bytes, right.bytes]
  const from = left.starts[i] ?? 0
  const m = (left.starts[i + 1] ?? 0) - from
  const start = right.starts[j] ?? 0
  const n = (right.starts[j + 1] ?? 0) - start
  if (m === 0 || n === 0) return m === n ? 1 : 0
  if (m > WORD || n > WORD) return plainJaroWinkler(textAt(left, i), textAt(right, j))
  for (let at = 0; at < m; at++) {
    const letter = a[from + at] ?? 0
    places[letter] = (places[letter] ?? 0) | (1 << at)
  }
  const reach = Math.max(0, (Math.max(m, n) >> 1) - 1)
  // Places of the left text within reach of place `at` of the right one.
  let near = reach >= WORD - 1 ? -1 : (1 << (reach + 1)) - 1
  let [taken, matched, common] = [0, 0, 0]
  for (let at = 0; at < n; at++) {
    const free = (places[b[start + at] ?? 0] ?? 0) & near & ~taken
    if (free !== 0) {
      taken |= free & -free
      matched |= 1 << at
      common++
    }
    near = at < reach ? (near << 1) | 1 : near << 1
  }
  let moved = 0
  while (matched !== 0) {
    const at = 31 - Math.clz32(matched & -matched)
    const first = taken & -taken
    if (((places[b[start + at] ?? 0] ?? 0) & first) === 0) moved++
    matched &= matched - 1
    taken &= taken - 1
  }
  for (let at = 0; at < m; at++) places[a[from + at] ?? 0] = 0
  if (common === 0) return 0
  const jaro = (common / m + common / n + (common - (moved >> 1)) / common) / 3
  if (jaro <= 0.7) return jaro
  let same = 0
  while (same < 4 && same < m && same < n && a[from + same] === b[start + same]) same++
  return jaro + same * 0.1 * (1 - jaro)
}
