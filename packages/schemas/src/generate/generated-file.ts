import { readFileSync } from 'node:fs'
import type { TopicName } from '../topics.ts'
import { generateTypes } from './generate-types.ts'

/** The whole generated file of a topic: the schema itself, compiled in, and its types. */
export function generatedFile(topic: TopicName): string {
  const source = readFileSync(new URL(`../../avro/${topic}.avsc`, import.meta.url), 'utf8')
  const schema = JSON.parse(source)
  return [
    `// Generated from avro/${topic}.avsc by "pnpm gen". Do not edit.\n`,
    generateTypes(schema),
    `export const ${topic}Schema = ${JSON.stringify(JSON.stringify(schema))}\n`,
  ].join('\n')
}
