import { createWriteStream } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { armFailpoints, ConfigError, createLogger, keepHeapWithin, systemClock } from '@atlas/runtime'
import { readWorkConfig } from './config.ts'
import { IMPORT_HEAP_ROOM } from './heap-room.ts'
import { STDIN } from './import/find-files.ts'
import { exitCodeOf, importFiles } from './import/import-files.ts'
import { parseInstant } from './push/request-head.ts'
import { openWork } from './work.ts'

const OPTIONS = {
  source: { type: 'string' },
  'fetched-at': { type: 'string' },
  restart: { type: 'boolean', default: false },
  report: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'keep-going': { type: 'boolean', default: false },
  sha256: { type: 'string' },
  name: { type: 'string' },
} as const

/**
 * `import-main.ts [--source S] [--fetched-at T] [--restart] [--dry-run] [--keep-going] [--sha256 HEX] [--name NAME]
 * [--report FILE] PATH…`; a PATH is a file, a folder, a pattern, or `-` for standard input.
 *
 * Writes a JSON object a line: `{"event":"progress" | "file" | "refused" | "done", …}`; `--report` takes the refused
 * ones. Exit code 0: all kept; 3: records refused; 5: a file unreadable, or not to its end; 130: cut short, and going on
 * with the next call.
 */
async function main(): Promise<number> {
  keepHeapWithin(IMPORT_HEAP_ROOM)
  const { values, positionals } = parseArgs({ allowPositionals: true, options: OPTIONS })
  const request = { paths: positionals, restart: values.restart, ...requestOf(values, positionals) }
  const config = readWorkConfig(process.env)
  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
  const logger = createLogger({
    service: 'ingest',
    version: config.version,
    level: 'warn',
    destination: process.stderr,
  })
  const failpoints = armFailpoints(config.failpoint, () => process.kill(process.pid, 'SIGKILL'))
  await using work = await openWork(config, { clock: systemClock, logger, failpoints, signal: stop.signal })
  const report = values.report === undefined ? undefined : createWriteStream(values.report)
  const tell = (event: string, rest: object) => process.stdout.write(`${JSON.stringify({ event, ...rest })}\n`)
  const summary = await importFiles(work, {
    ...request,
    stdin: process.stdin,
    spoolDir: config.spoolDir,
    ...(config.importFolder === '' ? {} : { within: config.importFolder }),
    signal: stop.signal,
    onFile: (file) => void tell('file', file),
    onProgress: (progress) => void tell('progress', progress),
    onRefused: (refused) => void (report ? report.write(`${JSON.stringify(refused)}\n`) : tell('refused', refused)),
  })
  // Whoever feeds us may have more to say than was read.
  process.stdin.destroy()
  if (report) await new Promise<void>((resolve) => report.end(resolve))
  tell('done', summary)
  return exitCodeOf(summary)
}

type Values = ReturnType<typeof parseArgs<{ allowPositionals: true; options: typeof OPTIONS }>>['values']

/** Every mistake at once. */
function requestOf(values: Values, paths: readonly string[]) {
  const { source, name, sha256 } = values
  const mistakes: string[] = []
  const fetchedAt = values['fetched-at'] === undefined ? null : parseInstant(values['fetched-at'])
  if (fetchedAt === undefined) mistakes.push('--fetched-at is no date such as "2026-01-31T08:30:00Z"')
  if (paths.length === 0) mistakes.push('name a file or a folder')
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) mistakes.push('--sha256 is 64 hexadecimal digits')
  if (sha256 !== undefined && paths.length !== 1) mistakes.push('--sha256 is of one file')
  if (paths.filter((path) => path === STDIN).length > 1) mistakes.push('standard input comes once')
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return {
    fetchedAt: fetchedAt ?? null,
    dryRun: values['dry-run'],
    keepGoing: values['keep-going'],
    ...(source === undefined ? {} : { source }),
    ...(name === undefined ? {} : { stdinName: name }),
    ...(sha256 === undefined ? {} : { sha256: sha256.toLowerCase() }),
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
