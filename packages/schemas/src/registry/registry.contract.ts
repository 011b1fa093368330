import { expect, it } from 'vitest'
import { IncompatibleSchemaError } from './errors.ts'
import type { SchemaRegistry } from './registry.ts'

interface Field {
  readonly name: string
  readonly type: unknown
  readonly default?: unknown
}

export const things = (...fields: readonly Field[]): string =>
  JSON.stringify({ type: 'record', name: 'Thing', namespace: 'atlas.thing', fields })
const NAME: Field = { name: 'name', type: 'string' }
const NOTE: Field = { name: 'note', type: ['null', 'string'], default: null }

/** What the codec and the push count on, of any registry. Each subject name is used by one test of one run. */
export function registryContract(connect: () => SchemaRegistry, subjectFor: (test: string) => string): void {
  it('gives a schema one id, and finds both ways', async () => {
    const registry = connect()
    const subject = subjectFor('one-id')
    const id = await registry.register(subject, things(NAME))
    expect(id).toBeGreaterThan(0)
    expect(await registry.register(subject, things(NAME))).toBe(id)
    expect(await registry.findId(subject, things(NAME))).toBe(id)
    const entry = await registry.findSchema(id)
    expect(entry?.schemaType).toBe('AVRO')
    expect(JSON.parse(entry?.schema ?? '')).toEqual(JSON.parse(things(NAME)))
    expect(await registry.listSubjects(id)).toContain(subject)
    expect((await registry.listVersions(subject)).map((version) => version.id)).toEqual([id])
  })

  it('knows nothing that was not registered, and looking registers nothing', async () => {
    const registry = connect()
    const subject = subjectFor('nothing')
    expect(await registry.findId(subject, things(NAME))).toBeUndefined()
    expect(await registry.findSchema(2 ** 31 - 1)).toBeUndefined()
    expect(await registry.listVersions(subject)).toEqual([])
    expect(await registry.findObjections(subject, things(NAME))).toEqual([])
    expect(await registry.findId(subject, things(NAME))).toBeUndefined()
  })

  it('takes a field with a default and refuses one without', async () => {
    const registry = connect()
    const subject = subjectFor('evolution')
    await registry.requireFullTransitive()
    const first = await registry.register(subject, things(NAME))
    await registry.requireFullTransitive(subject)
    const bare = things(NAME, { name: 'note', type: 'string' })
    expect(await registry.findObjections(subject, bare)).not.toEqual([])
    await expect(registry.register(subject, bare)).rejects.toThrow(IncompatibleSchemaError)
    expect(await registry.findObjections(subject, things(NAME, NOTE))).toEqual([])
    const second = await registry.register(subject, things(NAME, NOTE))
    expect(second).not.toBe(first)
    expect((await registry.listVersions(subject)).map((version) => version.id)).toEqual([first, second])
    expect(await registry.findId(subject, things(NAME))).toBe(first)
  })

  it('gives racing first registrations one id', async () => {
    const registry = connect()
    const subject = subjectFor('race')
    const ids = await Promise.all([1, 2, 3, 4].map(() => registry.register(subject, things(NAME, NOTE))))
    expect(new Set(ids).size).toBe(1)
    expect(await registry.listVersions(subject)).toHaveLength(1)
  })
}
