import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { TOPIC_NAMES } from '../topics.ts'
import { lintSchema } from './lint-schema.ts'

const folder = new URL('../../avro/', import.meta.url)
const files = readdirSync(folder)

describe('the schemas on the wire', () => {
  it('are one a topic', () => {
    expect(files.toSorted()).toEqual(TOPIC_NAMES.map((topic) => `${topic}.avsc`).toSorted())
  })

  it.each(files)('%s keeps the rules', (file) => {
    expect(lintSchema(readFileSync(new URL(file, folder), 'utf8'))).toEqual([])
  })
})

const record = (type: unknown, extra: object = {}) =>
  JSON.stringify({ type: 'record', name: 'R', namespace: 'n', fields: [{ name: 'f', type, doc: 'd', ...extra }] })
const NONE = { default: null }
const LIST = { default: [] }
const empty = { type: 'record', name: 'Empty', fields: [] }

describe('a schema is told off for', () => {
  it.each<[string, string, string]>([
    [
      'a union of two things',
      record(['null', 'string', 'int'], NONE),
      'field `f` of R is a union other than ["null", X]',
    ],
    [
      'a union that begins with the thing',
      record(['string', 'null'], NONE),
      'field `f` of R is a union other than ["null", X]',
    ],
    [
      'a union without a default',
      record(['null', 'string']),
      'field `f` of R may be null and has not null as its default',
    ],
    [
      'an array of null',
      record({ type: 'array', items: 'null' }, LIST),
      'field `f` of R is a list of items that take no bytes',
    ],
    [
      'a map of null',
      record({ type: 'map', values: 'null' }, LIST),
      'field `f` of R is a list of items that take no bytes',
    ],
    [
      'an array of an empty record',
      record({ type: 'array', items: empty }, LIST),
      'field `f` of R is a list of items that take no bytes',
    ],
    ['a list without a default', record({ type: 'array', items: 'int' }), 'field `f` of R is a list without a default'],
    [
      'an enum without a default',
      record({ type: 'enum', name: 'E', symbols: ['A'] }),
      'field `f` of R is an enum without a default',
    ],
    ['a fixed', record({ type: 'fixed', name: 'F', size: 4 }), 'field `f` of R is of type fixed'],
    ['a float', record('float'), 'field `f` of R refers to "float"'],
    ['a type that names itself', record(['null', 'R'], NONE), 'field `f` of R refers to "R"'],
    [
      'a decimal',
      record({ type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 }),
      'field `f` of R is of logical type decimal',
    ],
    ['no doc', record('int', { doc: '' }), 'field `f` of R has no doc'],
    [
      'snake case',
      JSON.stringify({ type: 'record', name: 'R', namespace: 'n', fields: [{ name: 'a_b', type: 'int', doc: 'd' }] }),
      'field `a_b` of R is not in camel case',
    ],
    ['an empty nested record', record(empty), 'record Empty has no fields'],
    [
      'no namespace',
      JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'f', type: 'int', doc: 'd' }] }),
      'the schema has no namespace',
    ],
    ['being no record', '"string"', 'the schema is not a record'],
  ])('%s', (_name, schema, problem) => {
    expect(lintSchema(schema)).toEqual([problem])
  })
})
