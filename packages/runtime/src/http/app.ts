import { randomUUID } from 'node:crypto'
import { createServer, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type NextFunction, type Request, type Response, type Router } from 'express'
import type { Logger } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { classOf } from '../postgres/sqlstate.ts'
import { Problem, problemBody, quoted } from './problem.ts'

export interface HttpServer extends AsyncDisposable {
  readonly port: number
  /** Answers what is under way, takes nothing new, closes idle connections at once. */
  close(): Promise<void>
}

export interface AppOptions {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly routers: readonly Router[]
  /** Middleware that stands before the routers (helmet, sessions …). */
  readonly before?: readonly express.RequestHandler[]
}

const requestIdsOf = new WeakMap<Request, string>()

/** Given by the caller when it is well formed, else made here; in every log line and problem. */
export function requestIdOf(request: Request): string {
  return requestIdsOf.get(request) ?? 'unknown'
}

/** An Express app with our rules: strict paths, request ids, problem documents for everything that goes wrong. */
export function createApp({ logger, metrics, routers, before = [] }: AppOptions): Express {
  const app = express()
  app.set('case sensitive routing', true)
  app.set('strict routing', true)
  app.set('query parser', 'simple')
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(requestIds, measured(metrics))
  for (const middleware of before) app.use(middleware)
  for (const router of routers) app.use(router)
  app.use((request: Request) => {
    throw new Problem(404, 'not_found', `there is nothing at ${quoted(request.path)}`)
  })
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    answerProblem(problemOf(error, logger, request), request, response)
  })
  return app
}

const REQUEST_ID = /^[A-Za-z0-9._-]{8,64}$/

function requestIds(request: Request, response: Response, next: NextFunction): void {
  const given = request.headers['x-request-id']
  const requestId = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
  requestIdsOf.set(request, requestId)
  response.setHeader('X-Request-Id', requestId)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  next()
}

function measured(metrics: Metrics): express.RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    response.once('finish', () => {
      // Only the pattern of a route is a label: paths hold ids.
      const route = typeof request.route?.path === 'string' ? request.route.path : 'none'
      metrics.requests.inc({ method: request.method, route, status: String(response.statusCode) })
      metrics.requestSeconds.observe({ method: request.method, route }, (performance.now() - started) / 1000)
    })
    next()
  }
}

/** What an error means to the client; only what nobody expected is logged as an error. */
function problemOf(error: unknown, logger: Logger, request: Request): Problem {
  if (error instanceof Problem) return error
  if (error instanceof URIError)
    return new Problem(400, 'bad_url_encoding', 'the path is not valid percent-encoded UTF-8')
  const kind = classOf(error)
  if (kind === 'unavailable' || kind === 'demoted' || kind === 'contention') {
    logger.warn({ event: 'database-unavailable', requestId: requestIdOf(request), err: error })
    const full = (error as { code?: unknown }).code === '53100'
    return new Problem(503, full ? 'storage_full' : 'database_unavailable', 'the database does not answer; try again', {
      headers: { 'Retry-After': '5' },
    })
  }
  logger.error({ event: 'request-failed', requestId: requestIdOf(request), err: error })
  return new Problem(500, 'internal_error', 'something went wrong here; the request id names it in our log')
}

export function answerProblem(problem: Problem, request: Request, response: Response): void {
  if (response.headersSent) {
    // A half-sent answer must not look whole.
    response.destroy()
    return
  }
  for (const [name, value] of Object.entries(problem.options.headers ?? {})) response.setHeader(name, value)
  response
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemBody(problem, requestIdOf(request))))
}

/** Answers 405 with `Allow` on a path whose other methods exist. */
export function methodNotAllowed(allowed: readonly string[]): express.RequestHandler {
  return (request) => {
    throw new Problem(405, 'method_not_allowed', `${request.method} is not possible here; use ${allowed.join(', ')}`, {
      headers: { Allow: allowed.join(', ') },
    })
  }
}

/** How long a client may take: for its headers, and between two requests. */
export interface HttpTimeouts {
  readonly headersMs: number
  readonly idleMs: number
  /** How often it is looked whether a time is over. */
  readonly checkMs: number
}

export const HTTP_TIMEOUTS: HttpTimeouts = { headersMs: 20_000, idleMs: 65_000, checkMs: 2_000 }

/** What Node's parser gives up for, where it is not simply no HTTP. */
const PARSER_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Listens on `port` (0: any free one). */
export async function listen(
  app: Express,
  port: number,
  host = '127.0.0.1',
  { headersMs, idleMs, checkMs }: HttpTimeouts = HTTP_TIMEOUTS,
): Promise<HttpServer> {
  const server: Server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: headersMs,
      requestTimeout: 0,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: checkMs,
    },
    app,
  )
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return
    const status = PARSER_STATUS[error.code ?? ''] ?? 400
    const body = JSON.stringify(
      problemBody(new Problem(status, 'bad_request', 'the request is not valid HTTP'), randomUUID()),
    )
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const close = endsConnections(server)
  return { port: (server.address() as AddressInfo).port, close, [Symbol.asyncDispose]: close }
}

/**
 * Closing ends each connection with the answer under way: a client that keeps one busy would hold us for as long as it
 * likes, since the server by itself closes only those that are idle at that moment.
 */
function endsConnections(server: Server): () => Promise<void> {
  const answering = new Set<ServerResponse>()
  let closing: Promise<void> | undefined
  const lastAnswer = (response: ServerResponse) => {
    if (!response.headersSent) response.setHeader('Connection', 'close')
  }
  server.prependListener('request', (_request, response) => {
    answering.add(response)
    if (closing) lastAnswer(response)
    response.once('close', () => {
      answering.delete(response)
      if (closing) setImmediate(() => server.closeIdleConnections())
    })
  })
  return () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeIdleConnections()
      answering.forEach(lastAnswer)
    })
    return closing
  }
}
