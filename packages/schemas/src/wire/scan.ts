import { isUtf8 } from 'node:buffer'
import { InvalidBodyError } from './invalid-body-error.ts'
import { KIND, type Layout } from './layout.ts'
import { isReplacement, nextCharacter } from './utf8.ts'

/** What a scan found in bytes that are good. */
export interface Scanned {
  /** Where a double is −0: both ends of the wire make it 0. */
  readonly negativeZeros: readonly number[]
  /** U+FFFD occurs: genuine, or what an encoder made of a lone surrogate. */
  readonly replacement: boolean
}

// Our deepest schema has 9 levels.
const MAX_DEPTH = 64
// An item of ours takes at least 8 bytes in earnest, a message at most 8 MiB.
const MAX_ITEMS = 1_000_000
// Shorter strings are checked faster by a loop than by a call into the engine.
const NATIVE_FROM = 96
const REPLACEMENT = Buffer.from([0xef, 0xbf, 0xbd])
const NONE: readonly number[] = []

/**
 * Walks `bytes` from `start` to `end` by the writer's layout and throws `InvalidBodyError` for all that a decoder would
 * crash on, change silently or let through: after it, decoding allocates no more than the bytes can hold.
 */
export function scanBody(layout: Layout, bytes: Buffer, start: number, end: number): Scanned {
  const scan = new Scan(bytes, start, end)
  scan.value(layout, 0)
  if (scan.position < end) throw new InvalidBodyError('avro_decode', `${end - scan.position} trailing bytes`)
  return scan
}

