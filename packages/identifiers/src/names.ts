import { isEastAsian, readEastAsian, withoutOtherScript } from './east-asian-names.ts'
import { givenTokens, hasSmall } from './given-names.ts'
import {
  CONJUNCTIONS,
  isGroup,
  isPortugueseSuffix,
  mayBeGroup,
  mayHaveTitle,
  PARTICLES,
  suffixOf,
  withoutTitles,
} from './name-words.ts'
import { fold } from './romanise.ts'
import { splitWhole } from './split-name.ts'
import { foldText } from './text.ts'

/** A name as a source gives it: the display form, and the parts where the source split it. */
export interface NameAsGiven {
  readonly name?: string | null
  readonly given?: string | null
  readonly family?: string | null
  readonly suffix?: string | null
}

/** A name in folded parts, whatever it was written in. Everything may be empty: a name of one word is a family name. */
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
  /** The given name in Chinese characters, one form of each; empty where it was written otherwise. */
  readonly characters: string
  /** Whether this is the name of a group; all its words are in `family` then. */
  readonly group: boolean
}

/** The key of a name in mention keys and blocking: see `foldText`, stable for ever. */
export function foldName(name: string): string {
  return foldText(name)
}

const NOBODY: PersonalName = {
  given: [],
  initials: '',
  family: [],
  particles: [],
  suffix: null,
  characters: '',
  group: false,
}

/**
 * Splits a name into folded parts. What the source split is kept as split; else "Family, Given", "Family JM",
 * "Given FAMILY" and "Given Family" are told apart. Order is never guessed from the language: only a patronymic and
 * Chinese, Japanese or Korean writing say that the family name stands first.
 */
export function parsePersonalName(as: NameAsGiven): PersonalName {
  const family = present(as.family)
  const given = present(as.given)
  const whole = family === undefined || given === undefined ? (family ?? given ?? present(as.name)) : undefined
  if (whole === undefined && family === undefined) return NOBODY
  const native = whole === undefined ? isEastAsian(family ?? '') && isEastAsian(given ?? '') : isEastAsian(whole)
  if (native) return eastAsian(whole ?? '', family, given)
  if (whole === undefined) return assemble(given ?? '', family ?? '', as.suffix ?? null)
  if (mayBeGroup(whole) && isGroup(foldText(whole))) return groupOf(foldText(whole))
  const split = splitWhole(whole)
  return assemble(split.given, split.family, as.suffix ?? split.suffix)
}

// A name of 1,000 characters is the limit of what is accepted as a name; more is cut so that work stays bounded.
const MAX_NAME = 1000

function present(text: string | null | undefined): string | undefined {
  const trimmed = text?.slice(0, MAX_NAME).trim()
  return trimmed === undefined || trimmed === '' ? undefined : tidy(trimmed)
}

const PLAIN = /^[A-Za-z .,-]*$/

