import { parseOrcid } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate } from '@atlas/schemas'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { JsonObject, JsonValue } from './adapter.ts'
import { parseInstant, partialDate } from './dates.ts'
import { ourWord } from './mapping.ts'
import { ID_RELATIONS, WORK_IDS } from './orcid-types.ts'
import { isObject, type Reading } from './reading.ts'

type Given = JsonValue | undefined

/**
 * An element as the JSON of the same API has it: names without their prefix, attributes as fields, what stands several
 * times a list. A list of one is a value here and a list there, so lists are read with `oneOrMore`.
 */
export function asJson(element: XmlElement): JsonObject {
  const fields = new Map<string, JsonValue>()
  for (const [name, value] of Object.entries(element.attributes)) if (!name.startsWith('xmlns')) fields.set(name, value)
  let text = ''
  for (const child of element.children) {
    if (typeof child === 'string') text += child
    else fields.set(child.local, together(fields.get(child.local), childValue(child)))
  }
  if (text.trim() !== '') fields.set('value', text)
  return Object.fromEntries(fields)
}

function childValue(child: XmlElement): JsonValue {
  const bare = Object.keys(child.attributes).length === 0 && child.children.every((one) => typeof one === 'string')
  return bare ? child.children.join('') : asJson(child)
}

function together(known: JsonValue | undefined, value: JsonValue): JsonValue {
  if (known === undefined) return value
  return Array.isArray(known) ? [...known, value] : [known, value]
}

/** The text of `"x"`, `{"value": "x"}` and `{"content": "x"}`. */
export function textIn(reading: Reading, given: Given, pointer: string): string | undefined {
  return reading.text(isObject(given) ? (given.value ?? given.content) : given, pointer)
}

/** The same on one line without markup. */
export function lineIn(reading: Reading, given: Given, pointer: string): string | undefined {
  return reading.plain(isObject(given) ? (given.value ?? given.content) : given, pointer)
}

/** The things in `{"thing": […]}` that everybody may see; an empty list is often `null`, or an empty text in XML. */
export function visible(reading: Reading, list: Given, key: string): JsonObject[] {
  if (!isObject(list)) return []
  return reading.oneOrMore(list[key]).filter(isObject).filter(isVisible)
}

/** v2 writes PUBLIC; where nothing is said, who asked has been allowed to see it. */
export function isVisible({ visibility }: JsonObject): boolean {
  return typeof visibility !== 'string' || visibility.toLowerCase() === 'public'
}

/** Milliseconds of `{"value": 1543525783951}`, and of the ISO text that XML has. */
export function stampIn(given: Given): number | null {
  const value = isObject(given) ? given.value : given
  if (typeof value === 'number') return value
  return typeof value === 'string' ? (parseInstant(value) ?? null) : null
}

/** Year, month and day, as far as they are given. */
export function dateIn(given: Given): RecordPartialDate | undefined {
  if (!isObject(given)) return undefined
  const part = (key: string) => {
    const value = isObject(given[key]) ? given[key].value : given[key]
    return typeof value === 'string' && /^\d{1,4}$/.test(value.trim()) ? Number(value) : undefined
  }
  return partialDate(part('year') ?? 0, part('month'), part('day'))
}

/** The iD that a path begins with: `/0000-0002-1825-0097/work/1`. */
export function ownerIn(path: Given): string | undefined {
  const found = typeof path === 'string' ? /^\/?([\dX-]{19})(?:\/|$)/i.exec(path.trim()) : null
  return found?.[1] === undefined ? undefined : parseOrcid(found[1])
}

/** The identifiers of a work that mean the same everywhere. `bookIsSelf`: an ISBN is the work's own, and not its book's. */
export function workIds(reading: Reading, work: JsonObject, pointer: string, bookIsSelf: boolean): RecordIdentifier[] {
  return externalIds(work).flatMap((id, at) => {
    const [scheme, parse] = ourWord(WORK_IDS, wordOf(id['external-id-type'])) ?? []
    if (scheme === undefined || parse === undefined) return []
    const place = `${pointer}/external-ids/external-id/${at}/external-id-value`
    const value = valueIn(reading, id, parse, place)
    if (value === undefined) reading.warn(`${scheme}_unusable`, place)
    const given = ourWord(ID_RELATIONS, wordOf(id['external-id-relationship'])) ?? 'self'
    const relation = scheme === 'isbn' && given === 'self' && !bookIsSelf ? 'part_of' : given
    return value === undefined ? [] : { scheme, value, relation }
  })
}

/** As written; else as ORCID understood it; else out of its address. */
function valueIn(reading: Reading, id: JsonObject, parse: (text: string) => string | undefined, place: string) {
  for (const key of ['external-id-value', 'external-id-normalized', 'external-id-url']) {
    const text = textIn(reading, id[key], place)
    const value = text === undefined ? undefined : parse(text)
    if (value !== undefined && value !== '') return value
  }
  return undefined
}

export function externalIds(given: JsonObject): JsonObject[] {
  const list = given['external-ids']
  const ids = isObject(list) ? list['external-id'] : undefined
  if (Array.isArray(ids)) return ids.filter(isObject)
  return isObject(ids) ? [ids] : []
}

/** `JOURNAL_ARTICLE` of v2 is `journal-article` in v3. */
export function wordOf(given: Given): string {
  return typeof given === 'string' ? given.trim().toLowerCase().replaceAll('_', '-') : ''
}
