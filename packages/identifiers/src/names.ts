import { foldText } from './text.ts'

/** A name as a source gives it: the display form, and the parts where the source split it. */
export interface NameAsGiven {
  readonly name?: string | null
  readonly given?: string | null
  readonly family?: string | null
  readonly suffix?: string | null
}

/** A name in folded parts. Everything may be empty: a name of one word is a family name. */
export interface PersonalName {
  /** Given names in order; an initial is one letter. */
  readonly given: readonly string[]
  /** First letters of the given names: `jm`. */
  readonly initials: string
  /** Words of the family name without particles. */
  readonly family: readonly string[]
  /** `van der`, `de la` …, whichever part the source wrote them in. */
  readonly particles: readonly string[]
  readonly suffix: string | null
}

/** The key of a name in mention keys and blocking: see `foldText`, stable for ever. */
export function foldName(name: string): string {
  return foldText(name)
}

const PARTICLES = new Set(
  (
    'af al av bin bint da das de del della den der di do dos du el ibn la las le les los t te ten ter van vande vander ' +
    'ver von vom zu zum zur und y st e'
  ).split(' '),
)
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'junior', 'senior', 'fils', 'filho', 'neto', '2nd', '3rd'])

/**
 * Splits a name into folded parts. What the source split is kept as split; else "Family, Given", "Family JM",
 * "Given FAMILY" and "Given Family" are told apart. Order is never guessed from the language.
 */
export function parsePersonalName(as: NameAsGiven): PersonalName {
  const family = present(as.family)
  const given = present(as.given)
  if (family !== undefined && given !== undefined) return assemble(given, family, as.suffix ?? null)
  const whole = family ?? given ?? present(as.name)
  if (whole === undefined) return { given: [], initials: '', family: [], particles: [], suffix: null }
  const split = splitWhole(whole)
  return assemble(split.given, split.family, as.suffix ?? split.suffix)
}

// A name of 1,000 characters is the limit of what is accepted as a name; more is cut so that work stays bounded.
const MAX_NAME = 1000

function present(text: string | null | undefined): string | undefined {
  const trimmed = text?.slice(0, MAX_NAME).trim()
  return trimmed === undefined || trimmed === '' ? undefined : trimmed
}

interface Split {
  readonly given: string
  readonly family: string
  readonly suffix: string | null
}

function splitWhole(whole: string): Split {
  const parts = whole.split(/[,،、，]/u).map((part) => part.trim())
  const [first = '', second = '', ...rest] = parts.filter((part) => part !== '')
  if (second === '') return splitWords(first)
  if (isSuffix(second)) return { ...splitWords(first), suffix: foldText(second) }
  const suffix = rest.find(isSuffix)
  return { given: second, family: first, suffix: suffix === undefined ? null : foldText(suffix) }
}

function splitWords(text: string): Split {
  const words = text.split(/\s+/u).filter((word) => foldText(word) !== '')
  const last = words.at(-1)
  if (last !== undefined && words.length > 2 && isSuffix(last)) {
    return { ...splitWords(words.slice(0, -1).join(' ')), suffix: foldText(last) }
  }
  const at = familyStart(words)
  if (at.familyFirst)
    return { family: words.slice(0, at.cut).join(' '), given: words.slice(at.cut).join(' '), suffix: null }
  return { given: words.slice(0, at.cut).join(' '), family: words.slice(at.cut).join(' '), suffix: null }
}

/** Where the words part, and whether the family name is the first part. */
function familyStart(words: readonly string[]): { readonly cut: number; readonly familyFirst: boolean } {
  const capitals = words.map(isCapitals)
  if (words.length > 1 && !capitals.every(Boolean)) {
    // "Dupont JM": initials at the end, and nothing else in capitals.
    if (isInitials(words.at(-1) ?? '') && !isInitials(words[0] ?? ''))
      return { cut: words.length - 1, familyFirst: true }
    const leading = capitals.findIndex((capital) => !capital)
    if (leading > 0) return { cut: leading, familyFirst: true } // "DUPONT Jean"
    const trailing = capitals.findLastIndex((capital) => !capital) + 1
    if (trailing < words.length) return { cut: trailing, familyFirst: false } // "Jean DUPONT"
  }
  let cut = Math.max(words.length - 1, 0)
  while (cut > 1 && PARTICLES.has(foldText(words[cut - 1] ?? ''))) cut -= 1 // "Jan van der Berg"
  return { cut, familyFirst: false }
}

function isSuffix(text: string): boolean {
  return SUFFIXES.has(foldText(text))
}

/** A word of more than three letters, none of them small: `DUPONT`, not `JM` or `Li`. */
function isCapitals(word: string): boolean {
  const letters = word.replace(/[^\p{L}]/gu, '')
  return letters.length > 3 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
}

/** `J`, `J.`, `JM`, `J.M.`, `J-M`: at most four capitals with nothing but points and hyphens between them. */
function isInitials(word: string): boolean {
  if (word.length > 12) return false
  const letters = word.replace(/[.\-‐]/gu, '')
  return /^\p{Lu}{1,4}$/u.test(letters)
}

function assemble(givenText: string, familyText: string, suffix: string | null): PersonalName {
  const [givenWords, fromGiven] = splitTrailingParticles(givenText.split(/\s+/u))
  const given = givenWords.flatMap((word) => givenTokens(word, isCapitals(familyText)))
  const familyTokens = words(foldText(familyText))
  const kept =
    familyTokens.length > 1 && SUFFIXES.has(familyTokens.at(-1) ?? '') ? familyTokens.slice(0, -1) : familyTokens
  let particles = 0
  while (particles < kept.length - 1 && PARTICLES.has(kept[particles] ?? '')) particles += 1
  return {
    given,
    initials: given.map((token) => token[0]).join(''),
    family: kept.slice(particles),
    particles: [...fromGiven, ...kept.slice(0, particles)],
    suffix:
      suffix === null ? (kept.length < familyTokens.length ? (familyTokens.at(-1) ?? null) : null) : foldText(suffix),
  }
}

/** "Ludwig van" + "Beethoven": particles in small letters at the end of the given names belong to the family name. */
function splitTrailingParticles(given: readonly string[]): [readonly string[], string[]] {
  let end = given.length
  while (end > 1 && isSmall(given[end - 1] ?? '') && PARTICLES.has(foldText(given[end - 1] ?? ''))) end -= 1
  return [given.slice(0, end), given.slice(end).map(foldText)]
}

function isSmall(word: string): boolean {
  return word === word.toLowerCase()
}

/** `JM` is two initials unless the whole name is in capitals and it could be a name of its own (`LI`, `JO`). */
function givenTokens(word: string, allCapitals: boolean): string[] {
  const folded = foldText(word)
  if (folded === '') return []
  const runTogether = /^\p{Lu}{2,4}$/u.test(word) && !(allCapitals && /[aeiouy]/.test(folded))
  return runTogether ? [...folded] : words(folded)
}

function words(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ')
}
