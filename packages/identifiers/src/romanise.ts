import { pairsOf } from './pairs.ts'
import { romaniseArabic } from './romanise-arabic.ts'
import { foldText } from './text.ts'

const CYRILLIC = pairsOf(
  'а a б b в v г g д d е e ё yo ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ' +
    'ы y э e ю yu я ya ' +
    'і i ї yi є ye ґ g ў u ' + //                         Ukrainian, Belarusian
    'ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ѕ dz ' + //    Serbian, Macedonian
    'ә a ғ g қ k ң n ө o ұ u ү u һ h ҳ h ҷ j ӣ i ӯ u', // of Central Asia
)
const SIGNS = /[ьъ]/gu

const GREEK = pairsOf(
  'α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o',
)

// Greek, Cyrillic and, with what lies between, Arabic: no classes of scripts, which cost twice the time.
const NATIVE = /[\u0370-\u07ff\u1f00-\u1fff\ufb50-\ufdff\ufe70-\ufefc]/

/**
 * Cyrillic, Greek and Arabic written in Latin letters as their bearers do in English, in small letters; any other text as
 * it is. Ukrainian г and и are told from the Russian ones where another letter gives the language away.
 */
export function romanise(text: string): string {
  if (!NATIVE.test(text)) return text
  return text
    .normalize('NFC')
    .replace(/\p{Script=Cyrillic}+/gu, (word) => romaniseCyrillic(word.toLowerCase(), /[іїєґ]/iu.test(text)))
    .replace(/(?:\p{Script=Greek}|\u0308)+/gu, (word) => romaniseGreek(word.toLowerCase()))
    .replace(/\p{Script=Arabic}+(?:\s+\p{Script=Arabic}+)*/gu, romaniseArabic)
}

/** `foldText` for names: what was written in those letters is romanised before. */
export function fold(text: string): string {
  if (/^[A-Za-z]+$/.test(text)) return text.toLowerCase()
  return foldText(romanise(text))
}

function romaniseCyrillic(word: string, ukrainian: boolean): string {
  // Before a consonant ъ is the Bulgarian vowel; in Russian a vowel follows it.
  const spelled = word.replace(/ъ(?![еёюя])/gu, 'а').replace(SIGNS, '')
  const written = ukrainian ? spelled.replace(/зг/gu, 'зґ').replace(/и/gu, 'ы') : spelled
  return [...written].map((letter) => (ukrainian && letter === 'г' ? 'h' : (CYRILLIC[letter] ?? letter))).join('')
}

function romaniseGreek(word: string): string {
  const open = word
    .normalize('NFD')
    .replace(/\u0308/g, '\u00a8')
    .replace(/\p{M}/gu, '')
  const spelled = open
    .replace(/ου/gu, 'ou')
    .replace(/([αεη])υ(?=[θκξπσςτφχψ]|$)/gu, '$1f')
    .replace(/([αεη])υ(?!\u00a8)/gu, '$1v')
    .replace(/^μπ/u, 'b')
    .replace(/^ντ/u, 'd')
    .replace(/^γκ/u, 'g')
    .replace(/γ(?=[γξχ])/gu, 'n')
    .replace(/\u00a8/g, '')
  return [...spelled].map((letter) => GREEK[letter] ?? letter).join('')
}
