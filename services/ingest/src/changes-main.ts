import { createReadStream } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import type { Normalised } from './adapters/adapter.ts'
import { ADAPTERS } from './adapters/index.ts'
import { readRecord } from './adapters/read-record.ts'
import { comparePulls } from './compare-pulls.ts'
import { decompress } from './formats/decompress.ts'
import { recordsOfFile } from './formats/records-of-file.ts'

/**
 * `changes-main.ts --source S EARLIER LATER`: what two files of the same records differ in, by class and field; no database is
 * needed. Writes one line: `{"event":"changes", …}`, see `ChangeReport`. Exit code 2: not two files of a known source.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { source: { type: 'string' } } })
  const [earlier, later, ...others] = positionals
  const adapter = ADAPTERS.get(values.source ?? '')
  if (adapter === undefined || earlier === undefined || later === undefined || others.length > 0) {
    console.error(`name two files and a source: ${[...ADAPTERS.keys()].join(', ')}`)
    return 2
  }
  const read = async (path: string): Promise<Normalised[]> => {
    const records: Normalised[] = []
    for await (const framed of recordsOfFile(decompress(createReadStream(path), 'auto'), { adapter, fileName: path })) {
      const result = framed.ok ? readRecord(adapter, framed.element) : undefined
      if (result?.ok) records.push(result.record)
    }
    return records
  }
  const report = comparePulls(await read(earlier), await read(later))
  process.stdout.write(`${JSON.stringify({ event: 'changes', ...report })}\n`)
  return 0
}

process.exitCode = await main()
