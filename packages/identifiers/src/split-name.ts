import { hasSmall, isAbbreviated, isCapitals, isInitials, isShortName } from './given-names.ts'
import { CONJUNCTIONS, isPrefix, PARTICLES, suffixOf } from './name-words.ts'
import { fold } from './romanise.ts'
import { foldText } from './text.ts'

export interface SplitName {
  readonly given: string
  readonly family: string
  readonly suffix: string | null
}

/** Family and given name of a name in one piece: "Family, Given", "Family JM", "Given FAMILY" and "Given Family". */
export function splitWhole(whole: string): SplitName {
  if (!/[,،、，]/.test(whole)) return splitWords(whole)
  const parts = whole.split(/[,،、，]/u).map((part) => part.trim())
  const [first = '', second = '', ...rest] = parts.filter((part) => part !== '')
  if (second === '') return splitWords(first)
  const behind = suffixOf(foldText(second))
  if (behind !== undefined && rest.length === 0) return { ...splitWords(first), suffix: behind }
  const [given, last] =
    behind === undefined ? [second, rest.find((part) => suffixOf(foldText(part)))] : [rest[0] ?? '', second]
  return { given, family: first, suffix: last === undefined ? null : (suffixOf(foldText(last)) ?? null) }
}

function splitWords(text: string): SplitName {
  const words = text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word) || /[\p{L}\p{N}]/u.test(word))
  const last = words.length > 2 ? suffixOf(fold(words.at(-1) ?? '')) : undefined
  if (last !== undefined) return { ...splitWords(words.slice(0, -1).join(' ')), suffix: last }
  const { cut, familyFirst } = familyStart(words)
  const [before, behind] = [words.slice(0, cut).join(' '), words.slice(cut).join(' ')]
  return familyFirst ? { family: before, given: behind, suffix: null } : { given: before, family: behind, suffix: null }
}

interface Cut {
  /** Where the words part, and whether the family name is the first part. */
  readonly cut: number
  readonly familyFirst: boolean
}

function familyStart(words: readonly string[]): Cut {
  if (words.length < 2) return { cut: 0, familyFirst: false }
  const marked = byInitials(words) ?? byCapitals(words) ?? byPatronymic(words)
  return marked ?? { cut: beforeFamily(words), familyFirst: false }
}

/** "Dupont JM", "Ivanov I. P.", "SMITH JA": initials at the end, and none at the beginning. */
function byInitials(words: readonly string[]): Cut | undefined {
  const capitals = !words.some(hasSmall)
  let cut = words.length
  while (cut > 0 && standsForNames(words[cut - 1] ?? '', capitals)) cut -= 1
  if (cut === words.length) return undefined
  const [first = '', second = ''] = words
  // "LI J": what is longer than the initial is the name.
  if (cut === 0) return isLonger(first, second) ? { cut: 1, familyFirst: true } : undefined
  return standsForNames(first, capitals) && !isParticle(first) ? undefined : { cut, familyFirst: true }
}

function standsForNames(word: string, capitals: boolean): boolean {
  if (!isInitials(word)) return isAbbreviated(word)
  return word.includes('.') || !((capitals || word.length === 4) && isShortName(word))
}

function isLonger(first: string, second: string): boolean {
  return isInitials(first) && !first.includes('.') && first.length > 1 && first.length > second.length
}

/** "DUPONT Jean", "Jean DUPONT", "Jean LE GALL": the family name alone in capitals. */
function byCapitals(words: readonly string[]): Cut | undefined {
  const isFamily = (word = ''): boolean => isCapitals(word) || (!hasSmall(word) && isParticle(word))
  if (!words.some(hasSmall) || !words.some(isCapitals)) return undefined
  const leading = words.findIndex((word) => !isFamily(word))
  if (leading > 0 && words.slice(0, leading).some(isCapitals)) return { cut: leading, familyFirst: true }
  let cut = words.length
  while (cut > 1 && (isFamily(words[cut - 1]) || isSmallParticle(words[cut - 1]))) cut -= 1
  return cut < words.length && words.slice(cut).some(isCapitals) ? { cut, familyFirst: false } : undefined
}

function isSmallParticle(word = ''): boolean {
  return word === word.toLowerCase() && isParticle(word)
}

const PATRONYMIC = /(?:[oe]v[iy]c?ch|[oeyi]vna|[ie]nichna|ilyich|kuzmich|lukich|fomich)$/

/** "Ivanov Ivan Petrovich": a patronymic stands behind the given name, so the family name is in front. */
function byPatronymic(words: readonly string[]): Cut | undefined {
  if (words.length !== 3) return undefined
  const [first = '', second = '', last = ''] = words.map((word) => fold(word))
  return PATRONYMIC.test(last) && !PATRONYMIC.test(second) && !PATRONYMIC.test(first)
    ? { cut: 1, familyFirst: true }
    : undefined
}

function beforeFamily(words: readonly string[]): number {
  let cut = words.length - 1
  while (cut > 1) {
    const word = words[cut - 1] ?? ''
    if (isConjunction(word) && cut > 2) cut -= 2
    else if (isParticle(word) || isJoined(word)) cut -= 1
    else break
  }
  return cut
}

/** "E." is an initial and "e" is and; "O" is an initial and "Ó" the son of. */
function isParticle(word: string): boolean {
  return !word.endsWith('.') && PARTICLES.has(fold(word))
}

function isConjunction(word: string): boolean {
  return CONJUNCTIONS.has(word)
}

function isJoined(word: string): boolean {
  return /^[Óó]$/.test(word) || (/^(?:Ste?\.|[^.]{2,})$/.test(word) && isPrefix(fold(word)))
}
