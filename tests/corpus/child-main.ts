import process from 'node:process'
import { createInterface } from 'node:readline'
import { createApp, createLogger, listen, noFailpoints, systemClock, systemIds } from '@atlas/runtime'
import { readWorkConfig } from '../../services/ingest/src/config.ts'
import { importFiles } from '../../services/ingest/src/import/import-files.ts'
import { SLOW } from '../../services/ingest/src/push/body.ts'
import { DEFAULT_LIMITS } from '../../services/ingest/src/push/limits.ts'
import { pushRoutes } from '../../services/ingest/src/routes-push.ts'
import { openWork } from '../../services/ingest/src/work.ts'
import { csv, plain, xml } from './import/file-case.ts'

/** Ingest in a process of its own, whose memory is its own: pushes by HTTP, imports by lines of standard input. */
const config = readWorkConfig(process.env)
const logger = createLogger({ service: 'ingest', version: 'test', level: 'silent' })
const { signal } = new AbortController()
await using work = await openWork(config, { clock: systemClock, logger, failpoints: noFailpoints, signal })
const parts = { ...work, adapters: new Map([plain, xml, csv].map((adapter) => [adapter.source, adapter])) }
const routes = pushRoutes({ ...parts, ids: systemIds, slow: SLOW, limits: DEFAULT_LIMITS })
const server = await listen(createApp({ ...parts, routers: [routes] }), 0)

const tell = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`)
const memory = () => ({ peakKiB: process.resourceUsage().maxRSS, rss: process.memoryUsage.rss() })
tell({ port: server.port, ...memory() })
for await (const text of createInterface({ input: process.stdin })) {
  const { path, source } = JSON.parse(text) as { path?: string; source?: string }
  if (path === undefined || source === undefined) {
    tell(memory())
    continue
  }
  const files: object[] = []
  const codes: (string | undefined)[] = []
  const { counts } = await importFiles(parts, {
    ...{ paths: [path], source, spoolDir: config.spoolDir, signal },
    onFile: ({ state, code }) => void files.push({ state, code }),
    onRefused: ({ errors }) => void codes.push(errors[0]?.code),
  })
  tell({ ...files[0], counts, codes: [...new Set(codes)], ...memory() })
}
await server.close()
