import { createReadStream } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ADAPTERS } from './adapters/index.ts'
import { readRecord } from './adapters/read-record.ts'
import { CompressionError, decompress } from './formats/decompress.ts'
import { recordsOfFile } from './formats/records-of-file.ts'
import { findFiles } from './import/find-files.ts'

/**
 * `read-main.ts [--source S] PATH…`: record files as the adapters read them, kept nowhere; no database is needed.
 *
 * Writes a JSON object a line: `{"event":"record", …}` as on the topic `records`, without what ingest adds, or
 * `{"event":"refused","file":…,"code":…}`.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { source: { type: 'string' } } })
  const { source } = values
  for await (const file of findFiles({
    paths: positionals,
    sources: [...ADAPTERS.keys()],
    ...(source === undefined ? {} : { source }),
  }))
    if (file.ok) await readFile(file)
    else tell({ event: 'refused', file: file.name, code: file.code })
}

async function readFile({ path, name, source }: { path: string; name: string; source: string }): Promise<void> {
  const adapter = ADAPTERS.get(source)
  if (adapter === undefined) return tell({ event: 'refused', file: name, code: 'unknown_source' })
  try {
    const bytes = decompress(createReadStream(path), 'auto')
    for await (const framed of recordsOfFile(bytes, { adapter, fileName: path })) {
      if (!framed.ok) {
        tell({ event: 'refused', file: name, code: framed.error.code })
        continue
      }
      const result = readRecord(adapter, framed.element)
      if (result.ok) tell({ event: 'record', ...result.record })
      else tell({ event: 'refused', file: name, code: result.errors[0]?.code ?? 'unknown' })
    }
  } catch (error) {
    if (!(error instanceof CompressionError)) throw error
    tell({ event: 'refused', file: name, code: error.code })
  }
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

await main()
