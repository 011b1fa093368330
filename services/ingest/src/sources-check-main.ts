import { readFile } from 'node:fs/promises'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ADAPTERS } from './adapters/index.ts'
import { checkMapping } from './adapters/mapped/check-mapping.ts'
import { type Mapping, readMapping } from './adapters/mapped/mapping-file.ts'
import { oneByOne } from './formats/batches.ts'
import { failureOf } from './import/failure-of.ts'
import { openInput } from './import/open-input.ts'
import { openFile } from './import/read-file.ts'

/**
 * `sources-check-main.ts MAPPING [--data RECORDS]`: what is wrong with a mapping; with records, what it makes of them.
 * Nothing is kept; no database is needed.
 *
 * Writes a JSON object a line: `{"event":"mistake" | "mapping" | "check", …}`. Exit code 0; 3: mistakes, or records refused.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { data: { type: 'string' } } })
  const [file] = positionals
  if (file === undefined) throw new Error('name the file of a mapping')
  const read = readMapping(await readFile(file, 'utf8'))
  if (!read.ok) {
    for (const mistake of read.mistakes) tell('mistake', mistake)
    return 3
  }
  const { source, version, format } = read.mapping
  if (ADAPTERS.has(source)) tell('mistake', { pointer: '/source', detail: `"${source}" is a source already` })
  tell('mapping', { source, version, format })
  const refused = values.data === undefined ? 0 : await checkData(read.mapping, values.data)
  return refused > 0 || ADAPTERS.has(source) ? 3 : 0
}

async function checkData(mapping: Mapping, path: string): Promise<number> {
  await using file = await openFile(path, path)
  if (file === undefined) throw new Error(`"${path}" is not a regular file`)
  try {
    const check = await checkMapping(mapping, async function* (adapter) {
      const { items } = await openInput(file, { adapter, from: { records: 0, entry: 0, entryRecords: 0 } })
      yield* oneByOne(items)
    })
    tell('check', check)
    return check.refused
  } catch (error) {
    const failure = failureOf(error, 0)
    if (failure === undefined) throw error
    tell('mistake', { pointer: '', detail: `${path}: ${failure.code}: ${failure.detail}` })
    return 1
  }
}

function tell(event: string, rest: object): void {
  process.stdout.write(`${JSON.stringify({ event, ...rest })}\n`)
}

process.exitCode = await main()
