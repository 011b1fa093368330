import { deepStrictEqual } from 'node:assert'
import { describe, expect, it } from 'vitest'
import { SCHEMAS } from '../codec/compiled-schemas.ts'
import { compareSchemas } from '../evolution/compare-schemas.ts'
import { TOPIC_NAMES } from '../topics.ts'
import { fingerprintOf } from '../wire/avro-type.ts'
import { createBodyReader } from '../wire/body-reader.ts'
import { createBodyWriter } from '../wire/body-writer.ts'
import { formatGolden, listGoldenFiles } from './golden-file.ts'
import { nextGolden } from './next-golden.ts'

describe.each(TOPIC_NAMES)('golden bytes of %s', (topic) => {
  it('exist for the current schema (else run src/golden/main.ts)', () => {
    expect(nextGolden(topic)?.version).toBeUndefined()
    expect(listGoldenFiles(topic).map(({ version }) => version)).toEqual(
      listGoldenFiles(topic).map((_file, index) => index + 1),
    )
  })

  it.each(listGoldenFiles(topic))(
    'version $version is read by the current schema, with defaults for what it lacks',
    (golden) => {
      const decoded = createBodyReader(JSON.stringify(golden.schema), SCHEMAS[topic])(Buffer.from(golden.hex, 'hex'), 0)
      const withDefaults = createBodyWriter(SCHEMAS[topic], topic)(golden.value, 0)
      const expected = createBodyReader(SCHEMAS[topic], SCHEMAS[topic])(withDefaults, 0)
      deepStrictEqual(decoded, expected)
      // Every field that was sent arrives as it was sent.
      expect(decoded).toMatchObject({ ok: true, value: golden.value as object })
    },
  )

  it.each(listGoldenFiles(topic))('version $version is written as it was', (golden) => {
    const schema = JSON.stringify(golden.schema)
    expect(fingerprintOf(schema)).toBe(golden.fingerprint)
    expect(createBodyWriter(schema, topic)(golden.value, 0).toString('hex')).toBe(golden.hex)
  })

  it.each(listGoldenFiles(topic))('version $version is compatible with the current schema', (golden) => {
    expect(compareSchemas(JSON.stringify(golden.schema), SCHEMAS[topic])).toEqual([])
  })

  it('survive being formatted', () => {
    for (const golden of listGoldenFiles(topic)) expect(JSON.parse(formatGolden(golden)).hex).toBe(golden.hex)
  })
})
