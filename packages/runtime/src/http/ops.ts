import { Router } from 'express'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { createApp, type HttpServer, listen } from './app.ts'

export interface Readiness {
  readonly ready: boolean
  /** Dependencies that are away while we go on: `kafka`, `registry`. */
  readonly degraded: readonly string[]
}

export interface OpsOptions {
  readonly port: number
  readonly host?: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** Touches no dependency: is the process itself able to work? */
  readonly live: () => boolean
  readonly ready: () => Promise<Readiness>
}

/** `/health`, `/health/ready` and `/metrics`, on the management port. */
export function startOpsServer(options: OpsOptions): Promise<HttpServer> {
  const { metrics, live, ready } = options
  const routes = Router()
    .get('/health', (_request, response) => {
      const ok = live()
      response.status(ok ? 200 : 503).json({ status: ok ? 'ok' : 'stuck' })
    })
    .get('/health/ready', async (_request, response) => {
      const state = await ready()
      response
        .status(state.ready ? 200 : 503)
        .json({ status: state.ready ? 'ok' : 'not ready', degraded: state.degraded })
    })
    .get('/metrics', async (_request, response) => {
      response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
    })
  return listen(createApp({ logger: options.logger, metrics, routers: [routes] }), options.port, options.host)
}
