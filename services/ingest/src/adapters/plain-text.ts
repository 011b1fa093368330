import { Parser } from 'htmlparser2'

// What titles, names and abstracts are marked up with: HTML, JATS, MathML. Anything else in pointed brackets is text:
// "p <0.05", "XeF[C --> A]", "<S>-value".
const INLINE =
  'a abbr b bold em emph font i italic ital it mark overline roman s sans-serif sc scp small smallcaps span strike strong styled-content sub sup tt u underline xref named-content ext-link inline-formula ' +
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

const MARKED = /[<&]/

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

function collapse(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase()
}

interface Stripping {
  out: string
  unseen: number
  /** Where the text of an open word-like tag began, -1 outside. */
  wordStart: number
  /** A word-like tag was closed, and a letter that follows at once begins another word. */
  owesSpace: boolean
}

function strip(marked: string): string {
  // A bracket that nothing closes is a sign, and the parser would take what follows it for a tag without end.
  const last = marked.lastIndexOf('>') + 1
  const text = marked.slice(0, last) + marked.slice(last).replaceAll('<', '&lt;')
  const state: Stripping = { out: '', unseen: 0, wordStart: -1, owesSpace: false }
  const raw = (parser: Parser) => text.slice(parser.startIndex, parser.endIndex + 1)
  let mathDepth = 0
  const parser = new Parser(
    {
      ontext: (piece) => {
        if (state.unseen > 0) return
        // Line breaks between the elements of a formula are layout.
        state.out += mathDepth > 0 ? piece.trim() : afterWord(state, piece)
      },
      onopentagname: (name) => {
        const local = localName(name)
        const kind = KINDS.get(local)
        if (local === 'math') mathDepth += 1
        if (kind === undefined) state.out += state.unseen > 0 ? '' : raw(parser)
        else if (kind === 'unseen') state.unseen += 1
        else if (kind === 'block') state.out += ' '
        else if (WORDS.has(local)) openWord(state)
      },
      onclosetag: (name, implied) => {
        const local = localName(name)
        const kind = KINDS.get(local)
        if (local === 'math') mathDepth = Math.max(mathDepth - 1, 0)
        if (kind === undefined) state.out += implied || state.unseen > 0 ? '' : raw(parser)
        else if (kind === 'unseen') state.unseen = Math.max(state.unseen - 1, 0)
        else if (kind === 'block') state.out += ' '
        else if (WORDS.has(local)) closeWord(state, local === 'math')
      },
    },
    { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true, recognizeCDATA: true },
  )
  parser.end(text)
  return state.out
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
  if (start === -1) return
  const inside = state.out.slice(start)
  if (!isMath && inside.trim().length < 2) return
  if (WORD_END.test(state.out.slice(0, start)) && WORD_BEGIN.test(inside))
    state.out = `${state.out.slice(0, start)} ${inside}`
  state.owesSpace = WORD_END.test(inside)
}

function afterWord(state: Stripping, piece: string): string {
  if (!state.owesSpace || state.wordStart !== -1) return piece
  state.owesSpace = false
  return WORD_BEGIN.test(piece) ? ` ${piece}` : piece
}
