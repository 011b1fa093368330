import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { Adapter, JsonObject, JsonValue } from '../adapter.ts'
import { ADAPTERS } from '../index.ts'
import { readObject } from '../read-record.ts'
import { patternOf, pointerOf, replaced, typeOf } from './probe-schema.ts'
import { fixturesOf, jsonRecordsOf } from './records-of-fixtures.ts'
import { schemaOf } from './schema-of.ts'

const root = join(import.meta.dirname, '../../../../..')
const fixtures = join(root, 'services/ingest/fixtures')
const samples = join(resolve(root, process.env.ATLAS_SHARED ?? '../shared'), 'data/samples')
const absent = existsSync(samples) ? false : 'the sample records are not beside this clone'

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false })
const sources = [...ADAPTERS.values()]
const ofJson = sources.filter(({ formats }) => formats.some((format) => format === 'json'))

function validatorOf(adapter: Adapter): ValidateFunction {
  // A validator is kept under the schema's id.
  return ajv.getSchema(`/v1/sources/${adapter.source}/schema`) ?? ajv.compile(schemaOf(adapter))
}

async function takenOf(adapter: Adapter, paths: readonly string[]): Promise<JsonObject[]> {
  const records = await Array.fromAsync(jsonRecordsOf(adapter, paths))
  return records.filter((record) => readObject(adapter, record).ok)
}

async function samplesOf(source: string): Promise<string[]> {
  const folder = join(samples, source)
  if (!existsSync(folder)) return []
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  return names
    .filter((one) => one.isFile() && !/\.(xml|rdf|csv|md)$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
}

/** Each place of a record, list items as one; so many of a list are looked at. */
function* placesOf(value: JsonValue, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  const members: [string | number, JsonValue | undefined][] = Array.isArray(value)
    ? value.slice(0, 2).map((item: JsonValue, at) => [at, item])
    : Object.entries(value)
  for (const [step, member] of members) if (member !== undefined) yield* placesOf(member, [...path, step])
}

const WRONG: readonly JsonValue[] = ['x', 7, true, {}, [], null]

/** Values at described places which the schema refuses, and at which place the adapter then refuses the record. */
function* refusedBy(
  adapter: Adapter,
  record: JsonObject,
): Generator<{ place: string; given: string; pointers: string[] }> {
  const validate = validatorOf(adapter)
  for (const path of placesOf(record)) {
    const values = typeof path.at(-1) === 'number' ? WRONG : [...WRONG, undefined]
    for (const value of values) {
      const wrong = replaced(record, path, value)
      if (validate(wrong)) continue
      const result = readObject(adapter, wrong)
      const pointers = result.ok ? [] : result.errors.map(({ pointer }) => pointer)
      yield { place: pointerOf(path), given: value === undefined ? 'nothing' : typeOf(value), pointers }
    }
  }
}

it.each(sources.map((adapter) => [adapter.source, adapter] as const))('the schema of %s is one', (_, adapter) => {
  const schema = schemaOf(adapter)
  expect(ajv.validateSchema(schema), ajv.errorsText()).toBe(true)
  expect(schema).toMatchObject({
    $id: `/v1/sources/${adapter.source}/schema`,
    description: expect.stringMatching(/\.$/),
  })
})

describe.each(ofJson.map((adapter) => [adapter.source, adapter] as const))('%s', (source, adapter) => {
  it('has a schema that takes what its adapter takes of the fixtures', async () => {
    const file = join(import.meta.dirname, `${source}.json`)
    expect(existsSync(file), `add "${source}" to schemas/about.ts and run src/schemas-main.ts ${source}`).toBe(true)
    const validate = validatorOf(adapter)
    for (const record of await takenOf(adapter, await fixturesOf(source, fixtures)))
      expect({ record, errors: validate(record) ? [] : validate.errors }).toEqual({ record, errors: [] })
    for (const nothing of ['text', 7, []]) expect(validate(nothing)).toBe(false)
  })

  it('what the schema refuses its adapter refuses, at the same place', async () => {
    let refused = 0
    for (const record of await takenOf(adapter, await fixturesOf(source, fixtures))) {
      for (const { place, given, pointers } of refusedBy(adapter, record)) {
        refused++
        expect({ place, given, pointers }).toEqual({ place, given, pointers: expect.arrayContaining([place]) })
      }
    }
    expect(refused).toBeGreaterThan(0)
  })

  it.skipIf(absent)('has a schema that takes what its adapter takes of the samples', async () => {
    const validate = validatorOf(adapter)
    const wrong = new Map<string, unknown>()
    for (const record of await takenOf(adapter, await samplesOf(source))) {
      if (validate(record)) continue
      for (const { instancePath, message } of validate.errors ?? [])
        wrong.set(
          patternOf(
            instancePath
              .split('/')
              .slice(1)
              .map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
          ),
          message,
        )
    }
    expect(Object.fromEntries(wrong)).toEqual({})
  })
})
