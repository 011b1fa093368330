import { existsSync, readFileSync } from 'node:fs'
import type { Adapter, JsonObject } from '../adapter.ts'

const DIALECT = 'https://json-schema.org/draft/2020-12/schema'

/** JSON Schema of the records a source pushes: what its adapter reads, and in which shapes. Other fields are allowed. */
export function schemaOf({ source, formats }: Pick<Adapter, 'source' | 'formats'>): JsonObject {
  const about = { $schema: DIALECT, $id: `/v1/sources/${source}/schema`, title: `A record of ${source}` }
  const file = new URL(`${source}.json`, import.meta.url)
  if (existsSync(file)) return { ...about, ...(JSON.parse(readFileSync(file, 'utf8')) as JsonObject) }
  if (formats.some((format) => format === 'json')) return { ...about, type: 'object' }
  const [format = 'xml'] = formats
  return {
    ...about,
    description: `Records of ${source} are ${format}: they come in files, by import. A push takes their deletions.`,
    type: 'string',
    contentMediaType: `application/${format}`,
  }
}
