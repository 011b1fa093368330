/** An element with its namespace resolved. Comments and processing instructions are not kept. */
export interface XmlElement {
  /** Namespace name, '' for none. */
  readonly uri: string
  readonly local: string
  /** By name as written (`xml:lang`, `type`). */
  readonly attributes: Readonly<Record<string, string>>
  /** Elements and text in document order; CDATA is text. */
  readonly children: readonly (XmlElement | string)[]
}