/** Without titles, degrees and the same name in another script; a maiden name in brackets is part of a double name. */
function tidy(text: string): string {
  const untitled = mayHaveTitle(text) ? withoutTitles(text) : text
  if (PLAIN.test(untitled)) return untitled
  return withoutOtherScript(untitled)
    .replace(/\s*[([]?(?:n[ée]e|geb\.|born)\s+([\p{L}-]+)[)\]]?\s*$/iu, '-$1')
    .replace(/(?<=\b[ODL])(['’ʼ`´])\s+/gu, '$1')
}

function eastAsian(whole: string, family: string | undefined, given: string | undefined): PersonalName {
  const read = readEastAsian(whole, whole === '' ? family : undefined, whole === '' ? given : undefined)
  const names = read.given.filter(Boolean)
  return {
    ...NOBODY,
    given: names,
    initials: initialsOf(names),
    family: read.family === '' ? [] : [read.family],
    characters: read.characters,
  }
}

const ARTICLES = new Set('the of for and on behalf in a an de la des du le les der die das und et y del'.split(' '))

/** Order and small words do not count: Collaboration ATLAS is the ATLAS Collaboration. */
function groupOf(folded: string): PersonalName {
  const words = folded.split(' ').filter((word) => !ARTICLES.has(word))
  return { ...NOBODY, family: words.sort(), group: true }
}

function assemble(givenText: string, familyText: string, suffix: string | null): PersonalName {
  const [givenWords, fromGiven, behind] = splitGiven(givenText)
  const capitals = !hasSmall(familyText) && familyText.length > 1
  const given = givenWords.flatMap((word) => givenTokens(word, capitals))
  const family = familyOf(isEastAsian(familyText) ? readEastAsian('', familyText, '').family : fold(familyText), given)
  const names = joinServants(family.given)
  return {
    given: names,
    initials: initialsOf(names),
    family: family.words,
    particles: [...fromGiven, ...family.particles],
    suffix: suffix === null ? (behind ?? family.suffix) : knownSuffix(suffix),
    characters: '',
    group: false,
  }
}

function knownSuffix(text: string): string {
  const folded = foldText(text)
  return suffixOf(folded) ?? folded
}

function initialsOf(given: readonly string[]): string {
  return given.map((token) => token[0]).join('')
}

/** "Ludwig van" + "Beethoven": particles in small letters at the end of the given names belong to the family name. */
function splitGiven(
  text: string,
): [words: readonly string[], particles: readonly string[], suffix: string | undefined] {
  const words = text.split(/\s+/)
  const suffix = words.length > 1 ? givenSuffix(words.at(-1) ?? '') : undefined
  const given = suffix === undefined ? words : words.slice(0, -1)
  let end = given.length
  while (end > 1 && isSmall(given[end - 1] ?? '') && PARTICLES.has(foldText(given[end - 1] ?? ''))) end -= 1
  return [given.slice(0, end), given.slice(end).map(foldText), suffix]
}

// "IV" may be two initials and "Senior" a name of its own.
function givenSuffix(word: string): string | undefined {
  return /^(?:[JS]r\.?|II|III|2nd|3rd|4th)$/i.test(word) ? suffixOf(foldText(word)) : undefined
}

function isSmall(word: string): boolean {
  return word !== '' && word === word.toLowerCase()
}

interface Family {
  readonly words: readonly string[]
  readonly particles: readonly string[]
  readonly suffix: string | null
  readonly given: readonly string[]
}

function familyOf(folded: string, given: readonly string[]): Family {
  if (!folded.includes(' ')) return ofOneWord(folded, given)
  const all = folded.split(' ')
  const suffix = suffixOf(all.at(-1) ?? '') ?? null
  const kept = suffix === null ? all : all.slice(0, -1)
  let particles = 0
  while (particles < kept.length - 1 && PARTICLES.has(kept[particles] ?? '')) particles += 1
  const words = spellPrefixes(kept.slice(particles)).filter(
    (word, at, { length }) => at === 0 || at === length - 1 || !isSmallWord(word),
  )
  return { words, particles: kept.slice(0, particles), suffix, given }
}

/** "Neto, João Silva" and João Silva Neto are one: where only the suffix was filed, the name is before it. */
function ofOneWord(word: string, given: readonly string[]): Family {
  const before = given.at(-1) ?? ''
  if (given.length > 1 && before.length > 1 && isPortugueseSuffix(word))
    return { words: [before], particles: [], suffix: suffixOf(word) ?? null, given: given.slice(0, -1) }
  return { words: word === '' ? [] : [word], particles: [], suffix: null, given }
}

function isSmallWord(word: string): boolean {
  return PARTICLES.has(word) || CONJUNCTIONS.has(word)
}

/** St John is Saint John, Abd el Rahman is Abdul Rahman. */
function spellPrefixes(words: readonly string[]): readonly string[] {
  return words.flatMap((word, at) => {
    if (at === words.length - 1) return word
    if (/^abd(?:[aeou]l)?$/.test(word)) return 'abdul'
    if (/^[ae]l$/.test(word) && /^abd/.test(words[at - 1] ?? '')) return []
    return word === 'st' ? 'saint' : word === 'ste' ? 'sainte' : word
  })
}

/** Abdul Rahman, as a given name too, is one name. */
function joinServants(given: readonly string[]): readonly string[] {
  return given.length > 1 && given.some((name) => /^abd(?:[aeou]l)?$/.test(name)) ? joinAbd(given) : given
}

function joinAbd(given: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const name of given) {
    const before = joined.at(-1) ?? ''
    const opens = /^abd(?:[aeou]l)?$/.test(before)
    if (opens && /^[aeu][lrs]$/.test(name)) continue
    if (opens && name.length > 1) joined[joined.length - 1] = before + name
    else joined.push(name)
  }
  return joined
}
