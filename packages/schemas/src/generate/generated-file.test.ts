import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { TOPIC_NAMES } from '../topics.ts'
import { generatedFile } from './generated-file.ts'

describe.each(TOPIC_NAMES)('the generated file of %s', (topic) => {
  it('is what its schema gives (else run "pnpm gen")', () => {
    expect(readFileSync(new URL(`../generated/${topic}.ts`, import.meta.url), 'utf8')).toBe(generatedFile(topic))
  })

  it('carries the schema of the file', () => {
    const file = JSON.parse(readFileSync(new URL(`../../avro/${topic}.avsc`, import.meta.url), 'utf8'))
    expect(JSON.parse(SCHEMAS[topic])).toEqual(file)
  })
})
