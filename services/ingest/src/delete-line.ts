import type { Adapter, JsonObject, JsonValue } from './adapters/adapter.ts'
import { isSourceId, SOURCE_ID_RULE } from './adapters/source-id.ts'
import type { Refusal } from './arriving.ts'
import type { DeletedBecause } from './content.ts'

export type DeleteLine =
  | { readonly ok: true; readonly sourceId: string; readonly because: DeletedBecause }
  | { readonly ok: false; readonly errors: readonly Refusal[] }

/** True for lines that speak to us instead of being a source's record. */
export function isEnvelope(value: JsonObject): boolean {
  return '_atlas' in value
}

const BECAUSE: Readonly<Record<string, DeletedBecause>> = { delete: 'deleted', withdraw: 'withdrawn' }

/** Reads `{"_atlas":{"op":"delete","sourceId":"…"}}`, or `"withdraw"`; a misspelt field must not vanish, so nothing else is allowed. */
export function readDeleteLine(value: JsonObject, { source, idOf }: Pick<Adapter, 'source' | 'idOf'>): DeleteLine {
  const errors: Refusal[] = []
  for (const key of Object.keys(value))
    if (key !== '_atlas')
      errors.push({ code: 'unknown_field', pointer: `/${key}`, detail: 'a line with "_atlas" holds nothing else' })
  const envelope = value['_atlas']
  if (!isObject(envelope)) {
    errors.push({ code: 'invalid_field', pointer: '/_atlas', detail: '"_atlas" must be an object' })
    return { ok: false, errors }
  }
  for (const key of Object.keys(envelope))
    if (key !== 'op' && key !== 'sourceId')
      errors.push({ code: 'unknown_field', pointer: `/_atlas/${key}`, detail: 'known are "op" and "sourceId"' })
  errors.push(...opErrors(envelope['op']), ...idErrors(envelope['sourceId']))
  if (errors.length > 0) return { ok: false, errors }
  const sourceId = idOf(envelope['sourceId'] as string)
  const because = BECAUSE[envelope['op'] as string]
  if (sourceId !== undefined && because !== undefined) return { ok: true, sourceId, because }
  const detail = `this is not an id of ${source}`
  return { ok: false, errors: [{ code: 'invalid_field', pointer: '/_atlas/sourceId', detail }] }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function opErrors(op: JsonValue | undefined): Refusal[] {
  const pointer = '/_atlas/op'
  if (op === undefined) return [{ code: 'missing_field', pointer, detail: 'say what to do: "op": "delete"' }]
  const known = typeof op === 'string' && Object.hasOwn(BECAUSE, op)
  return known ? [] : [{ code: 'invalid_enum', pointer, detail: 'operations are "delete" and "withdraw"' }]
}

function idErrors(id: JsonValue | undefined): Refusal[] {
  const pointer = '/_atlas/sourceId'
  if (id === undefined) return [{ code: 'missing_field', pointer, detail: 'name the record by its id in the source' }]
  return typeof id === 'string' && isSourceId(id)
    ? []
    : [{ code: 'invalid_field', pointer, detail: `${SOURCE_ID_RULE}, without spaces around it` }]
}
