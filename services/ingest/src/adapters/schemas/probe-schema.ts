import type { Adapter, AdapterResult, JsonObject, JsonValue } from '../adapter.ts'
import { readObject } from '../read-record.ts'
import { isObject } from '../reading.ts'

/** One value of each type of JSON: what an adapter is tried with. */
const TRIED = { string: 'x', number: 7, boolean: true, object: {}, array: [], null: null } as const
type JsonType = keyof typeof TRIED
const TYPES = Object.keys(TRIED) as JsonType[]

/** What was learnt of the values at one place of the records, list items as one. */
interface Place {
  visits: number
  readonly accepted: Set<JsonType>
  readonly refused: Set<JsonType>
  /** Leaving it out was refused each time it was tried. */
  missed: 'never' | 'always' | 'sometimes'
  /** It changes what is read of the record. */
  read: boolean
  example: JsonValue | undefined
  readonly children: Map<string, Place>
}

const ITEMS = '*'
/** Of a list so many are tried: the others are of the same kind. */
const MOST_ITEMS = 4

export interface ProbeOptions {
  readonly adapter: Adapter
  /** Native records that the adapter takes. */
  readonly records: readonly JsonObject[]
  /** Objects whose keys are data: what is in them is not described. */
  readonly maps: readonly string[]
  /** Sentences about places, such as `/title`. */
  readonly fields: Readonly<Record<string, string>>
}

/**
 * Describes records by trying the adapter: each value of each record is replaced by one of every other type, and left out.
 * A type is left out of the schema only where the adapter refuses it, at that very place.
 */
export function probeSchema({ adapter, records, maps, fields }: ProbeOptions): JsonObject {
  const root = aPlace()
  for (const record of records) {
    const original = readObject(adapter, record)
    if (!original.ok) continue
    const outcome = JSON.stringify(original.record)
    const attempt = (path: readonly (string | number)[], value: JsonValue | undefined): Attempt =>
      attemptOf(readObject(adapter, replaced(record, path, value)), pointerOf(path), outcome)
    visit(record, root, [], { attempt, maps })
  }
  return schemaOfPlace(root, '', fields)
}

function aPlace(): Place {
  return {
    visits: 0,
    accepted: new Set(),
    refused: new Set(),
    missed: 'never',
    read: false,
    example: undefined,
    children: new Map(),
  }
}

interface Attempt {
  readonly refusedHere: string | undefined
  readonly changed: boolean
}

function attemptOf(result: AdapterResult, pointer: string, outcome: string): Attempt {
  const here = result.ok ? undefined : result.errors.find((error) => error.pointer === pointer)
  return { refusedHere: here?.code, changed: !result.ok || JSON.stringify(result.record) !== outcome }
}

interface Visit {
  readonly attempt: (path: readonly (string | number)[], value: JsonValue | undefined) => Attempt
  readonly maps: readonly string[]
}

function visit(value: JsonValue, place: Place, path: readonly (string | number)[], visiting: Visit): void {
  place.visits++
  if (path.length > 0) probe(value, place, path, visiting)
  if (visiting.maps.includes(patternOf(path))) return
  const children: [string, string | number, JsonValue][] = Array.isArray(value)
    ? value.slice(0, MOST_ITEMS).map((item: JsonValue, at) => [ITEMS, at, item])
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [[key, key, item]]))
      : []
  for (const [name, step, item] of children) {
    const child = place.children.get(name) ?? aPlace()
    place.children.set(name, child)
    visit(item, child, [...path, step], visiting)
  }
}

function probe(value: JsonValue, place: Place, path: readonly (string | number)[], { attempt }: Visit): void {
  const own = typeOf(value)
  place.accepted.add(own)
  if (own !== 'object' && own !== 'array' && own !== 'null') place.example ??= value
  for (const type of TYPES) {
    if (type === own) continue
    const { refusedHere, changed } = attempt(path, TRIED[type])
    if (refusedHere === undefined) place.accepted.add(type)
    else place.refused.add(type)
    place.read ||= changed
  }
  if (typeof path.at(-1) === 'number') return
  const { refusedHere, changed } = attempt(path, undefined)
  place.read ||= changed
  const missed = refusedHere === 'missing_field' ? 'always' : 'never'
  if (place.visits === 1) place.missed = missed
  else if (place.missed !== missed) place.missed = 'sometimes'
}

function schemaOfPlace(place: Place, pattern: string, fields: ProbeOptions['fields']): JsonObject {
  const children = [...place.children].filter(([, child]) => isTold(child))
  const properties = children.filter(([name]) => name !== ITEMS)
  const items = children.find(([name]) => name === ITEMS)?.[1]
  const required = properties.filter(([, child]) => child.missed === 'always' && child.visits === place.visits)
  const allowed = TYPES.filter((type) => place.accepted.has(type))
  const limited = allowed.length < TYPES.length
  const description = fields[pattern]
  return {
    ...(description === undefined ? {} : { description }),
    ...(place.accepted.size === 0
      ? { type: 'object' }
      : limited
        ? { type: allowed.length === 1 ? (allowed[0] ?? '') : allowed }
        : {}),
    ...(properties.length > 0
      ? {
          properties: Object.fromEntries(
            properties.map(([name, child]) => [name, schemaOfPlace(child, `${pattern}/${name}`, fields)]),
          ),
        }
      : {}),
    ...(required.length > 0 ? { required: required.map(([name]) => name) } : {}),
    ...(items ? { items: schemaOfPlace(items, `${pattern}/${ITEMS}`, fields) } : {}),
    ...(place.example === undefined || String(place.example).length > 100 ? {} : { examples: [place.example] }),
  }
}

/** What an adapter does not look at is nobody's business; what is in it may be. */
function isTold(place: Place): boolean {
  return place.read || [...place.children.values()].some(isTold)
}

export function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'object'
}

export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** The place of a path; all items of a list are one. */
export function patternOf(path: readonly (string | number)[]): string {
  return path.map((step) => (typeof step === 'number' ? `/${ITEMS}` : `/${step}`)).join('')
}

/** A copy with another value at a place; undefined: without it. */
export function replaced<T extends JsonValue>(
  value: T,
  path: readonly (string | number)[],
  by: JsonValue | undefined,
): T {
  const copy = structuredClone(value)
  const holder = path.slice(0, -1).reduce<JsonValue | undefined>((one, step) => memberOf(one, step), copy)
  const last = path.at(-1) ?? ''
  if (typeof holder !== 'object' || holder === null) throw new Error(`nothing at "${pointerOf(path)}"`)
  if (by === undefined) Reflect.deleteProperty(holder, last)
  else Reflect.set(holder, last, by)
  return copy
}

function memberOf(value: JsonValue | undefined, step: string | number): JsonValue | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  return Array.isArray(value) ? (value[Number(step)] as JsonValue) : (value as JsonObject)[step]
}
