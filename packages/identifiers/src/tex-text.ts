import { COMMANDS, SPACING } from './tex-tables.ts'

/** Accents: what stands over or under the next letter. */
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
  r: '\u030a',
  c: '\u0327',
  k: '\u0328',
  d: '\u0323',
  b: '\u0331',
  h: '\u0309',
  t: '\u0361',
}

const TOKEN = /\\([A-Za-z]+)[ \t\r\n]*|\\([^A-Za-z])|\$|[{}]|---?|``|''|~|[_^]|[^\\${}\-`'~_^]+|[\s\S]/gu

/**
 * A value of BibTeX as plain text on one line: accents and named characters are composed, commands and groups taken
 * away, what they hold stays. `$…$` and `\(…\)` lose their marks.
 */
export function texText(value: string): string {
  const out: string[] = []
  const toggles = (value.match(/(?<!\\)\$/g)?.length ?? 0) % 2 === 0
  let accent: string | undefined
  let math = 0
  const put = (text: string) => {
    if (accent === undefined) out.push(text)
    else if (text !== '') {
      // The accent is that of the first letter; dots of i and j make room for it.
      const first = String.fromCodePoint(text.codePointAt(0) ?? 0)
      const base = first === 'ı' ? 'i' : first === 'ȷ' ? 'j' : first
      out.push(base + accent + text.slice(first.length))
      accent = undefined
    }
  }
  for (const [token, word, symbol] of value.matchAll(TOKEN)) {
    if (word !== undefined) {
      if (Object.hasOwn(ACCENTS, word)) accent = ACCENTS[word]
      else put(Object.hasOwn(COMMANDS, word) ? (COMMANDS[word] ?? '') : '')
    } else if (symbol !== undefined) {
      if (symbol === '(') math += 1
      else if (symbol === ')') math -= 1
      else if (Object.hasOwn(ACCENTS, symbol)) accent = ACCENTS[symbol]
      else put(Object.hasOwn(SPACING, symbol) ? (SPACING[symbol] ?? '') : symbol)
    } else if (token === '{') continue
    else if (token === '}') {
      // An accent over nothing: \~{} is how a tilde is written.
      if (accent !== undefined) out.push(standing(accent))
      accent = undefined
    } else if (token === '$' && toggles) math = math > 0 ? 0 : 1
    else put(math > 0 ? (token === '_' || token === '^' ? '' : token) : plain(token))
  }
  return out.join('').normalize('NFC').replace(/\s+/gu, ' ').trim()
}

function plain(token: string): string {
  switch (token) {
    case '--':
      return '–'
    case '---':
      return '—'
    case '``':
      return '“'
    case "''":
      return '”'
    case '~':
      return ' '
    default:
      return token
  }
}

function standing(accent: string): string {
  if (accent === ACCENTS['~']) return '~'
  if (accent === ACCENTS['^']) return '^'
  return accent === ACCENTS['`'] ? '`' : ''
}

/** The same for what is no prose: DOIs, addresses, numbers. Only what TeX had to escape is put back. */
export function texVerbatim(value: string): string {
  return value
    .replace(/\\[~^]\{\}/g, (escaped) => escaped[1] ?? '')
    .replace(/\\(?:text)?(?:asciitilde|sim)(?:\{\}|\b[ \t]*)/g, '~')
    .replace(/\\([&%$#_{}~^-])/g, '$1')
    .replace(/\{([^{}]{0,40})\}/g, '$1')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** The names of a list of names: `and` outside of braces is between them. */
export function bibtexNames(value: string): string[] {
  const names: string[] = []
  let depth = 0
  let start = 0
  for (const { 0: token, index } of value.matchAll(/\\.|[{}]|\sand(?=\s)/gsu)) {
    if (token === '{') depth += 1
    else if (token === '}') depth -= 1
    else if (depth === 0 && !token.startsWith('\\')) {
      names.push(value.slice(start, index))
      start = index + token.length
    }
  }
  names.push(value.slice(start))
  return names.map((name) => name.replace(/\s+/gu, ' ').trim()).filter((name) => name !== '')
}
