import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { recordsOfFile } from '../formats/records-of-file.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

const folder = join(import.meta.dirname, '../../fixtures')
const files = (await readdir(folder)).filter((name) => !name.includes('.expected.'))

/** What a file of a source gives, record by record. */
async function readAll(name: string): Promise<unknown[]> {
  const adapter = ADAPTERS.get(name.split(/[.-]/)[0] ?? '')
  if (adapter === undefined) throw new Error(`no adapter for "${name}"`)
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

it.each(files)('%s is read as reviewed', async (name) => {
  const results = await readAll(name)
  const expected = join(folder, `${name.slice(0, name.lastIndexOf('.'))}.expected.json`)
  await expect(`${JSON.stringify(results, null, 2)}\n`).toMatchFileSnapshot(expected)
})

it('every source has a fixture', () => {
  for (const source of ADAPTERS.keys()) expect(files.some((name) => name.startsWith(source))).toBe(true)
})
