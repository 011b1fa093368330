import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { it } from 'vitest'
import { recordsOfFile } from '../formats/records-of-file.ts'
import type { XmlElement } from '../formats/xml-tree.ts'
import type { Adapter, AdapterResult, JsonObject, JsonValue } from './adapter.ts'
import { fingerprintsOf } from './fingerprints.ts'
import { ADAPTERS } from './index.ts'
import { readObject, readRecord } from './read-record.ts'

const folder = join(import.meta.dirname, '../../fixtures')
const files = (await readdir(folder)).filter((name) => !name.includes('.expected.'))

// What every object has is no word of a table; shapes that are none of the source's; what no number can be.
const VALUES: readonly JsonValue[] = ['constructor', '', 5, {}, [{ a: {} }], [null, 5, 'constructor']]

/** The value with another one in each of its places; of a list the first three are tried. */
function* withOthers(value: JsonValue | undefined): Generator<JsonValue> {
  yield* VALUES
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value).slice(0, Array.isArray(value) ? 3 : undefined)) {
    for (const other of withOthers((value as JsonObject)[key])) {
      yield Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other }
    }
  }
}

/** The element with other text in each of its places, an attribute's among them. */
function* withOtherText(element: XmlElement): Generator<XmlElement> {
  for (const name of Object.keys(element.attributes))
    yield { ...element, attributes: { ...element.attributes, [name]: 'constructor' } }
  for (const [at, child] of element.children.entries()) {
    const others = typeof child === 'string' ? ['constructor'] : ['', ...withOtherText(child)]
    for (const other of others) yield { ...element, children: element.children.with(at, other) }
  }
}

function* mutantsOf(adapter: Adapter, read: unknown): Generator<AdapterResult> {
  const { json, tree } = read as { json?: JsonObject; tree?: XmlElement }
  if (json !== undefined) {
    for (const other of withOthers(json))
      if (typeof other === 'object' && !Array.isArray(other)) yield readObject(adapter, other as JsonObject)
  }
  if (tree !== undefined)
    for (const other of withOtherText(tree))
      yield readRecord(adapter, { format: 'xml', bytes: Buffer.alloc(0), context: '', tree: other })
}

it.each([...ADAPTERS])(
  '%s reads or refuses whatever stands in any place, and lets only values through',
  async (source, adapter) => {
    for (const name of files.filter((file) => file.split(/[.-]/)[0] === source)) {
      for await (const framed of recordsOfFile(createReadStream(join(folder, name)), { adapter, fileName: name })) {
        if (!framed.ok) continue
        const { format, bytes, tree } = framed.element
        const json = format === 'json' ? JSON.parse(bytes.toString()) : undefined
        // Canonical JSON throws at whatever is no value: a function out of a table, a number that is none.
        for (const result of mutantsOf(adapter, { json, tree })) if (result.ok) fingerprintsOf(result.record)
      }
    }
  },
)
