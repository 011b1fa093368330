import { fold } from './romanise.ts'

/** `J`, `J.`, `JM`, `J.M.`, `J-M`: at most four capitals with nothing but points and hyphens between them. */
export function isInitials(word: string): boolean {
  if (word.length > 12) return false
  const letters = word.replace(/[.\-‐]/gu, '')
  return /^\p{Lu}{1,4}$/u.test(letters)
}

const ONE_SOUND = /^(?:[CPTSZKG]h|Ts|Sz|Zs|Cs|Gy|Ny|D[jz])$/

/** `Yu.`, `Chr.`, `Th`: the beginning of a name, with a point, or a pair of letters that is one sound. */
export function isAbbreviated(word: string): boolean {
  return (word !== 'Md.' && /^\p{Lu}\p{Ll}{1,2}\.$/u.test(word)) || ONE_SOUND.test(word)
}

/** A word of more than three letters, none of them small: `DUPONT`, not `JM` or `Li`. */
export function isCapitals(word: string): boolean {
  if (/[a-z]/.test(word)) return false
  const letters = word.replace(/[^\p{L}]/gu, '').replace(/ß/g, 'SS')
  return letters.length > 3 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()
}

export function hasSmall(text: string): boolean {
  return /[a-z]/.test(text) || /(?!ß)\p{Ll}/u.test(text)
}

// How a syllable may begin and end where a short word in capitals is a name and no run of initials: PAUL, not JMA.
const NAME =
  /^(?:[bcdfghjklmnprstvwxyz]|bl|br|ch|cl|cr|dr|fl|fr|gl|gr|jh|kl|kr|ph|pr|qu|sh|sl|st|th|tr|vl|zh)?[aeiouy]{1,2}(?:[bcdfgklmnprstvxz]|ch|ck|hn|ld|lf|ll|lt|hl|hm|hr|lk|lm|lb|rb|rg|rm|nk|mm|nd|ng|nn|ns|nt|rd|rk|rl|rn|rt|ss|sh|st|th|tt)?(?:a|e|i|o|u|y|an|en|in|on|er|es|is|us|ia|io)?$/
const TWO_LETTERS = new Set(
  'jo al ed bo ty cy vi mo ki li yu wu bi di du fu gu he hu ji ju ke ku lu mi mu na ni nu qi qu ru si su xi xu yi ze zi'.split(
    ' ',
  ),
)

/** Whether a word of two to four capitals is rather a name than initials: LI, ANNA and PAUL, not JA and JMA. */
export function isShortName(word: string): boolean {
  const folded = word.toLowerCase()
  if (folded.length === 2) return TWO_LETTERS.has(folded)
  return (
    (folded.length === 4 ? /^(?![^aeiouy]{3}).*[aeiouy]/.test(folded) : NAME.test(folded)) &&
    !/^[aeiou]{2}[^aeiou]?$/.test(folded)
  )
}

const PLACEHOLDERS = new Set(['fnu', 'nfn', 'lnu', 'nmn'])

/**
 * The given names of one word. `JM` is two initials unless the whole name is in capitals and it could be a name of its own
 * (`LI`, `JO`); `Yu.` and `Chr.` are one each; `Jp` has no vowel to be a name with.
 */
export function givenTokens(word: string, allCapitals: boolean): readonly string[] {
  if (/^[A-Z][a-z]{3,}$/.test(word)) return [word.toLowerCase()]
  if (isAbbreviated(word) || /^\p{Lu}\.?$/u.test(word)) return [fold(word).charAt(0)]
  if (/^\p{Lu}{2,4}$/u.test(word) && !((allCapitals || word.length === 4) && isShortName(fold(word))))
    return [...word].map((letter) => fold(letter).charAt(0)).filter(Boolean)
  const folded = fold(word)
  if (folded === '' || PLACEHOLDERS.has(folded)) return []
  const tokens = folded.split(' ')
  return /^[A-Za-z]{2,3}$/.test(word)
    ? tokens.flatMap((token) => (/^(?!md$|ng$)[b-df-hj-np-tv-xz]{2,3}$/.test(token) ? [...token] : [token]))
    : tokens
}
