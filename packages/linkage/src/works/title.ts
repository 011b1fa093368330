import { foldText } from '@atlas/identifiers'
import { FORMAT_WORDS, GENERIC_WORDS, ORDINALS, STOP_WORDS } from './title-words.ts'

/** A title as it is compared. */
export interface PreparedTitle {
  /** Words without the marks below, numbers in digits. */
  readonly words: readonly string[]
  /** All of it in one word. */
  readonly compact: string
  /** What stands before the first colon, dash, question mark or full stop, where that is three words or more; else all. */
  readonly head: string
  /** Numbers in order: `12 3`. A difference here is never a slip of spelling. */
  readonly numbers: string
  /** erratum, retraction, reply: what kind of notice about something else this is. */
  readonly notice: string | null
  /** Words that tell one title from another. */
  readonly informative: readonly string[]
  /** Those of them that are not said of thousands of things, where there are two; else all of them. */
  readonly specific: readonly string[]
  /** Said of thousands of things: Editorial, Preface, Annual report. */
  readonly generic: boolean
  /** Two informative words or fewer. */
  readonly short: boolean
}

// "Retracted: …" is the paper itself with a mark; "Retraction of: …" is a notice about it.
const MARK =
  /^\s*[[(]?\s*(?:retracted(?: article| paper| chapter)?|withdrawn(?: article)?|expired)\b\s*[\])]?\s*[:.–—-]\s*/i
const NOTICES: readonly (readonly [RegExp, string])[] = [
  [
    /^[\s\W]*(?:(?:notice|statement) of )?(?:retraction(?: notice| note)?|withdrawal(?: notice)?)\s*(?::|to\b|for\b|–|—|-\s|$)/i,
    'retraction',
  ],
  [/^[\s\W]*(?:expression of concern)\b/i, 'concern'],
  [
    /^[\s\W]*(?:notice of )?(?:fe de erratas?|erratum|errata|corrigendum|corrigenda|addendum|(?:author |publisher )?correction)\s*(?::|to\b|for\b|on\b|[–—-]|\.|$)/i,
    'erratum',
  ],
  [
    /^[\s\W]*(?:repl(?:y|ies)|re|response|author'?s'? (?:reply|response)|rejoinder|comment(?:s|ary)?|discussion)\s*(?::|to:|on:|to ['"“‘«]|on ['"“‘«])/i,
    'reply',
  ],
  // "Editorial [Hot topic: …]": how a publisher marks what another source writes with a colon; "Editorial [2]" counts them.
  [/^[\s\W]*editorial(?: comment(?:ary)?)?(?: on)?\s*(?::|\[(?!\d+\]))/i, 'editorial'],
  [/^[\s\W]*(?:(?:peer )?review|decision letter|author response) for ['"“‘«]/i, 'peer-review'],
]
// "Tides of the north: A. Silting": a letter or Roman number that begins what follows counts the parts.
const LETTERED = /([:.–—-]\s+)\(?([A-Ha-h]|[IVXivx]{1,4})([.):]\s)/g
// "… [2]": how an index tells letters to one editor apart.
const COUNTED = /\s*\[\d\]\s*$/
const LAST_NOTICES: readonly (readonly [RegExp, string])[] = [
  [/[:.([–—-]\s*(?:erratum|corrigendum|correction)\W*$/i, 'erratum'],
  [/[:.([–—-]\s*(?:retraction|retraction notice)\W*$/i, 'retraction'],
  [/[:.([–—-]\s*(?:the )?(?:authors?'?s? ?)?(?:reply|response)\W*$/i, 'reply'],
  [/[:–—-]\s*a (?:reply|response) to\b[^:]{1,80}$/i, 'reply'],
]
const HEAD_END = /:|\?|!|\.\s|\s[-–—]\s|—/
const BRACKETS = /[([]([^()[\]]{3,40})[)\]]/g
const TAGS = /<[^<>]{1,60}>/g

export function prepareTitle(text: string): PreparedTitle {
  const plain = (text.includes('<') ? text.replace(TAGS, ' ') : text).replace(/\s+/g, ' ').trim()
  const notice = [...NOTICES, ...LAST_NOTICES].find(([pattern]) => pattern.test(plain))?.[1] ?? null
  const unmarked = plain
    .replace(MARK, '')
    .replace(COUNTED, '')
    .replaceAll('&', ' and ')
    .replaceAll('+', ' plus ')
    .replace(LETTERED, '$1part $2$3')
    .replace(BRACKETS, (whole, inside: string) => (isFormat(inside) ? ' ' : whole))
  const words = wordsOf(unmarked)
  const informative = words.filter((word) => word.length > 2 && !STOP_WORDS.has(word) && !/^\d+$/.test(word))
  const distinct = new Set(informative)
  const specific = informative.filter((word) => !GENERIC_WORDS.has(word))
  return {
    words,
    compact: words.join(''),
    head: headOf(unmarked, words),
    numbers: words.filter((word) => /\d/.test(word)).join(' '),
    notice,
    informative,
    specific: specific.length >= 2 ? specific : informative,
    generic: informative.every((word) => GENERIC_WORDS.has(word)),
    short: distinct.size <= 2,
  }
}

/** A title given in two languages side by side, as libraries write it, each by itself; none where it is one title. */
export function parallelTitles(text: string): readonly string[] {
  const parts = text.split(/\s=\s/)
  return parts.length > 1 && parts.length <= 4 && parts.every((part) => part.trim().split(/\s+/).length >= 3)
    ? parts
    : []
}

// "(Extended abstract)", "[Tutorial]": how it was presented, which one source says and another does not.
function isFormat(inside: string): boolean {
  return foldText(inside)
    .split(' ')
    .every((word) => FORMAT_WORDS.has(word))
}

// "Part II", "Pt. 2" and "2" say the same.
function wordsOf(text: string): string[] {
  const words = foldText(text)
    .split(' ')
    .filter((word) => word !== '')
  return words.flatMap((word, at) => {
    if (isPartWord(word) && at + 1 < words.length && numberOf(words[at + 1] ?? '', true) !== undefined) return []
    const marked = isPartWord(words[at - 1] ?? '') || at === words.length - 1
    return [numberOf(word, marked) ?? word]
  })
}

function isPartWord(word: string): boolean {
  return word === 'part' || word === 'pt' || word === 'partie' || word === 'teil' || word === 'parte'
}

const ROMAN = ['', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii', 'xiv', 'xv']

// A lone i, v or x is a number only where a part is named or at the end of the title.
function numberOf(word: string, marked: boolean): string | undefined {
  if (/^\d+$/.test(word)) return word.replace(/^0+(?=\d)/, '')
  const roman = ROMAN.indexOf(word)
  if (roman > 0 && (word.length > 1 || marked)) return String(roman)
  if (!marked) return undefined
  return ORDINALS[word] ?? (/^[a-h]$/.test(word) ? `${word}0` : undefined)
}

function headOf(text: string, words: readonly string[]): string {
  const end = text.search(HEAD_END)
  if (end <= 0) return words.join('')
  const head = wordsOf(text.slice(0, end))
  return head.filter((word) => word.length > 2 && !STOP_WORDS.has(word)).length >= 3 ? head.join('') : words.join('')
}
