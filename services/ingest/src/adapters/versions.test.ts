import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordsOfFile } from '../formats/records-of-file.ts'
import type { Adapter } from './adapter.ts'
import { ADAPTERS } from './index.ts'
import { readRecord } from './read-record.ts'

/** What each version made of the fixtures: of the bytes of a record the hash of what was read. */
type Readings = Readonly<
  Record<string, { readonly version: number; readonly records: Readonly<Record<string, string>> }>
>

const root = join(import.meta.dirname, '../..')
const file = join(root, 'readings.json')
const recorded: Readings = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Readings) : {}

async function filesOf(source: string): Promise<string[]> {
  const fixtures = (await readdir(join(root, 'fixtures'))).filter((name) => name.split(/[.-]/)[0] === source)
  const forms = existsSync(join(root, 'forms', source)) ? await readdir(join(root, 'forms', source)) : []
  return [
    ...fixtures.filter((name) => !name.includes('.expected.')).map((name) => join(root, 'fixtures', name)),
    ...forms.map((name) => join(root, 'forms', source, name)),
  ]
}

async function read(source: string, adapter: Adapter): Promise<Map<string, string>> {
  const readings = new Map<string, string>()
  for (const path of await filesOf(source)) {
    for await (const framed of recordsOfFile(createReadStream(path), { adapter, fileName: path })) {
      const result = framed.ok ? readRecord(adapter, framed.element) : framed
      if (framed.ok && result.ok) readings.set(hash(framed.element.bytes), hash(said(result.record)))
    }
  }
  return new Map([...readings].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function hash(value: string | Uint8Array): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 12)
}

/** Keys in order, without those that say nothing: a field that is new and says nothing changes no record. */
function said(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (Array.isArray(part)) return part
    if (typeof part !== 'object' || part === null) return part
    const entries = Object.entries(part).filter(
      ([, item]) => item !== null && item !== false && !(Array.isArray(item) && item.length === 0),
    )
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

describe.each([...ADAPTERS])('%s', (source, adapter) => {
  it('reads what it read before, or has another version', async () => {
    const { version, records } = recorded[source] ?? { version: 0, records: {} }
    expect(adapter.version).toBeGreaterThanOrEqual(version)
    if (adapter.version > version) return
    const now = await read(source, adapter)
    const other = [...now].filter(([bytes, reading]) => records[bytes] !== undefined && records[bytes] !== reading)
    expect(
      other,
      `${source}: ${other.length} records of the fixtures are read otherwise than by version ${version}, and "renormalise" would pass over those that are stored: raise the version of the adapter, then run this test with -u`,
    ).toEqual([])
  })
})

it('readings.json has what every version makes of the fixtures (vitest -u writes it)', async () => {
  const all = await Promise.all(
    [...ADAPTERS].map(async ([source, adapter]) => {
      const now = await read(source, adapter)
      const known = recorded[source]
      // Under the same version what was read before stays: -u does not take the place of another version.
      const kept = [...now].map(([bytes, reading]) => [
        bytes,
        known?.version === adapter.version ? (known.records[bytes] ?? reading) : reading,
      ])
      return [
        source,
        { version: adapter.version, records: Object.fromEntries(kept) as Record<string, string> },
      ] as const
    }),
  )
  await expect(
    `${JSON.stringify(Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`,
  ).toMatchFileSnapshot(file)
})
