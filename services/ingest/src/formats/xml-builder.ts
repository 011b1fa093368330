import type { SaxesAttributeNS } from 'saxes'
import type { XmlElement } from './xml-tree.ts'

interface Open {
  readonly uri: string
  readonly local: string
  readonly attributes: Record<string, string>
  readonly children: (XmlElement | string)[]
}

/** Builds the tree of one element out of the events between its two tags. */
export class XmlBuilder {
  private readonly open: Open[] = []

  openTag(uri: string, local: string, attributes: Record<string, SaxesAttributeNS>): void {
    const values: Record<string, string> = Object.create(null)
    for (const name in attributes) values[name] = attributes[name]?.value ?? ''
    const element: Open = { uri, local, attributes: values, children: [] }
    this.open.at(-1)?.children.push(element)
    this.open.push(element)
  }

  text(text: string): void {
    this.open.at(-1)?.children.push(text)
  }

  /** The whole element once its outermost tag is closed. */
  closeTag(): XmlElement | undefined {
    const element = this.open.pop()
    return this.open.length === 0 ? element : undefined
  }
}
