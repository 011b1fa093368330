import { bibtexNames, texText, texVerbatim } from '@atlas/identifiers'
import type { BibtexEntry } from '../../formats/bibtex-read.ts'
import type { RisEntry } from '../../formats/ris.ts'
import type { XmlElement } from '../../formats/xml-tree.ts'
import type { JsonObject, JsonValue } from '../adapter.ts'

/** An element by the local names of its children, each a list; attributes as `@name`, its own text as `#text`. */
export function objectOfXml(element: XmlElement): JsonObject {
  const object: Record<string, JsonValue[] | string> = Object.create(null)
  for (const [name, value] of Object.entries(element.attributes)) object[`@${name}`] = value
  const text: string[] = []
  for (const child of element.children) {
    if (typeof child === 'string') text.push(child)
    else {
      const list = object[child.local]
      if (Array.isArray(list)) list.push(objectOfXml(child))
      else object[child.local] = [objectOfXml(child)]
    }
  }
  const own = text.join('').replace(/\s+/gu, ' ').trim()
  if (own !== '') object['#text'] = own
  return object
}

const VERBATIM = new Set([
  'doi',
  'url',
  'eprint',
  'isbn',
  'issn',
  'file',
  'pages',
  'date',
  'year',
  'timestamp',
  'keywords',
])
const NAMES = new Set(['author', 'editor', 'translator'])

/** An entry by its fields, TeX decoded; `type`, `key`, and names as lists. */
export function objectOfBibtex({ type, key, fields }: BibtexEntry): JsonObject {
  const object: Record<string, JsonValue> = Object.create(null)
  for (const [name, value] of Object.entries(fields)) {
    if (NAMES.has(name))
      object[name] = bibtexNames(value)
        .filter((one) => one !== 'others')
        .map(texText)
    else object[name] = VERBATIM.has(name) ? texVerbatim(value) : texText(value)
  }
  return Object.assign(object, { type, key })
}

/** A reference by its tags, each a list. */
export function objectOfRis({ type, tags }: RisEntry): JsonObject {
  return { ...tags, type }
}
