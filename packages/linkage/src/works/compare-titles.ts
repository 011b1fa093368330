import { distance } from 'fastest-levenshtein'
import type { PreparedTitle } from './title.ts'

/** How two titles stand to each other, the best first. `longer`: a word or two more; `parts`: equal but for a number. */
export type TitleLevel = 'equal' | 'contained' | 'near' | 'longer' | 'parts' | 'differ'

/** The level of a pair of titles; symmetric. */
export function compareTitles(a: PreparedTitle, b: PreparedTitle): TitleLevel {
  if (a.compact === b.compact) return a.compact === '' ? 'differ' : 'equal'
  if (a.head === b.compact || b.head === a.compact) return startsWithNumber(a, b) ? 'parts' : 'contained'
  const [short, long] = a.compact.length < b.compact.length ? [a, b] : [b, a]
  if (isLonger(a, b)) return a.numbers === b.numbers ? 'longer' : 'parts'
  if (long.compact.length - short.compact.length > Math.max(4, long.compact.length * 0.12)) return 'differ'
  if (withoutNumbers(a) === withoutNumbers(b)) return 'parts'
  if (!differOnlyInSpelling(a, b)) return 'differ'
  return a.numbers === b.numbers ? 'near' : 'parts'
}

// "Foo" and "Foo 2: bar" are two things; so are "Foo: 2" and "Foo".
function startsWithNumber(a: PreparedTitle, b: PreparedTitle): boolean {
  const [short, long] = a.words.length < b.words.length ? [a, b] : [b, a]
  return /^\d+$|^[a-h]0$/.test(long.words[short.words.length] ?? '')
}

/** All that one says is said by the other, in at least four informative words, with at most two more. */
function isLonger(a: PreparedTitle, b: PreparedTitle): boolean {
  const [short, long] = a.informative.length < b.informative.length ? [a, b] : [b, a]
  const more = long.informative.length - short.informative.length
  if (more > 2 || short.informative.length < 4) return false
  let at = 0
  for (const word of long.informative) if (word === short.informative[at]) at++
  return at === short.informative.length
}

function withoutNumbers(title: PreparedTitle): string {
  return title.numbers === '' ? title.compact : title.words.filter((word) => !/\d/.test(word)).join('')
}

// 64: the words of a title of 500 characters; longer ones must be equal or contained.
const MAX_WORDS = 64

/** At most two words, and no more than one in five, may differ, and only as a slip of the keyboard would. */
function differOnlyInSpelling(a: PreparedTitle, b: PreparedTitle): boolean {
  if (Math.min(a.compact.length, b.compact.length) < 20) return false
  if (a.words.length > MAX_WORDS || b.words.length > MAX_WORDS) return false
  const [left, right] = [rest(a.words, b.words), rest(b.words, a.words)]
  if (left.length > 4 || right.length > 4) return false
  const joined = [left.join(''), right.join('')] as const
  if (joined[0] === joined[1]) return true
  if (left.length !== right.length) return false
  const allowed = Math.min(2, Math.floor(Math.max(a.words.length, b.words.length) / 5) + 1)
  return left.length <= allowed && left.every((word, at) => isSlip(word, right[at] ?? ''))
}

function rest(words: readonly string[], other: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const word of other) counts.set(word, (counts.get(word) ?? 0) + 1)
  return words.filter((word) => {
    const left = counts.get(word) ?? 0
    if (left > 0) counts.set(word, left - 1)
    return left === 0
  })
}

const OPPOSITES =
  /^(?:hyper|hypo|peri|intra|inter|extra|infra|ultra|pre|post|over|under|endo|exo|micro|macro|mono|poly|homo|hetero|pro|anti|non|dis|un|in|im|ir|de|a|an|sub|super|up|down|male|female)/

/** One letter, two in seven; not a prefix that turns the sense (hypo, hyper). */
function isSlip(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length)
  if (length < 4 || /\d/.test(a) || /\d/.test(b) || Math.abs(a.length - b.length) > 2) return a === b
  const [x, y] = [OPPOSITES.exec(a)?.[0] ?? '', OPPOSITES.exec(b)?.[0] ?? '']
  if (x !== y && a.slice(x.length) === b.slice(y.length)) return false
  return distance(a, b) <= (length >= 7 ? 2 : 1)
}
