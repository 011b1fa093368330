import { distance } from 'fastest-levenshtein'
import type { PreparedTitle } from './title.ts'
import { COMPANION_WORDS } from './title-words.ts'

/**
 * How two titles stand to each other, the best first. `longer`: a word or two more; `parts`: equal but for a number;
 * `similar`: most of what tells it from others is in both, which alone is no reason to link.
 */
export type TitleLevel = 'equal' | 'contained' | 'near' | 'longer' | 'parts' | 'similar' | 'differ'

/** The level of a pair of titles; symmetric. */
export function compareTitles(a: PreparedTitle, b: PreparedTitle): TitleLevel {
  const level = compareLetters(a, b)
  return level === 'differ' && areSimilar(a, b) ? 'similar' : level
}

function compareLetters(a: PreparedTitle, b: PreparedTitle): TitleLevel {
  if (a.compact === b.compact) return a.compact === '' ? 'differ' : 'equal'
  if (namesCompanion(a, b) || namesCompanion(b, a)) return 'similar'
  if (a.head === b.compact || b.head === a.compact) return startsWithNumber(a, b) ? 'parts' : 'contained'
  const [short, long] = a.compact.length < b.compact.length ? [a, b] : [b, a]
  if (isLonger(a, b)) return a.numbers === b.numbers ? 'longer' : 'parts'
  if (long.compact.length - short.compact.length > Math.max(4, long.compact.length * 0.12)) return 'differ'
  if (withoutNumbers(a) === withoutNumbers(b)) return 'parts'
  if (!differOnlyInSpelling(a, b)) return 'differ'
  return a.numbers === b.numbers ? 'near' : 'parts'
}

// Three words in five.
const SIMILAR = 0.6

function areSimilar(a: PreparedTitle, b: PreparedTitle): boolean {
  return titleSimilarity(a, b) >= SIMILAR || saysAllOf(a, b) || saysAllOf(b, a)
}

/** "Transactional information systems – book review" and the same with its subtitle. */
function saysAllOf(a: PreparedTitle, b: PreparedTitle): boolean {
  const words = new Set(a.specific)
  return b.specific.length >= 2 && b.specific.every((word) => words.has(word))
}

/**
 * How much of two titles is in both, 0 to 1: Dice's coefficient over the words that tell something, where a word and its
 * slip or inflection are one. Symmetric.
 */
export function titleSimilarity(a: PreparedTitle, b: PreparedTitle): number {
  const [left, right] = [[...new Set(a.specific)], [...new Set(b.specific)]]
  const all = left.length + right.length
  if (all === 0 || left.length > MAX_WORDS || right.length > MAX_WORDS) return 0
  const [onlyLeft, onlyRight] = [
    left.filter((word) => !right.includes(word)),
    right.filter((word) => !left.includes(word)),
  ]
  if (onlyLeft.some((word) => onlyRight.some((other) => areOpposites(word, other)))) return 0
  const alike = Math.max(pairedOff(onlyLeft, onlyRight), pairedOff(onlyRight, onlyLeft))
  return (2 * (left.length - onlyLeft.length + alike)) / all
}

function pairedOff(left: readonly string[], right: readonly string[]): number {
  const free = [...right]
  for (const word of left) {
    const at = free.findIndex((other) => isSlip(word, other) || isStem(word, other))
    if (at >= 0) free.splice(at, 1)
  }
  return right.length - free.length
}

// diagnosis, diagnosing: all but three letters at the end.
function isStem(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length)
  if (length < 6) return false
  let at = 0
  while (at < length && a[at] === b[at]) at++
  return at >= Math.max(5, length - 3)
}

/** "…: study protocol", "Data from: …", "… executive summary": what is more in one is the name of something beside the other. */
function namesCompanion(a: PreparedTitle, b: PreparedTitle): boolean {
  const more = rest(a.informative, b.informative)
  return more.length > 0 && more.every((word) => COMPANION_WORDS.has(word)) && rest(b.words, a.words).length === 0
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
  if (oneTellsMore(rest(a.words, b.words), rest(b.words, a.words))) return false
  let at = 0
  for (const word of long.informative) if (word === short.informative[at]) at++
  return at === short.informative.length
}

const EMPTY = new Set(
  'a an of in on at to by is as or and und the for with from la le el un de du il lo al et en au y e o i den der die das im am des les los las da do na no em'.split(
    ' ',
  ),
)
const TURNS = new Set('plus not without cannot sans ohne sin senza nicht non'.split(' '))

/** Vitamin A and vitamin D, with and without: where each says something the other does not, or one denies, it is no longer form. */
function oneTellsMore(onlyA: readonly string[], onlyB: readonly string[]): boolean {
  if ([...onlyA, ...onlyB].some((word) => TURNS.has(word))) return true
  const tells = (word: string): boolean => !EMPTY.has(word)
  return onlyA.length > 0 && onlyB.length > 0 && (onlyA.some(tells) || onlyB.some(tells))
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
  // The same words in another order say something else: effects of education on income, of income on education.
  if (left.length === 0 && right.length === 0) return false
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
  /^(?:hyper|hypo|hiper|hipo|ab|ad|peri|intra|inter|extra|infra|ultra|pre|post|over|under|endo|exo|micro|macro|mono|poly|homo|hetero|pro|anti|non|dis|un|in|im|ir|de|a|an|sub|super|up|down|male|female)/

/** What chemistry tells apart by an ending: nitrate, nitrite, nitride. */
const ENDING = /(?:ate|ite|ide|ane|ene|yne|ine|one|ol|al)s?$/

/**
 * One letter, two in ten, and not the first; not a prefix that turns the sense (hypo, hyper), nor an ending that names another
 * substance. Iran and Iraq are too short, Slovakia and Slovenia too far apart.
 */
function isSlip(a: string, b: string): boolean {
  const length = Math.max(a.length, b.length)
  if (length < 5 || a[0] !== b[0] || /\d/.test(a) || /\d/.test(b) || Math.abs(a.length - b.length) > 2) return a === b
  if (areOpposites(a, b)) return false
  if (a.replace(ENDING, '') === b.replace(ENDING, '')) return false
  return distance(a, b) <= (length >= 10 ? 2 : 1)
}

/** hypertension and hypotension, typical and atypical. */
function areOpposites(a: string, b: string): boolean {
  const [x, y] = [OPPOSITES.exec(a)?.[0] ?? '', OPPOSITES.exec(b)?.[0] ?? '']
  return x !== y && a.slice(x.length) === b.slice(y.length)
}
