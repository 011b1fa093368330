import { createWriteStream } from 'node:fs'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { armFailpoints, ConfigError, createLogger, systemClock } from '@atlas/runtime'
import { readWorkConfig } from './config.ts'
import { exitCodeOf, importFiles } from './import/import-files.ts'
import { parseInstant } from './push/request-head.ts'
import { openWork } from './work.ts'

/**
 * `import-main.ts [--source S] [--fetched-at T] [--restart] [--report FILE] PATH…`
 *
 * Writes a JSON object a line: `{"event":"progress" | "file" | "refused" | "done", …}`; `--report` takes the refused
 * ones. Exit code 0: all kept; 3: some refused or unreadable; 130: cut short, and going on with the next call.
 */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      source: { type: 'string' },
      'fetched-at': { type: 'string' },
      restart: { type: 'boolean', default: false },
      report: { type: 'string' },
    },
  })
  const fetchedAt = values['fetched-at'] === undefined ? null : parseInstant(values['fetched-at'])
  if (fetchedAt === undefined) throw new ConfigError(['--fetched-at is no date such as "2026-01-31T08:30:00Z"'])
  if (positionals.length === 0) throw new ConfigError(['name a file or a folder'])
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
    paths: positionals,
    fetchedAt,
    restart: values.restart,
    signal: stop.signal,
    ...(values.source === undefined ? {} : { source: values.source }),
    onFile: (file) => void tell('file', file),
    onProgress: (progress) => void tell('progress', progress),
    onRefused: (refused) => void (report ? report.write(`${JSON.stringify(refused)}\n`) : tell('refused', refused)),
  })
  if (report) await new Promise<void>((resolve) => report.end(resolve))
  tell('done', summary)
  return exitCodeOf(summary)
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
