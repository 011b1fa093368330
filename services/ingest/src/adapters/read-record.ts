import { parseStrict } from '@atlas/runtime'
import type { RawElement } from '../formats/framed.ts'
import { parseXml } from '../formats/parse-xml.ts'
import type { Adapter, AdapterResult, FieldError, JsonObject, Normalised } from './adapter.ts'
import { readTextRecord } from './read-text-record.ts'
import { isSourceId, SOURCE_ID_RULE } from './source-id.ts'

const MAX_TITLE = 10_000
const MAX_NAME = 1_000
const MAX_AUTHORS = 20_000

/** Parses one record's bytes strictly, has the adapter read it, and holds the result to the limits. */
export function readRecord(
  adapter: Adapter,
  raw: Pick<RawElement, 'format' | 'bytes' | 'context'> & { readonly tree?: RawElement['tree'] },
): AdapterResult {
  if (raw.format === 'json') {
    const parsed = parseStrict(raw.bytes, adapter.condense)
    if (parsed.ok) return readObject(adapter, parsed.value)
    const { code, detail, pointer } = parsed.error
    return refused({ code, detail, pointer: pointer ?? '' })
  }
  if (raw.format !== 'xml') {
    const read = readTextRecord(adapter, raw)
    return read === undefined ? refused(wrongFormat(adapter)) : limited(read)
  }
  if (adapter.readXml === undefined) return refused(wrongFormat(adapter))
  if (raw.tree !== undefined) return limited(adapter.readXml(raw.tree))
  const parsed = parseXml(raw.bytes, raw.context, adapter.entities)
  if (parsed.ok) return limited(adapter.readXml(parsed.element))
  const { code, detail, line, column } = parsed.error
  return refused({ code, detail: `line ${line}, column ${column}: ${detail}`, pointer: '' })
}

/** The same for a JSON object that `parseStrict` has returned already. */
export function readObject(adapter: Adapter, value: JsonObject): AdapterResult {
  return adapter.readJson === undefined ? refused(wrongFormat(adapter)) : limited(adapter.readJson(value))
}

function refused(error: FieldError): AdapterResult {
  return { ok: false, errors: [error] }
}

function wrongFormat({ source, formats }: Adapter): FieldError {
  return { code: 'unexpected_format', pointer: '', detail: `records of ${source} are ${formats.join(' or ')}` }
}

function limited(result: AdapterResult): AdapterResult {
  if (!result.ok) return result
  const errors = [...unusableId(result.record), ...tooLong(result.record)]
  return errors.length === 0 ? result : { ok: false, errors, sourceId: result.record.sourceId }
}

/** No adapter can let an id through that a key or a page would stumble over. */
function* unusableId({ sourceId }: Normalised): Generator<FieldError> {
  if (!isSourceId(sourceId)) yield { code: 'invalid_field', pointer: '', detail: SOURCE_ID_RULE }
}

// Where these stand in the source's own record only its adapter knows: the pointer is to the whole.
function* tooLong({ titles, authors }: Normalised): Generator<FieldError> {
  for (const [at, { text }] of titles.entries()) {
    if (text.length > MAX_TITLE) {
      yield {
        code: 'field_too_long',
        pointer: '',
        detail: `title ${at + 1}: a title has at most ${MAX_TITLE} characters`,
      }
    }
  }
  if (authors.length > MAX_AUTHORS) {
    yield { code: 'too_many_items', pointer: '', detail: `a record has at most ${MAX_AUTHORS} authors` }
  }
  const long = authors.find(
    ({ name, given, family }) => Math.max(name.length, given?.length ?? 0, family?.length ?? 0) > MAX_NAME,
  )
  if (long) {
    yield {
      code: 'field_too_long',
      pointer: '',
      detail: `author ${long.position}: a name has at most ${MAX_NAME} characters`,
    }
  }
}
