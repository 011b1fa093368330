import process from 'node:process'
import { parseArgs } from 'node:util'
import { armFailpoints, ConfigError, createLogger, systemClock } from '@atlas/runtime'
import { readWorkConfig } from './config.ts'
import { renormalise } from './renormalise.ts'
import { openWork } from './work.ts'

/**
 * `renormalise-main.ts [SOURCE…]`: all sources when none is named.
 *
 * Writes a JSON object a line: `{"event":"progress" | "done","source":…,"counts":…}`. Exit code 0; 130 when cut short: the
 * next call goes on there.
 */
async function main(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true })
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
  const known = [...work.adapters.keys()]
  const sources = positionals.length > 0 ? positionals : known
  const tell = (event: string, rest: object) => void process.stdout.write(`${JSON.stringify({ event, ...rest })}\n`)
  for (const source of sources) {
    const adapter = work.adapters.get(source)
    if (!adapter) throw new ConfigError([`"${source}" is none of ${known.join(', ')}`])
    const onProgress = (counts: object) => tell('progress', { source, counts })
    const { finished, counts } = await renormalise(work, { adapter, signal: stop.signal, onProgress })
    if (!finished) return 130
    tell('done', { source, counts })
  }
  return 0
}

try {
  process.exitCode = await main()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
