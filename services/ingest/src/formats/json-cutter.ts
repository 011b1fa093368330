import { ByteWindow } from './byte-window.ts'
import type { Framed, FrameError } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'
import { type ShapeNode, shapeTree } from './shape-tree.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** An open container. `node` is where it stands in the table of shapes; undefined: nothing below it matters. */
interface Level {
  readonly isArray: boolean
  readonly node: ShapeNode | undefined
  /** This container is a record unless something inside it turns out to be one. */
  readonly record: boolean
  readonly start: number
  superseded: boolean
}

/**
 * Cuts JSON documents into the records of a table of shapes, from a stream, holding at most one record (4 MiB).
 *
 * Knows strings and brackets only; whether a record is good JSON is found out when it is parsed. What is not closed at
 * the end, or closed without having been opened, is fatal.
 */
export class JsonCutter {
  private readonly window = new ByteWindow()
  private readonly levels: Level[] = []
  private readonly root: ShapeNode
  private readonly line: number | undefined
  private readonly out: Framed[] = []
  private at = 0 //                    offset of the next byte to look at
  private inString = false
  private escaped = false
  private stringStart = 0
  private key = ''
  private expectKey = false
  private scalarStart = -1 //          of a bare value that stands where a record should
  private ordinal = 0
  private failed = false

  /** `offset` of the first byte that will be fed; `line`: the ordinal of every record, where they share a line. */
  constructor(paths: readonly (readonly string[])[], offset = 0, line?: number) {
    this.line = line
    this.root = shapeTree(paths)
    this.window.start = offset
    this.at = offset
  }

  /** Records that end in this chunk, in order. */
  feed(chunk: Uint8Array): Framed[] {
    if (this.failed) return []
    this.window.append(chunk)
    this.scan(this.window.view(), this.window.start)
    this.window.dropBefore(this.keepFrom())
    return this.out.splice(0)
  }

  finish(): Framed[] {
    if (!this.failed && this.levels.length === 0) this.endScalar(this.at)
    if (!this.failed && (this.levels.length > 0 || this.inString)) this.fail('the file ends inside a value')
    return this.out.splice(0)
  }

  private scan(view: Uint8Array, base: number): void {
    let i = this.at - base
    while (i < view.byteLength && !this.failed) {
      if (this.inString) i = this.throughString(view, base, i)
      else {
        this.token(view[i] ?? 0, base + i)
        i += 1
      }
    }
    this.at = base + i
  }

  private throughString(view: Uint8Array, base: number, from: number): number {
    let i = from
    if (this.escaped) {
      this.escaped = false
      i += 1
    }
    for (; i < view.byteLength; i++) {
      const byte = view[i]
      if (byte === BACKSLASH) {
        i += 1
        if (i === view.byteLength) this.escaped = true
      } else if (byte === QUOTE) {
        this.inString = false
        if (this.expectKey) this.key = this.keyText(base + i)
        return i + 1
      }
    }
    return view.byteLength
  }

  /** Keys matter only where the table of shapes goes on, and the keys of shapes are short. */
  private keyText(end: number): string {
    const level = this.levels.at(-1)
    if (level?.node === undefined || level.node.children.size === 0 || end - this.stringStart > 64) return ''
    return this.window.copy(this.stringStart, end).toString('latin1')
  }

  private token(byte: number, offset: number): void {
    switch (byte) {
      case QUOTE:
        if (!this.expectKey) this.beginScalar(offset)
        this.inString = true
        this.stringStart = offset + 1
        return
      case OPEN_OBJECT:
        this.open(false, offset)
        return
      case OPEN_ARRAY:
        this.open(true, offset)
        return
      case CLOSE_OBJECT:
        this.close(false, offset)
        return
      case CLOSE_ARRAY:
        this.close(true, offset)
        return
      case COMMA:
        this.endScalar(offset)
        this.expectKey = this.levels.at(-1)?.isArray === false
        return
      case 0x3a: // colon
        this.expectKey = false
        return
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
        return
      default:
        this.beginScalar(offset)
    }
  }

  private childNode(): ShapeNode | undefined {
    const level = this.levels.at(-1)
    if (level === undefined) return this.root
    return level.isArray ? level.node?.children.get('*') : level.node?.children.get(this.key)
  }

  private open(isArray: boolean, offset: number): void {
    const node = this.childNode()
    const inList = this.levels.at(-1)?.isArray === true
    // Elements of a list of records are records whatever they are; elsewhere only an object is one.
    const record = node?.record === true && (!isArray || inList)
    const opensList = isArray && node?.children.get('*')?.record === true
    if ((record && this.levels.length > 0) || opensList) for (const level of this.levels) level.superseded = true
    this.levels.push({
      isArray,
      node: record && isArray ? undefined : node,
      record,
      start: offset,
      superseded: opensList,
    })
    this.expectKey = !isArray
  }

  private close(isArray: boolean, offset: number): void {
    this.endScalar(offset)
    const level = this.levels.pop()
    if (level === undefined || level.isArray !== isArray) {
      this.fail(`"${isArray ? ']' : '}'}" closes what was not opened`, offset)
      return
    }
    this.expectKey = false
    if (level.record && !level.superseded) this.emit(level.start, offset + 1)
  }

  /** A number, string or literal is cut out only where a record should be: in a list of records. */
  private beginScalar(offset: number): void {
    if (this.scalarStart !== -1) return
    const level = this.levels.at(-1)
    if (level?.isArray === true && level.node?.children.get('*')?.record === true) this.scalarStart = offset
    else if (level === undefined) this.fail('a JSON document starts with "{" or "["', offset)
  }

  private endScalar(offset: number): void {
    if (this.scalarStart === -1) return
    this.emit(this.scalarStart, offset)
    this.scalarStart = -1
  }

  private emit(start: number, end: number): void {
    this.ordinal += 1
    const ordinal = this.line ?? this.ordinal
    if (end - start > MAX_RECORD_BYTES) {
      const detail = `record ${ordinal} is larger than ${MAX_RECORD_BYTES >> 20} MiB`
      this.out.push({ ok: false, error: { code: 'line_too_long', detail, ordinal, offset: start, fatal: false } })
      return
    }
    const bytes = trimEnd(this.window.copy(start, end))
    this.out.push({ ok: true, element: { ordinal, offset: start, format: 'json', bytes, context: '' } })
  }

  private fail(detail: string, offset = this.at): void {
    this.failed = true
    const error: FrameError = { code: 'invalid_json', detail, ordinal: this.ordinal + 1, offset, fatal: true }
    this.out.push({ ok: false, error })
  }

  /** The first byte that may still be needed: of the outermost record that is open, and not too large already. */
  private keepFrom(): number {
    if (this.scalarStart !== -1 && this.at - this.scalarStart <= MAX_RECORD_BYTES) return this.scalarStart
    const open = this.levels.find(
      (level) => level.record && !level.superseded && this.at - level.start <= MAX_RECORD_BYTES,
    )
    if (open !== undefined) return open.start
    return this.inString && this.expectKey && this.at - this.stringStart <= 64 ? this.stringStart : this.at
  }
}

function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.byteLength
  while (end > 0 && (bytes[end - 1] ?? 0) <= 0x20) end -= 1
  return bytes.subarray(0, end)
}
