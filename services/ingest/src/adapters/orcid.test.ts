import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject, JsonValue } from './adapter.ts'
import { orcid } from './orcid.ts'
import { readObject } from './read-record.ts'

const root = join(import.meta.dirname, '../../../..')
const folder = join(resolve(root, process.env.ATLAS_SHARED ?? '../shared'), 'data/samples/orcid/v2-json')
const absent = existsSync(folder) ? false : 'the sample records are not beside this clone'

const fixture = JSON.parse(
  await readFile(join(root, 'services/ingest/fixtures/orcid-record.json'), 'utf8'),
) as JsonObject

function read(given: JsonObject) {
  const result = readObject(orcid, given)
  if (!result.ok) throw new Error(JSON.stringify(result.errors))
  return result.record
}

it.skipIf(absent)(
  'a person is the author of the DOIs that stand as the own ones of the works in the record',
  async () => {
    let all = 0
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), 'utf8')
      const given = JSON.parse(text) as JsonObject
      const own = new Set<string>()
      JSON.stringify(given, (_, value: Record<string, unknown> | null) => {
        const isOwn = value?.['external-id-type'] === 'doi' && !/OF|BY/.test(String(value['external-id-relationship']))
        const doi = /10\.\d{4,}(?:\.\d+)?\/\S+/.exec(isOwn ? String(value['external-id-value']) : '')?.[0]
        if (doi !== undefined) own.add(doi.toLowerCase())
        return value
      })
      const found = read(given).identifiers.filter((id) => id.scheme === 'doi' && id.relation === 'author_of')
      expect({ file, dois: found.map(({ value }) => value).sort() }).toEqual({ file, dois: [...own].sort() })
      all += own.size
    }
    expect(all).toBeGreaterThan(200)
  },
)

/** Every object of the record that says who may see it, by its place. */
function* seenBy(value: JsonValue | undefined, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof value !== 'object' || value === null) return
  if (Object.hasOwn(value, 'visibility')) yield path
  for (const [key, inner] of Object.entries(value)) yield* seenBy(inner as JsonValue, [...path, key])
}

/** The record with the texts below that place marked, and hidden. */
function hidden(given: JsonObject, path: readonly string[], visibility: string): JsonObject {
  const copy = structuredClone(given) as Record<string, unknown>
  const place = path.reduce<Record<string, unknown>>((one, key) => one[key] as Record<string, unknown>, copy)
  const mark = (value: unknown): unknown => {
    if (typeof value === 'string') return `hidden ${value}`
    if (Array.isArray(value)) return value.map(mark)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mark(inner)]))
  }
  Object.assign(place, mark(place), { visibility })
  return copy as JsonObject
}

it('nothing that its owner shows to some only is read, wherever it stands', () => {
  const places = [...seenBy(fixture)]
  expect(places.length).toBeGreaterThan(15)
  const level = fc.constantFrom('limited', 'private', 'registered-only', 'LIMITED', 'PRIVATE')
  fc.assert(
    fc.property(fc.constantFrom(...places), level, (place, visibility) => {
      expect(JSON.stringify(read(hidden(fixture, place, visibility)))).not.toContain('hidden')
    }),
  )
  // Were it public, it would be read: the mark is one that can be seen.
  const open = places.filter((place) => JSON.stringify(read(hidden(fixture, place, 'public'))).includes('hidden'))
  expect(open.length).toBeGreaterThan(10)
})
