import { elementsOf, lineOf, textOf, type XmlElement } from '../formats/xml-tree.ts'
import type { JsonObject, JsonValue } from './adapter.ts'
import { ourWord } from './mapping.ts'

// The same fields in the two forms of an answer, where their names differ.
const IN_JSON: Readonly<Record<string, string>> = {
  ISSN: 'issn',
  ESSN: 'essn',
  ISOAbbreviation: 'isoabbreviation',
  NLMid: 'nlmid',
}

/**
 * The XML form of a result as its JSON form: `<pubTypeList><pubType>Review</pubType></pubTypeList>` is
 * `{"pubType":["Review"]}`, `<authorId type="ORCID">0</authorId>` is `{"type":"ORCID","value":"0"}`.
 */
export function fieldsOf(element: XmlElement): JsonObject {
  const fields: Record<string, JsonValue> = Object.create(null)
  const isList = element.local.endsWith('List')
  for (const child of elementsOf(element)) {
    const key = ourWord(IN_JSON, child.local) ?? child.local
    const known = fields[key]
    const value = fieldOf(child)
    if (isList || Array.isArray(known)) fields[key] = [...(Array.isArray(known) ? known : []), value]
    else fields[key] = value
  }
  return fields
}

function fieldOf(element: XmlElement): JsonValue {
  const hasText = element.children.some((child) => typeof child === 'string' && child.trim() !== '')
  if (Object.keys(element.attributes).length > 0) return { ...element.attributes, value: lineOf(element) ?? '' }
  return hasText || element.children.length === 0 ? textOf(element) : fieldsOf(element)
}
