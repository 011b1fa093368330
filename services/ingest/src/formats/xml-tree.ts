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

/** Child elements of that local name, in the parent's own namespace unless another is named. */
export function childrenOf(element: XmlElement | undefined, local: string, uri?: string): XmlElement[] {
  if (element === undefined) return []
  return element.children.filter(
    (child): child is XmlElement =>
      typeof child !== 'string' && child.local === local && child.uri === (uri ?? element.uri),
  )
}

/** The first such child. */
export function childOf(element: XmlElement | undefined, local: string, uri?: string): XmlElement | undefined {
  return childrenOf(element, local, uri)[0]
}

/** Every child element, whatever its name. */
export function elementsOf(element: XmlElement | undefined): XmlElement[] {
  return element === undefined ? [] : element.children.filter((child): child is XmlElement => typeof child !== 'string')
}

/** The first element at the end of a path of local names, all in one namespace. */
export function at(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((inside, local) => childOf(inside, local), element)
}

/** All text inside, in order. */
export function textOf(element: XmlElement | undefined): string {
  if (element === undefined) return ''
  return element.children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
}

/** All text inside on one line; undefined when there is none. */
export function lineOf(element: XmlElement | undefined): string | undefined {
  const text = textOf(element).replace(/\s+/gu, ' ').trim()
  return text === '' ? undefined : text
}
