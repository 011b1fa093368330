/** Where a text stops being one JSON value, and what it stops with. */
export interface SyntaxFault {
  /** Of the first character that cannot be. */
  readonly index: number
  readonly what: 'unexpected' | 'ends' | 'trailing'
}

const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SPACE = /[ \t\n\r]*/y

/** Finds the first fault of a text that JSON.parse refused: its own message has a position only at times. Linear. */
export function syntaxFault(text: string): SyntaxFault {
  const closers: string[] = []
  let at = skip(SPACE, text, 0)
  for (;;) {
    const opened = openOrScalar(text, at, closers)
    if (opened.fault !== undefined) return opened.fault
    at = skip(SPACE, text, opened.at)
    if (opened.isOpen) {
      if (text[at] !== closers.at(-1)) {
        const key = closers.at(-1) === '}' ? keyAt(text, at) : { at }
        if (key.fault !== undefined) return key.fault
        at = key.at
        continue
      }
    }
    for (;;) {
      const closer = closers.at(-1)
      if (closer === undefined) return at < text.length ? { index: at, what: 'trailing' } : { index: at, what: 'ends' }
      if (text[at] === closer) {
        closers.pop()
        at = skip(SPACE, text, at + 1)
        continue
      }
      if (text[at] !== ',') return faultAt(text, at)
      const next = skip(SPACE, text, at + 1)
      const key = closer === '}' ? keyAt(text, next) : { at: next }
      if (key.fault !== undefined) return key.fault
      at = key.at
      break
    }
  }
}

interface Step {
  readonly at: number
  readonly isOpen?: boolean
  readonly fault?: SyntaxFault
}

function openOrScalar(text: string, at: number, closers: string[]): Step {
  if (text[at] === '{' || text[at] === '[') {
    closers.push(text[at] === '{' ? '}' : ']')
    return { at: at + 1, isOpen: true }
  }
  const end = text[at] === '"' ? pastString(text, at) : skip(SCALAR, text, at)
  return end > at ? { at: end } : { at, fault: text[at] === '"' ? stringFault(text, at) : faultAt(text, at) }
}

/** Past `"key" :` and what space follows. */
function keyAt(text: string, at: number): Step {
  const end = text[at] === '"' ? pastString(text, at) : at
  if (end === at) return { at, fault: text[at] === '"' ? stringFault(text, at) : faultAt(text, at) }
  const colon = skip(SPACE, text, end)
  return text[colon] === ':' ? { at: skip(SPACE, text, colon + 1) } : { at: colon, fault: faultAt(text, colon) }
}

const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Past the closing quote of the string that begins at `start`; `start` when it is not closed, or not a string. */
function pastString(text: string, start: number): number {
  const end = stringEnd(text, start)
  return text[end] === '"' ? end + 1 : start
}

/** The closing quote, or the character inside the string that may not be there. */
function stringEnd(text: string, start: number): number {
  let i = start + 1
  while (i < text.length && text[i] !== '"' && text.charCodeAt(i) > 0x1f) {
    const next = text[i] === '\\' ? skip(ESCAPE, text, i) : i + 1
    if (next === i) return i
    i = next
  }
  return i
}

function stringFault(text: string, start: number): SyntaxFault {
  return faultAt(text, stringEnd(text, start))
}

function faultAt(text: string, index: number): SyntaxFault {
  return { index, what: index >= text.length ? 'ends' : 'unexpected' }
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
