import { SCHEMAS } from '../codec/compiled-schemas.ts'
import type { TopicName } from '../topics.ts'
import { fingerprintOf } from '../wire/avro-type.ts'
import { createBodyWriter } from '../wire/body-writer.ts'
import { type GoldenFile, listGoldenFiles } from './golden-file.ts'
import { sampleValue } from './sample-value.ts'

/** The golden file that a topic's current schema lacks; undefined: the newest one is of this schema. */
export function nextGolden(topic: TopicName): GoldenFile | undefined {
  const newest = listGoldenFiles(topic).at(-1)
  const fingerprint = fingerprintOf(SCHEMAS[topic])
  if (newest?.fingerprint === fingerprint) return undefined
  const value = sampleValue(SCHEMAS[topic])
  const hex = createBodyWriter(SCHEMAS[topic], topic)(value, 0).toString('hex')
  return { topic, version: (newest?.version ?? 0) + 1, fingerprint, schema: JSON.parse(SCHEMAS[topic]), value, hex }
}
