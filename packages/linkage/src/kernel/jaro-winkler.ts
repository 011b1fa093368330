import { plainJaroWinkler } from './plain-jaro-winkler.ts'
import { type Texts, textAt } from './texts.ts'

// A bit a letter: the few texts that are longer are compared the plain way.
const WORD = 32

// The text that others are compared with: its letters, and where each of them stands in it, a bit a place.
let held: Texts = { bytes: new Uint8Array(0), starts: new Uint32Array(2) }
let [heldAt, from, length] = [0, 0, 0]
const places = new Int32Array(256)

/**
 * Jaro-Winkler similarity of two texts, 0 to 1, as `plainJaroWinkler` tells it: a letter is looked for in all places at once,
 * in a word of bits, and nothing is allocated.
 */
export function jaroWinkler(left: Texts, i: number, right: Texts, j: number): number {
  hold(left, i)
  return likenessTo(right, j)
}

/** Makes this the text that `likenessTo` compares with, until the next call. */
export function hold(texts: Texts, i: number): void {
  for (let at = 0; at < Math.min(length, WORD); at++) places[held.bytes[from + at] ?? 0] = 0
  held = texts
  heldAt = i
  from = texts.starts[i] ?? 0
  length = (texts.starts[i + 1] ?? 0) - from
  for (let at = 0; at < Math.min(length, WORD); at++) {
    const letter = texts.bytes[from + at] ?? 0
    places[letter] = (places[letter] ?? 0) | (1 << at)
  }
}

/** Jaro-Winkler similarity of the text that is held and this one. */
export function likenessTo(right: Texts, j: number): number {
  const [a, b, first, m] = [held.bytes, right.bytes, from, length]
  const start = right.starts[j] ?? 0
  const n = (right.starts[j + 1] ?? 0) - start
  if (m === 0 || n === 0) return m === n ? 1 : 0
  if (m > WORD || n > WORD) return plainJaroWinkler(textAt(held, heldAt), textAt(right, j))
  const reach = Math.max(0, (Math.max(m, n) >> 1) - 1)
  // Places of the text held that are within reach of place `at` of the other.
  let near = (1 << (reach + 1)) - 1
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
  if (common === 0) return 0
  let moved = 0
  while (matched !== 0) {
    const at = 31 - Math.clz32(matched & -matched)
    if (((places[b[start + at] ?? 0] ?? 0) & taken & -taken) === 0) moved++
    matched &= matched - 1
    taken &= taken - 1
  }
  const jaro = (common / m + common / n + (common - (moved >> 1)) / common) / 3
  if (jaro <= 0.7) return jaro
  let same = 0
  while (same < 4 && same < m && same < n && a[first + same] === b[start + same]) same++
  return jaro + same * 0.1 * (1 - jaro)
}
