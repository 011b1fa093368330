import { type Doi, type Orcid, parseDoi, parseOrcid, parseRor } from '@atlas/identifiers'
import type { RecordIdentifier, RecordPartialDate, RecordTitle, RecordWarning } from '@atlas/schemas'
import type { AdapterResult, FieldError, JsonObject, JsonValue, Normalised } from './adapter.ts'
import { parseInstant, parsePartialDate } from './dates.ts'
import { asKept } from './own-identifiers.ts'
import { plainText } from './plain-text.ts'
import { isSourceId, SOURCE_ID_RULE } from './source-id.ts'

type Given = JsonValue | undefined

/**
 * What an adapter learns while it reads one record: values of the right shape come back, a wrong shape is noted as an
 * error (the record is refused, with all of its errors), odd content as a warning (the record is kept).
 */
export class Reading {
  readonly errors: FieldError[] = []
  readonly warnings: RecordWarning[] = []
  private givenId: string | undefined

  refuse(code: string, pointer: string, detail: string): void {
    this.errors.push({ code, pointer, detail })
  }

  warn(code: string, pointer: string): void {
    this.warnings.push({ code, pointer })
  }

  /** Text, a number written as text; undefined when there is none. */
  text(value: Given, pointer: string): string | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value === 'number') return String(value)
    if (typeof value === 'string') return value.trim() === '' ? undefined : value
    this.refuse('invalid_field', pointer, 'this must be text')
    return undefined
  }

  /** Text on one line without markup. */
  plain(value: Given, pointer: string): string | undefined {
    const text = this.text(value, pointer)
    const plain = text === undefined ? '' : plainText(text)
    return plain === '' ? undefined : plain
  }

  list(value: Given, pointer: string): readonly JsonValue[] {
    if (value === undefined || value === null) return NONE
    if (Array.isArray(value)) return value as readonly JsonValue[]
    this.refuse('invalid_field', pointer, 'this must be a list')
    return NONE
  }

  /** A list, or one value where some shapes of the source have no list. */
  oneOrMore(value: Given): readonly JsonValue[] {
    if (value === undefined || value === null) return NONE
    return Array.isArray(value) ? (value as readonly JsonValue[]) : [value]
  }

  object(value: Given, pointer: string): JsonObject {
    if (value === undefined || value === null) return NOTHING
    if (isObject(value)) return value
    this.refuse('invalid_field', pointer, 'this must be an object')
    return NOTHING
  }

  objects(value: Given, pointer: string): JsonObject[] {
    return this.list(value, pointer).map((item, at) => this.object(item, `${pointer}/${at}`))
  }

  /** The source's id of the record, as given; '' (and an error) when it cannot be one. */
  sourceId(value: Given, pointer: string): string {
    if (value === undefined || value === null) {
      this.refuse('missing_field', pointer, 'the record has no id')
      return ''
    }
    if (typeof value === 'string' && isSourceId(value.trim())) {
      this.givenId = value.trim()
      return this.givenId
    }
    this.refuse('invalid_field', pointer, SOURCE_ID_RULE)
    return ''
  }

  /** The source's id in its normal form; '' (and an error with these words) when it is none. */
  ownId(value: Given, pointer: string, parse: (text: string) => string | undefined, detail: string): string {
    const given = this.sourceId(value, pointer)
    const id = given === '' ? undefined : parse(given)
    if (id === undefined && given !== '') this.refuse('invalid_field', pointer, detail)
    return id ?? ''
  }

  doi(value: string | undefined, pointer: string): Doi | undefined {
    return this.parsed(value, parseDoi, 'doi_unusable', pointer)
  }

  orcid(value: string | undefined, pointer: string): Orcid | null {
    return this.parsed(value, parseOrcid, 'orcid_unusable', pointer) ?? null
  }

  ror(value: string | undefined, pointer: string): string | null {
    return this.parsed(value, parseRor, 'ror_unusable', pointer) ?? null
  }

  date(value: string | undefined, pointer: string): RecordPartialDate | null {
    return this.parsed(value, parsePartialDate, 'date_unusable', pointer) ?? null
  }

  instant(value: string | undefined, pointer: string): number | null {
    return this.parsed(value, parseInstant, 'date_unusable', pointer) ?? null
  }

  /** What a parser makes of a value; a value it cannot read is a warning. */
  parsed<T>(
    value: string | undefined,
    parse: (text: string) => T | undefined,
    code: string,
    pointer: string,
  ): T | undefined {
    if (value === undefined) return undefined
    const parsed = parse(value)
    if (parsed === undefined) this.warn(code, pointer)
    return parsed
  }

  /** The record, unless something was refused. Identifiers and titles that come twice are kept once. */
  result(record: () => Omit<Normalised, 'warnings' | 'title'>): AdapterResult {
    if (this.errors.length > 0) return this.refused()
    const read = record()
    if (this.errors.length > 0) return this.refused()
    const titles = withoutDoubles(read.titles, (title) => `${title.kind}\u001f${title.language}\u001f${title.text}`)
    const title = (titles.find(({ kind }) => kind === 'main') ?? titles[0])?.text ?? null
    if (title === null && !read.deleted && read.kind === 'work') this.warn('no_title', '')
    const identifiers = asKept(read.identifiers, read.sourceId)
    return { ok: true, record: { ...read, title, titles, identifiers, warnings: this.warnings } }
  }

  private refused(): AdapterResult {
    const { errors, givenId } = this
    return { ok: false, errors, ...(givenId === undefined ? {} : { sourceId: givenId }) }
  }
}

const NONE: readonly JsonValue[] = []
const NOTHING: JsonObject = {}

export function isObject(value: Given): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withoutDoubles<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    const fresh = !seen.has(key)
    seen.add(key)
    return fresh
  })
}

/** A count that a source gives; null for what cannot be one. */
export function count(value: Given): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 2_147_483_647 ? value : null
}

/** A title in a list of titles; none when there is no text. */
export function titleOf(
  text: string | undefined,
  kind: string,
  language: string | undefined = undefined,
): RecordTitle[] {
  return text === undefined ? [] : [{ text, language: language ?? null, kind }]
}

/** An identifier in a list of identifiers; none when there is no value. */
export function identifierOf(scheme: string, value: string | undefined | null, relation = 'self'): RecordIdentifier[] {
  return value === undefined || value === null ? [] : [{ scheme, value, relation }]
}
