import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { ADAPTERS } from './adapters/index.ts'
import { ABOUT } from './adapters/schemas/about.ts'
import { probeSchema } from './adapters/schemas/probe-schema.ts'
import { fixturesOf, jsonRecordsOf } from './adapters/schemas/records-of-fixtures.ts'

/** `node --conditions=development services/ingest/src/schemas-main.ts [SOURCE…]`: writes their schemas anew. */
const wanted = process.argv.slice(2)
for (const source of wanted.length > 0 ? wanted : Object.keys(ABOUT)) {
  const [adapter, about] = [ADAPTERS.get(source), ABOUT[source]]
  if (!adapter || !about) throw new Error(`"${source}" needs a row in adapters/index.ts and one in schemas/about.ts`)
  const paths = await fixturesOf(source, join(import.meta.dirname, '../fixtures'))
  const records = await Array.fromAsync(jsonRecordsOf(adapter, paths))
  const schema = {
    description: about.description,
    ...probeSchema({ adapter, records, maps: about.maps ?? [], fields: about.fields ?? {} }),
  }
  const file = join(import.meta.dirname, `adapters/schemas/${source}.json`)
  await writeFile(file, `${JSON.stringify(schema, null, 2)}\n`)
  process.stdout.write(`${file}: of ${records.length} records\n`)
}
