import type { JsonValue } from '../adapter.ts'
import { isObject } from '../reading.ts'
import type { Flag, Rule } from './mapping-file.ts'

type Given = JsonValue | undefined

/** The keys of a path: `/a/b~1c` leads through `a` to `b/c`; without a slash in front it is one key, as a column is. */
export function keysOf(path: string): string[] {
  if (!path.startsWith('/')) return [path]
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** What a path leads to. Lists on the way are gone through: `/authors/name` is the name of every author. */
export function valuesAt(value: Given, path: string): JsonValue[] {
  if (path === '') return flat(value)
  return keysOf(path).reduce<JsonValue[]>(
    (found, key) => (key === '*' ? found : found.flatMap((one) => (isObject(one) ? flat(own(one, key)) : []))),
    flat(value),
  )
}

function own(object: { readonly [key: string]: Given }, key: string): Given {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

function flat(value: Given): JsonValue[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? (value as readonly JsonValue[]).flatMap(flat) : [value]
}

/** Text of what is text, a number or a truth; of an XML element its own. */
export function textIn(value: JsonValue): string | undefined {
  const own = isObject(value) ? value['#text'] : value
  if (typeof own !== 'string' && typeof own !== 'number' && typeof own !== 'boolean') return undefined
  const text = String(own).trim()
  return text === '' ? undefined : text
}

/** Every text that a rule finds in a record, in order. */
export function textsBy(rule: Rule | undefined, record: JsonValue): string[] {
  if (rule === undefined) return []
  if (rule.constant !== undefined) return [rule.constant]
  const found = (rule.from ?? []).map((path) => valuesAt(record, path).flatMap((value) => textIn(value) ?? []))
  const texts = found.find((some) => some.length > 0) ?? []
  const parts = rule.split === undefined ? texts : texts.flatMap((one) => partsOf(one, rule.split ?? ''))
  const bare = parts.map((one) =>
    rule.strip !== undefined && one.startsWith(rule.strip) ? one.slice(rule.strip.length) : one,
  )
  const { words, otherwise } = rule
  const ours = words === undefined ? bare : bare.flatMap((one) => wordFor(one, words) ?? otherwise ?? [])
  return ours.length === 0 && otherwise !== undefined ? [otherwise] : ours
}

/** The first of them. */
export function textBy(rule: Rule | undefined, record: JsonValue): string | undefined {
  return textsBy(rule, record)[0]
}

export function isSet(flag: Flag | undefined, record: JsonValue): boolean {
  if (flag === undefined) return false
  return textsBy({ from: flag.from }, record).some((one) => flag.when.includes(one))
}

export function partsOf(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

function wordFor(given: string, words: Readonly<Record<string, string>>): string | undefined {
  if (Object.hasOwn(words, given)) return words[given]
  const key = Object.keys(words).find((word) => word.toLowerCase() === given.toLowerCase())
  return key === undefined ? undefined : words[key]
}
