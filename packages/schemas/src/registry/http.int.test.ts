import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Stack, startStack } from '@atlas/devstack'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { checkSchemas, type Schemas } from '../evolution/check-compatibility.ts'
import { pushTo } from '../evolution/push-schemas.ts'
import {
  type Authorship,
  type CodecEvent,
  type CodecOptions,
  checkCompatibility,
  createCodec,
  pushSchemas,
  RegistryUnavailableError,
  SchemaIdChangedError,
  TOPIC_NAMES,
} from '../index.ts'
import { createMemoryCache } from '../testing.ts'
import { arbitraryValue } from '../wire/arbitrary-value.ts'
import { createHttpRegistry } from './http.ts'
import { registryContract } from './registry.contract.ts'

let folder = ''
let stack: Stack
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemas-'))
  stack = await startStack({ dataDir: join(folder, 'stack'), persistent: false, parts: ['postgres', 'registry'] })
})
afterAll(async () => {
  await stack?.stop()
  await rm(folder, { recursive: true, force: true })
})

const clock = {
  monotonic: () => performance.now(),
  sleep: (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal ? { signal } : {}),
}
const registry = () => createHttpRegistry(stack.registryUrl, 5_000)
const [authorship] = fc.sample(arbitraryValue(SCHEMAS.authorships), { numRuns: 1, seed: 5 }) as [Authorship]
const open = (cache: CodecOptions['cache'], more: Partial<CodecOptions> = {}) =>
  createCodec({ registryUrl: stack.registryUrl, fetchTimeoutMs: 5_000, cache, topics: TOPIC_NAMES, clock, ...more })
const withAddedField = (field: object): Schemas => {
  const authorships = JSON.parse(SCHEMAS.authorships)
  return { ...SCHEMAS, authorships: JSON.stringify({ ...authorships, fields: [...authorships.fields, field] }) }
}
const framed = (id: number, body: Uint8Array) => {
  const head = Buffer.alloc(5)
  head.writeInt32BE(id, 1)
  return Buffer.concat([head, body])
}

// In this order: what is pushed first is what the rest looks up.
describe('Apicurio', () => {
  describe('keeps the contract', () => {
    registryContract(registry, (test) => `contract-${test}-value`)
  })

  it('gets each schema once from two pushes at once, and a codec then finds its ids', async () => {
    const pushes = await Promise.all([1, 2].map(() => pushSchemas({ registryUrl: stack.registryUrl })))
    const ids = pushes.map((push) => push.map(({ id }) => id))
    expect(ids[0]).toEqual(ids[1])
    for (const topic of TOPIC_NAMES) expect(await registry().listVersions(`${topic}-value`)).toHaveLength(1)
    const again = await pushSchemas({ registryUrl: stack.registryUrl })
    expect(again.map(({ registered }) => registered)).toEqual(TOPIC_NAMES.map(() => false))
    const codec = await open(createMemoryCache())
    const bytes = codec.encode('authorships', authorship)
    expect(bytes.readInt32BE(1)).toBe(again.find(({ topic }) => topic === 'authorships')?.id)
    expect(await codec.decode('authorships', bytes)).toEqual({ ok: true, value: authorship })
  })

  it('checks the schemas of this build as compatible', async () => {
    const reports = await checkCompatibility({ registryUrl: stack.registryUrl })
    expect(reports.map(({ problems, versions }) => ({ problems, versions }))).toEqual(
      TOPIC_NAMES.map(() => ({ problems: [], versions: 1 })),
    )
  })

  it('refuses an incompatible schema, and we name the field', async () => {
    const bad = withAddedField({ name: 'shelf', type: 'string', doc: 'd' })
    await expect(registry().register('authorships-value', bad.authorships)).rejects.toThrow('incompatible')
    await expect(pushTo(registry(), bad)).rejects.toThrow('field `shelf` of Authorship was added without a default')
    expect(await registry().findObjections('authorships-value', bad.authorships)).not.toEqual([])
    const reports = await checkSchemas(registry(), bad)
    expect(reports.flatMap(({ problems }) => problems)).toEqual([
      'field `shelf` of Authorship was added without a default (since version 1)',
    ])
  })

  it('tells foreign ids apart', async () => {
    const codec = await open(createMemoryCache(), { unknownIdBudgetMs: 600, waitPerDecodeMs: 300 })
    const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' }
    const register = async (subject: string, body: object): Promise<number> => {
      const url = `${stack.registryUrl}/subjects/${subject}/versions`
      const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
      return ((await response.json()) as { id: number }).id
    }
    const json = await register('json-value', {
      schemaType: 'JSON',
      schema: '{"$schema":"http://json-schema.org/draft-07/schema#"}',
    })
    const proto = await register('proto-value', {
      schemaType: 'PROTOBUF',
      schema: 'syntax = "proto3"; message A { int32 b = 1; }',
    })
    const foreign = await register('foreign-value', { schema: '{"type":"record","name":"Other","fields":[]}' })
    const works = await registry().findId('works-value', SCHEMAS.works)
    const code = async (id: number) => codec.decode('authorships', framed(id, Buffer.of(0)))
    expect(await code(json)).toMatchObject({ code: 'schema_type_unsupported' })
    expect(await code(proto)).toMatchObject({ code: 'schema_type_unsupported' })
    expect(await code(foreign)).toMatchObject({ code: 'schema_not_for_topic' })
    expect(await code(works ?? 0)).toMatchObject({ code: 'schema_not_for_topic' })
    await expect(code(2 ** 31 - 1)).rejects.toThrow(RegistryUnavailableError)
    let answer: unknown
    while (answer === undefined)
      answer = await code(2 ** 31 - 1).catch((error) => expect(error).toBeInstanceOf(RegistryUnavailableError))
    expect(answer).toMatchObject({ code: 'schema_unknown' })
  })

  it('may die and come back: known ids go on, new ones wait, a restart uses what was kept', async () => {
    const cache = createMemoryCache()
    const codec = await open(cache)
    const grown = withAddedField({ name: 'shelf', type: 'string', default: 'none', doc: 'd' })
    const newer = await registry().register('authorships-value', grown.authorships)
    const bytes = codec.encode('authorships', authorship)
    const shelf = Buffer.concat([bytes.subarray(5), Buffer.of(2, 0x61)])

    await stack.kill('registry', 'SIGKILL')
    expect(await codec.decode('authorships', bytes)).toEqual({ ok: true, value: authorship })
    expect(codec.encode('authorships', authorship)).toEqual(bytes)
    await expect(codec.decode('authorships', framed(newer, shelf))).rejects.toThrow(RegistryUnavailableError)
    await expect(open(createMemoryCache(), { startLimitMs: 0 })).rejects.toThrow(RegistryUnavailableError)
    const events: CodecEvent[] = []
    const restarted = await open(cache, { onEvent: (event) => events.push(event) })
    expect(events.map(({ event }) => event)).toEqual(['schema-ids-from-cache'])
    expect(restarted.encode('authorships', authorship)).toEqual(bytes)

    await stack.start('registry')
    expect(await codec.decode('authorships', framed(newer, shelf))).toEqual({ ok: true, value: authorship })
    expect(codec.encode('authorships', authorship)).toEqual(bytes)
  })

  it('that gives a kept id to another schema halts the start', async () => {
    const works = (await registry().findId('works-value', SCHEMAS.works)) ?? 0
    const cache = createMemoryCache()
    await cache.save({ id: works, subject: 'acts-value', schema: SCHEMAS.acts })
    await expect(open(cache)).rejects.toThrow(SchemaIdChangedError)
  })
})
