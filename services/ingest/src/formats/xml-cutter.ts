import type { Framed } from './framed.ts'
import { MAX_RECORD_BYTES } from './limits.ts'
import { contextOf } from './parse-xml.ts'
import { type SafeXml, safeXml } from './safe-xml.ts'
import type { XmlShape } from './shape.ts'
import { TextWindow } from './text-window.ts'
import { XmlBuilder } from './xml-builder.ts'
import { UTF_8, type XmlEncoding } from './xml-encoding.ts'
import { XmlError } from './xml-error.ts'

interface Ancestor {
  readonly local: string
  readonly declares: Readonly<Record<string, string>>
}

interface Tag {
  readonly uri: string
  readonly local: string
  readonly attributes: Readonly<Record<string, { readonly value: string }>>
}

interface OpenRecord {
  readonly depth: number
  readonly start: number //   in characters
  readonly offset: number //  in bytes
  readonly context: string
  readonly builder: XmlBuilder
  tooLong: boolean
  /** A mistake in it that does not keep the rest of the document from being read. */
  mistake: XmlError | undefined
}

export interface XmlCutOptions {
  readonly encoding?: XmlEncoding
  /** Of the first character's byte. */
  readonly offset?: number
  /** Characters that the source has names for. */
  readonly entities?: Readonly<Record<string, string>> | undefined
}

/** Cuts an XML document, as text, into the elements of a table of shapes, holding at most one record (4 MiB). */
export class XmlCutter {
  private readonly shapes: readonly XmlShape[]
  private readonly xml: SafeXml
  private readonly out: Framed[] = []
  private readonly ancestors: Ancestor[] = []
  private record: OpenRecord | undefined
  private readonly encoding: XmlEncoding
  private readonly window: TextWindow
  private fed = 0 //          characters so far
  private ordinal = 0
  private failed = false
  private lastEnd = -1 //     position after the last record

  constructor(shapes: readonly XmlShape[], { encoding = UTF_8, offset = 0, entities }: XmlCutOptions = {}) {
    this.shapes = shapes
    this.encoding = encoding
    this.window = new TextWindow(offset, encoding.sizeOf)
    this.xml = safeXml({ ...(entities && { entities }), tolerate: (error) => this.tolerated(error) })
    this.xml.parser.on('opentag', (tag) => {
      this.xml.opened()
      this.opened(tag, tag.ns)
      if (this.record?.tooLong === false) this.record.builder.openTag(tag.uri, tag.local, tag.attributes)
    })
    this.xml.parser.on('closetag', () => {
      this.xml.closed()
      this.closed()
    })
  }

  feed(text: string): Framed[] {
    this.window.append(text)
    this.fed += text.length
    this.attempt(() => this.xml.write(text))
    this.forget()
    return this.out.splice(0)
  }

  finish(): Framed[] {
    this.attempt(() => this.xml.close())
    return this.out.splice(0)
  }

  private attempt(step: () => void): void {
    if (this.failed) return
    try {
      step()
    } catch (error) {
      if (!(error instanceof XmlError)) throw error
      this.failed = true
      const undone = this.undone()
      const { code, message: detail, line, column } = error
      const at = Math.min(this.xml.parser.position, this.fed)
      const offset = this.record?.offset ?? undone ?? this.window.bytesBefore(at)
      this.out.push({
        ok: false,
        error: { code, detail, ordinal: this.ordinal + 1, offset, line, column, fatal: true },
      })
    }
  }

  /** A closing tag of another name is told of only after it has closed the record: where that record began. */
  private undone(): number | undefined {
    if (this.lastEnd !== this.xml.parser.position) return undefined
    this.ordinal -= 1
    const last = this.out.pop()
    return last?.ok ? last.element.offset : last?.error.offset
  }

  /** What is wrong in a record refuses the record; outside of one there is nothing to be refused alone. */
  private tolerated(error: XmlError): boolean {
    if (this.record === undefined) return false
    this.record.mistake ??= error
    return true
  }

  private opened(tag: Tag, declares: Readonly<Record<string, string>>): void {
    const { local } = tag
    const parent = this.ancestors.at(-1)
    if (parent === undefined && local.toLowerCase() === 'html') {
      throw new XmlError('unexpected_format', 'the source answered HTML', this.xml.parser.line, this.xml.parser.column)
    }
    if (this.record === undefined && this.isRecord(tag, parent?.local)) this.begin()
    this.ancestors.push({ local, declares })
  }

  private isRecord({ uri, local, attributes }: Tag, parent: string | undefined): boolean {
    return this.shapes.some((shape) => {
      if (shape.local !== local || shape.uri !== uri) return false
      if (shape.parent !== undefined && shape.parent !== parent) return false
      const [name, ending] = shape.attribute ?? []
      return name === undefined || ending === undefined || attributes[name]?.value.endsWith(ending) === true
    })
  }

  private begin(): void {
    // Between a tag's name and its end the only "<" is its first character: attributes cannot hold one.
    const start = this.window.lastOpenBefore(this.xml.parser.position)
    const declarations = new Map<string, string>()
    for (const { declares } of this.ancestors)
      for (const prefix in declares) declarations.set(prefix, declares[prefix] ?? '')
    const builder = new XmlBuilder()
    const offset = this.window.bytesBefore(start)
    this.record = {
      depth: this.ancestors.length,
      start,
      offset,
      context: contextOf(declarations, this.encoding),
      builder,
      tooLong: false,
      mistake: undefined,
    }
    this.xml.parser.on('text', (text) => builder.text(text))
    this.xml.parser.on('cdata', (text) => builder.text(text))
  }

  private closed(): void {
    this.ancestors.pop()
    const record = this.record
    if (record === undefined) return
    const tree = record.tooLong ? undefined : record.builder.closeTag()
    if (this.ancestors.length > record.depth) return
    this.record = undefined
    this.deaf()
    this.ordinal += 1
    const { offset } = record
    const end = this.xml.parser.position
    this.lastEnd = end
    if (record.mistake !== undefined) {
      this.refuse(offset, record.mistake)
      return
    }
    const bytes = record.tooLong ? undefined : this.encoding.encode(this.window.slice(record.start, end))
    if (bytes === undefined || tree === undefined || bytes.byteLength > MAX_RECORD_BYTES) this.refuseLong(offset)
    else
      this.out.push({
        ok: true,
        element: { ordinal: this.ordinal, offset, format: 'xml', bytes, context: record.context, tree },
      })
  }

  private refuse(offset: number, { code, message: detail, line, column }: XmlError): void {
    this.out.push({ ok: false, error: { code, detail, ordinal: this.ordinal, offset, line, column, fatal: false } })
  }

  private refuseLong(offset: number): void {
    const detail = `record ${this.ordinal} is larger than ${MAX_RECORD_BYTES >> 20} MiB`
    this.out.push({ ok: false, error: { code: 'line_too_long', detail, ordinal: this.ordinal, offset, fatal: false } })
  }

  /** Outside a record, and inside one that is refused already, text is not gathered. */
  private deaf(): void {
    this.xml.parser.off('text')
    this.xml.parser.off('cdata')
  }

  /** Drops the text that no record can need. */
  private forget(): void {
    const record = this.record
    if (record !== undefined && this.fed - record.start > MAX_RECORD_BYTES) {
      record.tooLong = true
      this.deaf()
    }
    this.window.forget(record === undefined || record.tooLong ? undefined : record.start)
  }
}
