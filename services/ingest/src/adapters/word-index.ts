import { keyFinder } from '../formats/find-key.ts'

/** The places that a word may have: no abstract is longer. */
export const MAX_PLACE = 100_000

const [SPACE, QUOTE, COMMA, COLON, OPEN, BACKSLASH, CLOSE] = [0x20, 0x22, 0x2c, 0x3a, 0x5b, 0x5c, 0x5d]
const [OPEN_OBJECT, CLOSE_OBJECT] = [0x7b, 0x7d]

// Of the few keys of our adapters.
const finders = new Map<string, (text: Buffer) => number>()

// By place: where the word stands in the text. Kept between texts, empty between them (an end of 0).
const starts = new Int32Array(MAX_PLACE)
const ends = new Int32Array(MAX_PLACE)
let room = Buffer.allocUnsafeSlow(1 << 16)

/**
 * The JSON text with `{"the":[1],"moss":[0,2]}` under `key` written as `["moss the moss"]`; undefined where that is not
 * there or of another form. To parse a text with so many different keys takes six times as long: 100 µs a work of OpenAlex
 * of 8 kB, 17 µs so. Of the words nothing is checked that the parser will not check. Valid until the next call.
 */
export function withWordsInOrder(text: Buffer, key: string): Buffer | undefined {
  const found = finderOf(key)(text)
  if (found === -1) return undefined
  const colon = pastSpace(text, found + key.length + 2)
  const begin = pastSpace(text, colon + 1)
  if (text[colon] !== COLON || text[begin] !== OPEN_OBJECT) return undefined
  const words = new Words(text)
  try {
    const end = words.read(begin + 1)
    return end === undefined ? undefined : words.written(begin, end)
  } finally {
    ends.fill(0, 0, words.count)
  }
}

function finderOf(key: string): (text: Buffer) => number {
  let finder = finders.get(key)
  if (finder === undefined) {
    finder = keyFinder(key)
    finders.set(key, finder)
  }
  return finder
}

class Words {
  /** One more than the highest place. */
  count = 0
  private size = 0
  private readonly text: Buffer

  constructor(text: Buffer) {
    this.text = text
  }

  /** Reads from the first word to past the closing bracket; undefined when it is no index of words. */
  read(from: number): number | undefined {
    const { text } = this
    let at = pastSpace(text, from)
    for (;;) {
      if (text[at] !== QUOTE) return undefined
      const start = at + 1
      at = start
      while (text[at] !== QUOTE) {
        if (at >= text.length) return undefined
        at += text[at] === BACKSLASH ? 2 : 1
      }
      const after = this.places(at + 1, start, at)
      if (after === undefined) return undefined
      at = pastSpace(text, after)
      if (text[at] === CLOSE_OBJECT) return at + 1
      if (text[at] !== COMMA) return undefined
      at = pastSpace(text, at + 1)
    }
  }

  /** `: [0, 17]`, the places of the word between `start` and `end`; a word without a place is not checked by the parser. */
  private places(from: number, start: number, end: number): number | undefined {
    const { text } = this
    const colon = pastSpace(text, from)
    let at = pastSpace(text, colon + 1)
    if (text[colon] !== COLON || text[at] !== OPEN) return undefined
    for (;;) {
      at = pastSpace(text, at + 1)
      const first = at
      let place = 0
      for (let digit = (text[at] ?? 0) - 0x30; digit >= 0 && digit <= 9; digit = (text[at] ?? 0) - 0x30) {
        place = place * 10 + digit
        if (place >= MAX_PLACE) return undefined
        at++
      }
      // "01" is no number, and of two words at one place the parser's order decides.
      if (at === first || (text[first] === 0x30 && at > first + 1) || ends[place] !== 0) return undefined
      starts[place] = start
      ends[place] = end
      this.size += end - start
      this.count = Math.max(this.count, place + 1)
      at = pastSpace(text, at)
      if (text[at] === CLOSE) return at + 1
      if (text[at] !== COMMA) return undefined
    }
  }

  written(begin: number, end: number): Buffer {
    const { text, count } = this
    const most = text.length + this.size + count + 4
    if (room.length < most) room = Buffer.allocUnsafeSlow(2 * most)
    let to = text.copy(room, 0, 0, begin)
    room[to++] = OPEN
    room[to++] = QUOTE
    for (let place = 0; place < count; place++) {
      if (place > 0) room[to++] = SPACE
      const last = ends[place] ?? 0
      for (let at = starts[place] ?? 0; at < last; at++) room[to++] = text[at] ?? 0
    }
    room[to++] = QUOTE
    room[to++] = CLOSE
    to += text.copy(room, to, end)
    return room.subarray(0, to)
  }
}

function pastSpace(text: Buffer, from: number): number {
  let at = from
  for (let byte = text[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = text[at]) at++
  return at
}
