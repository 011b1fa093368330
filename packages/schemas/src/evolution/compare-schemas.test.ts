import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { TOPIC_NAMES } from '../topics.ts'
import { compareSchemas } from './compare-schemas.ts'

const work = (...fields: readonly object[]) => ({ type: 'record', name: 'Work', namespace: 'atlas.work', fields })
const year = { name: 'year', type: 'int' }
const date = (...fields: readonly object[]) => ({
  name: 'date',
  type: ['null', { type: 'record', name: 'Date', fields }],
})
const kind = (symbols: readonly string[], unknown?: string) => ({
  name: 'kind',
  type: { type: 'enum', name: 'Kind', symbols, ...(unknown ? { default: unknown } : {}) },
})

describe('a newer schema', () => {
  it.each<[string, object, object, readonly string[]]>([
    ['the same', work(year), work(year), []],
    ['with more doc', work(year), work({ ...year, doc: 'CE' }), []],
    ['with a field and its default', work(year), work(year, { name: 'note', type: 'string', default: '' }), []],
    ['with an order of its own', work(year, date(year)), work(date(year), year), []],
    ['with a default where there was none', work(year), work({ ...year, default: 0 }), []],
    [
      'with a symbol, and a default for those who do not know it',
      work(kind(['A'], 'A')),
      work(kind(['A', 'B'], 'A')),
      [],
    ],
    [
      'retyped',
      work(year),
      work({ name: 'year', type: 'string' }),
      ['field `year` of Work changed from int to string'],
    ],
    ['widened', work(year), work({ name: 'year', type: 'long' }), ['field `year` of Work changed from int to long']],
    [
      'made optional',
      work(year),
      work({ name: 'year', type: ['null', 'int'] }),
      ['field `year` of Work changed from int to int or null'],
    ],
    [
      'without a field',
      work(year, { name: 'x', type: 'int', default: 0 }),
      work(year),
      ['field `x` of Work was removed'],
    ],
    [
      'with a field and no default',
      work(year),
      work(year, { name: 'y', type: 'int' }),
      ['field `y` of Work was added without a default'],
    ],
    [
      'with a renamed field',
      work(year),
      work({ name: 'jahr', type: 'int' }),
      ['field `year` of Work was removed', 'field `jahr` of Work was added without a default'],
    ],
    ['renamed', work(year), { ...work(year), name: 'Opus' }, ['record atlas.work.Work was renamed to atlas.work.Opus']],
    [
      'in another namespace',
      work(year),
      { ...work(year), namespace: 'x' },
      ['record atlas.work.Work was renamed to x.Work'],
    ],
    [
      'retyped inside',
      work(date(year)),
      work(date({ name: 'year', type: 'string' })),
      ['field `year` of Date changed from int to string'],
    ],
    [
      'with another list',
      work({ name: 'l', type: { type: 'array', items: 'int' } }),
      work({ name: 'l', type: { type: 'array', items: 'long' } }),
      ['field `l` of Work changed from int to long'],
    ],
    [
      'with a list instead of one',
      work(year),
      work({ name: 'year', type: { type: 'array', items: 'int' } }),
      ['field `year` of Work changed from int to array of int'],
    ],
    [
      'with a logical type',
      work({ name: 'at', type: 'long' }),
      work({ name: 'at', type: { type: 'long', logicalType: 'timestamp-millis' } }),
      ['field `at` of Work changed from long to long (timestamp-millis)'],
    ],
    [
      'without a default',
      work({ ...year, default: 1 }),
      work(year),
      ['the default of field `year` of Work was removed'],
    ],
    [
      'with another default',
      work({ ...year, default: 1 }),
      work({ ...year, default: 2 }),
      ['the default of field `year` of Work changed from 1 to 2'],
    ],
    ['without a symbol', work(kind(['A', 'B'], 'A')), work(kind(['A'], 'A')), ['symbol B of Kind was removed']],
    [
      'with a symbol nobody has a default for',
      work(kind(['A'])),
      work(kind(['A', 'B'])),
      ['symbols were added to Kind, whose readers have no default for them'],
    ],
  ])('%s', (_name, older, newer, problems) => {
    expect(compareSchemas(JSON.stringify(older), JSON.stringify(newer))).toEqual(problems)
  })

  it.each(TOPIC_NAMES)('of %s that lost any one field is refused by its name', (topic) => {
    const schema = JSON.parse(SCHEMAS[topic])
    fc.assert(
      fc.property(fc.nat({ max: schema.fields.length - 1 }), (index) => {
        const without = { ...schema, fields: schema.fields.toSpliced(index, 1) }
        const { name } = schema.fields[index]
        expect(compareSchemas(SCHEMAS[topic], JSON.stringify(without))).toEqual([
          `field \`${name}\` of ${schema.name} was removed`,
        ])
      }),
      { numRuns: 30 },
    )
  })
})
