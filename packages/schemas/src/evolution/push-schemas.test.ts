import { expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { createMemoryRegistry } from '../registry/memory.ts'
import { TOPIC_NAMES } from '../topics.ts'
import { checkSchemas, type Schemas } from './check-compatibility.ts'
import { pushTo } from './push-schemas.ts'

const withField = (field: object): Schemas => {
  const works = JSON.parse(SCHEMAS.works)
  return { ...SCHEMAS, works: JSON.stringify({ ...works, fields: [...works.fields, field] }) }
}

it('a push registers each schema once, however often it runs', async () => {
  const registry = createMemoryRegistry()
  const first = await pushTo(registry, SCHEMAS)
  expect(first.map(({ topic, registered }) => ({ topic, registered }))).toEqual(
    TOPIC_NAMES.map((topic) => ({ topic, registered: true })),
  )
  const second = await pushTo(registry, SCHEMAS)
  expect(second).toEqual(first.map((subject) => ({ ...subject, registered: false })))
})

it('two pushes at once end with the same ids', async () => {
  const registry = createMemoryRegistry()
  const [left, right] = await Promise.all([pushTo(registry, SCHEMAS), pushTo(registry, SCHEMAS)])
  expect(left.map(({ id }) => id)).toEqual(right.map(({ id }) => id))
  for (const topic of TOPIC_NAMES) expect(await registry.listVersions(`${topic}-value`)).toHaveLength(1)
})

it('a check names the field, the version and the rule, and a push then registers nothing at all', async () => {
  const registry = createMemoryRegistry()
  await pushTo(registry, SCHEMAS)
  const bad = { ...withField({ name: 'shelf', type: 'string', doc: 'd' }), acts: withoutField('acts', 'batchId') }
  const reports = await checkSchemas(registry, bad)
  expect(reports.flatMap(({ topic, problems }) => problems.map((problem) => `${topic}: ${problem}`))).toEqual([
    'works: field `shelf` of Work was added without a default (since version 1)',
    'acts: field `batchId` of Act was removed (since version 1)',
  ])
  await expect(pushTo(registry, bad)).rejects.toThrow('field `shelf` of Work was added without a default')
  expect(await registry.listVersions('works-value')).toHaveLength(1)
})

it('a field with a default is a second version, and the first stays', async () => {
  const registry = createMemoryRegistry()
  const [before] = await pushTo(registry, SCHEMAS)
  const grown = withField({ name: 'shelf', type: 'string', default: '', doc: 'd' })
  const pushed = await pushTo(registry, grown)
  expect(pushed.filter(({ registered }) => registered).map(({ topic }) => topic)).toEqual(['works'])
  expect(pushed[0]).toMatchObject({ id: before?.id })
  expect(await checkSchemas(registry, SCHEMAS)).toContainEqual(
    expect.objectContaining({ topic: 'works', problems: ['field `shelf` of Work was removed (since version 2)'] }),
  )
})

function withoutField(topic: 'acts', name: string): string {
  const schema = JSON.parse(SCHEMAS[topic])
  return JSON.stringify({ ...schema, fields: schema.fields.filter((field: { name: string }) => field.name !== name) })
}
