import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOfFile } from '../formats/records-of-file.ts'
import type { Normalised } from './adapter.ts'
import { FORM_DIFFERENCES } from './form-differences.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

// forms/hal/search.json and forms/hal/tei.xml are the same made-up deposits of HAL in two of its forms.
const folder = join(import.meta.dirname, '../../forms')
// The form that says most comes first where there are more than two.
const FIRST = new Set([
  'search.json',
  'details.json',
  'bibtex.bib',
  'api.json',
  'results.json',
  'works.json',
  'atom.xml',
])

const sources = await readdir(folder)
const pairs = (
  await Promise.all(
    sources.map(async (source) => {
      const files = await readdir(join(folder, source))
      const first = files.find((name) => FIRST.has(name)) ?? ''
      return files.flatMap((name) => (name === first ? [] : [{ source, first, other: name }]))
    }),
  )
).flat()

async function recordsOf(source: string, name: string): Promise<Map<string, Normalised>> {
  const adapter = ADAPTERS.get(source)
  if (adapter === undefined) throw new Error(`there is no source ${source}`)
  const records = new Map<string, Normalised>()
  const stream = createReadStream(join(folder, source, name))
  for await (const framed of recordsOfFile(stream, { adapter, fileName: name })) {
    const result = framed.ok ? readRecord(adapter, framed.element) : framed
    if (!result.ok) throw new Error(`${source}/${name}: ${JSON.stringify(result)}`)
    records.set(result.record.sourceId, result.record)
  }
  return records
}

/** Every value by its path: `authors[].name`. */
function valuesOf(value: unknown, path = '', found = new Map<string, unknown[]>()): Map<string, unknown[]> {
  if (Array.isArray(value)) for (const item of value) valuesOf(item, `${path}[]`, found)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) valuesOf(item, path === '' ? key : `${path}.${key}`, found)
  else if (value !== null && value !== undefined) found.set(path, [...(found.get(path) ?? []), value])
  return found
}

function differing(a: Normalised, b: Normalised): string[] {
  const [left, right] = [valuesOf(a), valuesOf(b)]
  const paths = new Set([...left.keys(), ...right.keys()])
  return [...paths].filter((path) => JSON.stringify(left.get(path)) !== JSON.stringify(right.get(path)))
}

describe.each(pairs)('$source: $first and $other', ({ source, first, other }) => {
  it('say the same, but for the differences that are written down', async () => {
    const [left, right] = await Promise.all([recordsOf(source, first), recordsOf(source, other)])
    const common = [...right].flatMap(([id, record]) => {
      const same = left.get(id)
      return same === undefined ? [] : [differing(same, record)]
    })
    expect(common.length).toBe(right.size)
    const form = other.slice(0, other.indexOf('.'))
    const known = Object.values(FORM_DIFFERENCES[source]?.others[form] ?? {}).flat()
    expect([...new Set(common.flat())].sort()).toEqual(known.toSorted())
  })
})

it('every difference is of a form that is tried', () => {
  const tried = new Set(pairs.map(({ source, other }) => `${source} ${other.slice(0, other.indexOf('.'))}`))
  for (const [source, { others }] of Object.entries(FORM_DIFFERENCES))
    for (const form of Object.keys(others)) expect(tried).toContain(`${source} ${form}`)
})
