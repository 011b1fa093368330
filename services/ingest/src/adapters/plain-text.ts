import { Parser } from 'htmlparser2'

// What titles, names and abstracts are marked up with: HTML, JATS, MathML. Anything else in pointed brackets is text:
// "p <0.05", "XeF[C --> A]", "<S>-value".
const INLINE =
  'a abbr b bold em emph font i italic ital it mark overline roman sans-serif sc scp small smallcaps span strike strong styled-content sub sup tt u underline xref named-content ext-link inline-formula ' +
  'maction math menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms msqrt mspace mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics'
const BLOCK =
  'alternatives article-title br disp-formula div h1 h2 h3 h4 h5 h6 hr label li list list-item ol p sec table tbody td th thead title tr ul abstract break'
const UNSEEN = 'annotation annotation-xml script style tex-math'
const KINDS = new Map<string, 'inline' | 'block' | 'unseen'>([
  ...INLINE.split(' ').map((name) => [name, 'inline'] as const),
  ...BLOCK.split(' ').map((name) => [name, 'block'] as const),
  ...UNSEEN.split(' ').map((name) => [name, 'unseen'] as const),
])
// Around these, sources leave out the space that belongs between two words: "between<i>Chlamydia</i>Infection".
const WORDS = new Set(['i', 'em', 'italic', 'b', 'bold', 'strong', 'math'])

// A whole tag of the table: a prefix at most, and attributes that have values, so that "a <b and c> d" is none.
const TAG = new RegExp(
  `</?(?:[a-z]{1,10}:)?(?:${[...KINDS.keys()].join('|')})(?:\\s+[\\w:.-]+\\s*=\\s*(?:"[^"<>]*"|'[^'<>]*'|[^\\s"'<>]+))*\\s*/?>`,
  'iy',
)
const MARKED = /[<&]/
// The parser's time grows with the square of what is open: 300,000 open tags took 12 s. No markup is a thousand deep.
const MAX_DEPTH = 1000
const ALONE = /^<(?:br|hr)\b|\/>$/i

/** One line of plain text: markup taken off, entities decoded also where they were encoded twice, white space collapsed. */
export function plainText(text: string): string {
  let plain = text
  // Each round may bring out what was encoded: &amp;lt;i&amp;gt;. Three are the most that real records need.
  for (let round = 0; round < 3 && MARKED.test(plain); round++) {
    const next = strip(plain)
    if (next === plain) break
    plain = next
  }
  return collapse(plain)
}

/** The same, or undefined when nothing is left. */
export function plainTextOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const plain = plainText(text)
  return plain === '' ? undefined : plain
}

const SPACE = 0x20
// White space that is not a single space between two words.
const UNEVEN = /^ | $| {2}|[^\S ]/u

/** Most texts are even, and to replace costs ten times as much as to look. */
function collapse(text: string): string {
  return isUneven(text) ? text.replace(/\s+/gu, ' ').trim() : text
}

/** What `UNEVEN` says, in a quarter of its time where all is ASCII. */
export function isUneven(text: string): boolean {
  let before = SPACE
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 0x7e) return UNEVEN.test(text)
    if (code <= SPACE && (code !== SPACE ? code >= 0x09 && code <= 0x0d : before === SPACE)) return true
    before = code
  }
  return before === SPACE && text !== ''
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

interface Stripping {
  /** Pieces of the text so far, none empty: what is long is not copied at each tag. */
  readonly out: string[]
  unseen: number
  math: number
  /** Index of the piece that an open word-like tag began with, -1 outside. */
  wordStart: number
  /** A word-like tag was closed, and a letter that follows at once begins another word. */
  owesSpace: boolean
}

/** Makes text of every bracket that is not part of a tag of the table, so that the parser sees no other. */
function withoutSigns(text: string): string {
  const commentsEnd = text.lastIndexOf('-->')
  const sectionsEnd = text.lastIndexOf(']]>')
  let depth = 0
  return text.replace(/</g, (sign, at: number) => {
    if (text.startsWith('<!--', at)) return at < commentsEnd ? sign : '&lt;'
    if (text.startsWith('<![CDATA[', at)) return at < sectionsEnd ? sign : '&lt;'
    TAG.lastIndex = at
    if (!TAG.test(text)) return '&lt;'
    if (text.charAt(at + 1) === '/') depth = Math.max(depth - 1, 0)
    else if (!ALONE.test(text.slice(at, TAG.lastIndex))) depth += 1
    return depth > MAX_DEPTH ? '&lt;' : sign
  })
}

function strip(marked: string): string {
  const state: Stripping = { out: [], unseen: 0, math: 0, wordStart: -1, owesSpace: false }
  const parser = new Parser(
    {
      ontext: (piece) => {
        if (state.unseen > 0) return
        // Line breaks between the elements of a formula are layout.
        append(state, state.math > 0 ? piece.trim() : afterWord(state, piece))
      },
      onopentagname: (name) => opened(state, localName(name)),
      onclosetag: (name) => closed(state, localName(name)),
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true, recognizeCDATA: true },
  )
  parser.end(withoutSigns(marked))
  return state.out.join('')
}

function opened(state: Stripping, name: string): void {
  const kind = KINDS.get(name)
  if (name === 'math') state.math += 1
  if (kind === 'unseen') state.unseen += 1
  else if (kind === 'block') append(state, ' ')
  else if (WORDS.has(name)) openWord(state)
}

function closed(state: Stripping, name: string): void {
  const kind = KINDS.get(name)
  if (name === 'math') state.math = Math.max(state.math - 1, 0)
  if (kind === 'unseen') state.unseen = Math.max(state.unseen - 1, 0)
  else if (kind === 'block') append(state, ' ')
  else if (WORDS.has(name)) closeWord(state, name === 'math')
}

const WORD_END = /[\p{L}\p{N}]$/u
const WORD_BEGIN = /^[\p{L}\p{N}]/u

function openWord(state: Stripping): void {
  state.owesSpace = false
  state.wordStart = state.out.length
}

/** One letter in italics belongs to its word ("<i>p</i>H"); a longer run, or a formula, was a word of its own. */
function closeWord(state: Stripping, isMath: boolean): void {
  const start = state.wordStart
  state.wordStart = -1
  const first = start === -1 ? undefined : state.out[start]
  if (first === undefined) return
  const isLetter = state.out.length === start + 1 && first.trim().length < 2
  if (!isMath && isLetter) return
  if (WORD_END.test(state.out[start - 1] ?? '') && WORD_BEGIN.test(first)) state.out[start] = ` ${first}`
  state.owesSpace = WORD_END.test(state.out.at(-1) ?? '')
}

function append(state: Stripping, piece: string): void {
  if (piece !== '') state.out.push(piece)
}

function afterWord(state: Stripping, piece: string): string {
  if (!state.owesSpace || state.wordStart !== -1) return piece
  state.owesSpace = false
  return WORD_BEGIN.test(piece) ? ` ${piece}` : piece
}
