import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Adapter } from './adapters/adapter.ts'
import { allSources } from './adapters/mapped/load-sources.ts'
import { readRecord } from './adapters/read-record.ts'
import { oneByOne } from './formats/batches.ts'
import { failureOf } from './import/failure-of.ts'
import { findFiles } from './import/find-files.ts'
import { openInput } from './import/open-input.ts'
import { openFile } from './import/read-file.ts'

/**
 * `read-main.ts [--source S] PATH…`: record files as the adapters read them, kept nowhere; no database is needed.
 *
 * Writes a JSON object a line: `{"event":"record", …}` as on the topic `records`, without what ingest adds, or
 * `{"event":"refused","file":…,"code":…}`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { source: { type: 'string' } } })
  const { source } = values
  const adapters = await allSources(process.env['SOURCES_DIR'] ?? '')
  for await (const file of findFiles({
    paths: positionals,
    sources: [...adapters.keys()],
    ...(source === undefined ? {} : { source }),
  }))
    if (file.ok) await readFile(file, adapters.get(file.source))
    else tell({ event: 'refused', file: file.name, code: file.code })
}

async function readFile({ path, name }: { path: string; name: string }, adapter: Adapter | undefined): Promise<void> {
  if (adapter === undefined) return tell({ event: 'refused', file: name, code: 'unknown_source' })
  await using file = await openFile(path, name)
  if (file === undefined) return tell({ event: 'refused', file: name, code: 'not_a_regular_file' })
  try {
    const { items } = await openInput(file, { adapter, from: NOTHING_READ })
    for await (const framed of oneByOne(items)) {
      if (!framed.ok) {
        tell({ event: 'refused', file: name, code: framed.error.code })
        continue
      }
      const result = readRecord(adapter, framed.element)
      if (result.ok) tell({ event: 'record', ...result.record })
      else tell({ event: 'refused', file: name, code: result.errors[0]?.code ?? 'unknown' })
    }
  } catch (error) {
    const failure = failureOf(error, 0)
    if (failure === undefined) throw error
    tell({ event: 'refused', file: name, code: failure.code })
  }
}

const NOTHING_READ = { records: 0, entry: 0, entryRecords: 0 }

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

await main()
