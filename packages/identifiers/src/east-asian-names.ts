import anyAscii from 'any-ascii'
import { CHINESE_DOUBLE, CHINESE_READINGS, JAPANESE_FAMILY_NAMES, oneForm } from './han-names.ts'
import { hangulSyllables, KOREAN_FAMILY_NAMES } from './hangul.ts'
import { romaniseKana } from './kana.ts'

/** A name in Chinese, Japanese or Korean writing, read. */
export interface ReadName {
  readonly family: string
  readonly given: readonly string[]
  /** The given name in Chinese characters, which tell apart what sounds alike; empty where it has none. */
  readonly characters: string
}

// Hangul, kana and Chinese characters: no classes of scripts, which cost twice the time on every other name.
const EAST_ASIAN = /[\u1100-\u11ff\u3005-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f]/
const LATIN = /\p{Script=Latin}/u
const HANGUL = /^\p{Script=Hangul}+$/u
const HAN = /\p{Script=Han}/u
const KANA_ONLY = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Whether the whole of a text is in Chinese, Japanese or Korean writing. */
export function isEastAsian(text: string): boolean {
  return EAST_ASIAN.test(text) && !LATIN.test(text)
}

/** Without a name in the other script behind the one in Latin letters: Wei Wang (王伟). */
export function withoutOtherScript(text: string): string {
  if (!EAST_ASIAN.test(text) || !LATIN.test(text)) return text
  const latin = text
    .replace(/[^\p{Script=Latin}\p{M}\s.,'’‐-]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
  return latin.replace(/^[\s.,'’‐-]+|[\s,'’‐-]+$/gu, '')
}

/** Family name first, as it is written there; where the source split it, as split. */
export function readEastAsian(whole: string, family?: string, given?: string): ReadName {
  if (family !== undefined && given !== undefined) return read(bare(family), bare(given))
  const words = whole
    .normalize('NFKC')
    .split(/[\s・·,，、]+/u)
    .filter(Boolean)
  const [first = '', ...rest] = words
  if (rest.length === 0) return read(...split(bare(first)))
  // A foreign name in katakana keeps its own order: ジョン・スミス.
  if (/[・·]/u.test(whole.normalize('NFKC')) && words.every((word) => KANA_ONLY.test(word)))
    return read(rest.at(-1) ?? '', [first, ...rest.slice(0, -1)].join(''))
  return read(bare(first), bare(rest.join('')))
}

function bare(text: string): string {
  return oneForm(text.normalize('NFKC').replace(/[^\p{L}\p{M}ー]/gu, ''))
}

function split(name: string): [family: string, given: string] {
  const letters = [...name]
  if (letters.length < 2 || KANA_ONLY.test(name)) return [name, '']
  const at = (length: number): [string, string] => [letters.slice(0, length).join(''), letters.slice(length).join('')]
  const two = at(2)[0]
  if (HANGUL.test(name)) return at(letters.length > 2 && two.length === 2 && KOREAN_FAMILY_NAMES[two] ? 2 : 1)
  if (letters.length > 2 && CHINESE_DOUBLE[two] !== undefined) return at(2)
  for (const length of [3, 2])
    if (letters.length > length && JAPANESE_FAMILY_NAMES[at(length)[0]] !== undefined) return at(length)
  // Four characters and more, and kana behind Chinese characters, are Japanese: two of them are the family name as a rule.
  return at(letters.length > 3 || (letters.length > 2 && KANA.test(name)) ? 2 : 1)
}

function read(family: string, given: string): ReadName {
  if (HANGUL.test(family)) {
    const syllables = hangulSyllables(family)
    return { family: KOREAN_FAMILY_NAMES[family] ?? syllables.join(''), given: readGiven(given, false), characters: '' }
  }
  const japanese = JAPANESE_FAMILY_NAMES[family] ?? (KANA_ONLY.test(family) ? romaniseKana(family) : undefined)
  const isJapanese = japanese !== undefined && !(family.length === 1 && [...given].length < 3 && !KANA.test(given))
  return {
    family: isJapanese ? japanese : (CHINESE_DOUBLE[family] ?? CHINESE_READINGS[family] ?? pinyin(family).join('')),
    given: readGiven(
      given,
      isJapanese || ([...family].length + [...given].length > 3 && CHINESE_DOUBLE[family] === undefined),
    ),
    characters: HAN.test(given) ? given : '',
  }
}

/** How Japanese characters are read in a given name only its bearer knows. */
function readGiven(given: string, japanese: boolean): readonly string[] {
  if (given === '') return []
  if (HANGUL.test(given)) return hangulSyllables(given)
  if (KANA_ONLY.test(given)) return [romaniseKana(given)]
  return japanese || KANA.test(given) ? [] : pinyin(given)
}

function pinyin(characters: string): readonly string[] {
  return [...characters].map((character) =>
    anyAscii(character)
      .toLowerCase()
      .replace(/[^a-z]/g, ''),
  )
}