class Scan implements Scanned {
  position: number
  replacement = false
  negativeZeros: readonly number[] = NONE
  readonly #bytes: Buffer
  readonly #view: DataView
  readonly #end: number
  #items = 0

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = start
    this.#end = end
  }

  value(layout: Layout, depth: number): void {
    switch (layout.kind) {
      case KIND.null:
        return
      case KIND.string:
        this.#string(this.#length())
        return
      case KIND.union: {
        const branch = layout.parts[this.#varint()]
        if (branch === undefined) throw new InvalidBodyError('avro_decode', 'union index out of range')
        this.value(branch, depth + 1)
        return
      }
      case KIND.record: {
        if (depth > MAX_DEPTH) throw new InvalidBodyError('too_deep', `nested deeper than ${MAX_DEPTH}`)
        const { parts } = layout
        for (let index = 0; index < parts.length; index++) this.value(parts[index] as Layout, depth + 1)
        return
      }
      case KIND.array:
      case KIND.map:
        this.#blocks(layout, depth)
        return
      default:
        this.#scalar(layout)
    }
  }

  #scalar(layout: Layout): void {
    switch (layout.kind) {
      case KIND.int:
      case KIND.long:
        this.#integer(layout)
        return
      case KIND.timestamp:
        this.#date(layout)
        return
      case KIND.boolean:
        if ((this.#bytes[this.#take(1)] ?? 2) > 1)
          throw new InvalidBodyError('avro_decode', 'boolean is neither 0 nor 1')
        return
      case KIND.double:
        this.#real(layout, this.#take(8), 8)
        return
      case KIND.float:
        this.#real(layout, this.#take(4), 4)
        return
      case KIND.bytes:
        this.#take(this.#length())
        return
      case KIND.fixed:
        this.#take(layout.size)
        return
      case KIND.enum: {
        const symbol = this.#varint()
        if (symbol < 0 || symbol >= layout.size) throw new InvalidBodyError('avro_decode', 'enum index out of range')
      }
    }
  }

  #take(count: number): number {
    const at = this.position
    if (count > this.#end - at) throw new InvalidBodyError('avro_decode', 'truncated')
    this.position = at + count
    return at
  }

  #length(): number {
    const length = this.#varint()
    if (length < 0) throw new InvalidBodyError('avro_decode', 'negative length')
    if (length > this.#end - this.position) throw new InvalidBodyError('avro_decode', 'truncated')
    return length
  }

  #varint(): number {
    const bytes = this.#bytes
    let at = this.position
    let bits = 0
    let shift = 0
    for (;;) {
      if (at >= this.#end) throw new InvalidBodyError('avro_decode', 'truncated')
      const byte = bytes[at++] as number
      bits |= (byte & 0x7f) << shift
      if (byte < 0x80) break
      shift += 7
      if (shift === 28) return this.#longVarint()
    }
    this.position = at
    return (bits >>> 1) ^ -(bits & 1)
  }

  // Above four bytes the parts no longer fit into 31 bits; a float holds 53 of them exactly.
  #longVarint(): number {
    let at = this.position
    let total = 0
    let factor = 1
    for (let count = 0; count < 10; count++) {
      if (at >= this.#end) throw new InvalidBodyError('avro_decode', 'truncated')
      const byte = this.#bytes[at++] as number
      // Exact up to 53 bits, and what is above is refused: avsc would lose the sign of it.
      total += (byte & 0x7f) * factor
      factor *= 128
      if (byte < 0x80) {
        if (total > Number.MAX_SAFE_INTEGER) break
        this.position = at
        return total % 2 === 0 ? total / 2 : -(total + 1) / 2
      }
    }
    throw new InvalidBodyError('avro_decode', 'integer beyond 52 bits')
  }

  #integer(layout: Layout): void {
    const value = this.#varint()
    if (layout.kind === KIND.int && (value > 0x7fffffff || value < -0x80000000)) {
      throw new InvalidBodyError('avro_decode', 'int beyond 32 bits')
    }
    if (value < layout.minimum || value > layout.maximum) outOfRange(layout)
  }

  #date(layout: Layout): void {
    const value = this.#varint()
    if (value < layout.minimum || value > layout.maximum) {
      throw new InvalidBodyError('invalid_date', 'timestamp before 1970 or after 9999')
    }
  }

  #real(layout: Layout, at: number, size: number): void {
    const value = size === 8 ? this.#view.getFloat64(at, true) : this.#view.getFloat32(at, true)
    // Written so that NaN fails too.
    if (!(value >= layout.minimum && value <= layout.maximum)) outOfRange(layout)
    if (value === 0 && (this.#bytes[at + size - 1] as number) !== 0)
      this.negativeZeros = [...this.negativeZeros, at + size - 1]
  }

  #string(length: number): void {
    const start = this.#take(length)
    const end = this.position
    if (length >= NATIVE_FROM && this.#nativeString(start, end)) return
    const bytes = this.#bytes
    let at = this.#ascii(start, end)
    while (at < end) {
      const byte = bytes[at] as number
      if (byte >= 0x80) {
        if (isReplacement(bytes, at)) this.replacement = true
        at = nextCharacter(bytes, at, end)
      } else if (byte === 0) throw new InvalidBodyError('forbidden_character', 'NUL in a string')
      else at++
    }
  }

  /** End of the leading words of four bytes that are all ASCII and not NUL: the byte loop takes 3 times as long. */
  #ascii(start: number, end: number): number {
    const view = this.#view
    let at = start
    for (; at + 4 <= end; at += 4) {
      const word = view.getInt32(at, true)
      if (((word | (word - 0x01010101)) & 0x80808080) !== 0) break
    }
    return at
  }

  /** False leaves it to the loop, which names what is wrong. */
  #nativeString(start: number, end: number): boolean {
    const text = this.#bytes.subarray(start, end)
    if (!isUtf8(text) || text.includes(0)) return false
    if (!this.replacement && text.includes(REPLACEMENT)) this.replacement = true
    return true
  }

  #blocks(layout: Layout, depth: number): void {
    const item = layout.parts[0] as Layout
    const keys = layout.kind === KIND.map ? new Set<string>() : undefined
    for (;;) {
      const announced = this.#varint()
      if (announced === 0) return
      const count = Math.abs(announced)
      // A negative count says how long the block is, and a reader that skips it believes that.
      const blockEnd = announced < 0 ? this.#length() + this.position : undefined
      this.#assertRoom(count, item.minBytes + (keys ? 1 : 0))
      for (let index = 0; index < count; index++) {
        if (keys) this.#key(keys)
        this.value(item, depth + 1)
      }
      if (blockEnd !== undefined && blockEnd !== this.position)
        throw new InvalidBodyError('avro_decode', 'wrong block size')
    }
  }

  /** Before the reader allocates them: items that need more bytes than there are, or none at all. */
  #assertRoom(count: number, minBytes: number): void {
    const left = this.#end - this.position
    this.#items += count
    if (this.#items > MAX_ITEMS || (minBytes === 0 && count > left)) {
      throw new InvalidBodyError('avro_too_large', `block of ${count} items in ${left} bytes`)
    }
    if (count * minBytes > left) throw new InvalidBodyError('avro_decode', 'truncated')
  }

  #key(keys: Set<string>): void {
    const length = this.#length()
    this.#string(length)
    const key = this.#bytes.toString('utf8', this.position - length, this.position)
    if (key === '__proto__' || keys.has(key))
      throw new InvalidBodyError('forbidden_key', 'map key twice or "__proto__"')
    keys.add(key)
  }
}

function outOfRange(layout: Layout): never {
  throw new InvalidBodyError('number_out_of_range', `number not within ${layout.minimum} and ${layout.maximum}`)
}
