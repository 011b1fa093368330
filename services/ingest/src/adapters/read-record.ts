import type { RawElement } from '../formats/framed.ts'
import type { Adapter, AdapterResult, JsonObject } from './adapter.ts'

/** Parses one record's bytes strictly, has the adapter read it, and holds the result to the limits. */
export declare function readRecord(
  adapter: Adapter,
  raw: Pick<RawElement, 'format' | 'bytes' | 'context' | 'tree'>,
): AdapterResult

/** The same for a JSON object that `parseStrict` has returned already. */
export declare function readObject(adapter: Adapter, value: JsonObject): AdapterResult
