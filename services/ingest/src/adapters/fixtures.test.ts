import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { recordsOfFile } from '../formats/records-of-file.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

const folder = join(import.meta.dirname, '../../fixtures')
const files = (await readdir(folder)).filter((name) => !name.includes('.expected.'))

/** `arxiv-oai.xml` is of `arxiv`. */
const sourceOf = (name: string) => name.split(/[.-]/)[0] ?? ''

/** What a file of a source gives, record by record. */
async function readAll(name: string): Promise<unknown[]> {
  const adapter = ADAPTERS.get(sourceOf(name))
  if (adapter === undefined)
    throw new Error(`fixtures/${name} is of no source: add its adapter to the rows of adapters/index.ts`)
  const results: unknown[] = []
  for await (const framed of recordsOfFile(createReadStream(join(folder, name)), { adapter, fileName: name })) {
    if (!framed.ok) results.push(framed.error)
    else {
      const result = readRecord(adapter, framed.element)
      results.push(result.ok ? result.record : result.errors)
      // Bytes and context are all that is stored: read alone they give the same.
      const { format, bytes, context } = framed.element
      expect(readRecord(adapter, { format, bytes, context })).toEqual(result)
    }
  }
  return results
}

// Fields that are false unless the record says otherwise.
const USUALLY_FALSE = new Set(['deleted', 'retracted', 'collective', 'best'])

/** What was read, to be reviewed: fields about which a record says nothing are left out. */
function reviewed(results: readonly unknown[]): string {
  const said = (key: string, value: unknown) =>
    value === null || (Array.isArray(value) && value.length === 0) || (value === false && USUALLY_FALSE.has(key))
      ? undefined
      : value
  return `${JSON.stringify(results, said, 2)}\n`
}

it.each(files)('%s is read as reviewed', async (name) => {
  const results = await readAll(name)
  const expected = join(folder, `${name.slice(0, name.lastIndexOf('.'))}.expected.json`)
  await expect(reviewed(results)).toMatchFileSnapshot(expected)
})

/** Words that a newcomer understands: what is missing, and what to do. */
it.each([...ADAPTERS])('%s has a fixture, and the row has its name', (source, adapter) => {
  expect(adapter.source).toBe(source)
  const own = files.filter((name) => sourceOf(name) === source)
  expect(own, `"${source}" has no fixture: put records as it sends them into fixtures/${source}.json`).not.toEqual([])
})

it.each(files)('records of %s are found by the name that they have here', async (name) => {
  const adapter = ADAPTERS.get(sourceOf(name))
  const ids = (await readAll(name)).flatMap((result) => (Object.hasOwn(result as object, 'sourceId') ? [result] : []))
  for (const { sourceId } of ids as { sourceId: string }[]) expect(adapter?.idOf(sourceId)).toBe(sourceId)
})
