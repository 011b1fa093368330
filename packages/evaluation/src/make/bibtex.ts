/** One entry as it stands, its texts without markup. */
export interface BibEntry {
  readonly type: string
  readonly key: string
  readonly fields: Readonly<Record<string, string>>
}

// A value in braces, with up to four levels of them inside: deeper ones do not occur.
const BRACED = nested(4)
const ENTRY = new RegExp(`@(\\w+)\\{([^,\\s]+),((?:\\s*\\w+\\s*=\\s*(?:${BRACED}|"[^"]*"|\\w+)\\s*,?)*)\\s*\\}`, 'g')
const FIELD = new RegExp(`(\\w+)\\s*=\\s*(?:(${BRACED})|"([^"]*)"|(\\w+))`, 'g')

/** Entries of a file as bibliographies export them; what is between entries is left out. */
export function bibEntries(text: string): readonly BibEntry[] {
  return [...text.matchAll(ENTRY)].map(([, type = '', key = '', body = '']) => ({
    type: type.toLowerCase(),
    key,
    fields: Object.fromEntries(
      [...body.matchAll(FIELD)].map(([, name = '', braced, quoted, bare]) => [
        name.toLowerCase(),
        plainLatex(braced?.slice(1, -1) ?? quoted ?? bare ?? ''),
      ]),
    ),
  }))
}

const ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '"': '\u0308',
  '=': '\u0304',
  '.': '\u0307',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  c: '\u0327',
  k: '\u0328',
  r: '\u030a',
}
const LETTERS: Readonly<Record<string, string>> = {
  i: 'i',
  j: 'j',
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
}

/** Text as it is read: accents on their letters, dashes and escaped signs as such, no braces, no commands. */
export function plainLatex(latex: string): string {
  return latex
    .replace(/\\(ss|ae|AE|oe|OE|aa|AA|[ijoOlL])(?![a-zA-Z])\s*/g, (_, name: string) => LETTERS[name] ?? '')
    .replace(/\\(?:([`'^~"=.])|([uvHckr])(?=[\s{]))\s*\{*(\p{L})\}*/gu, (_, sign, word, letter: string) =>
      `${letter}${ACCENTS[String(sign ?? word)] ?? ''}`.normalize('NFC'),
    )
    .replace(/\\([&%$#_])/g, '$1')
    .replace(/\\[a-zA-Z]+\s*|\\[()[\]]|[{}$]/g, '')
    .replace(/-{2,3}/g, '–')
    .replace(/~/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function nested(levels: number): string {
  return levels === 0 ? '\\{[^{}]*\\}' : `\\{(?:[^{}]|${nested(levels - 1)})*\\}`
}
