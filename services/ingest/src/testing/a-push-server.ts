import { request as httpRequest } from 'node:http'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { type Clock, type CommandVerifier, createApp, createVerifier, listen } from '@atlas/runtime'
import { afterAll } from 'vitest'
import type { LineResult } from '../arriving.ts'
import { type FindWork, workFinder } from '../find-work.ts'
import { createKey } from '../keys.ts'
import type { PushSummary } from '../push/answer.ts'
import { flagKeyInClear } from '../push/authenticate.ts'
import { SLOW, type SlowRule } from '../push/body.ts'
import { DEFAULT_LIMITS, type DefaultLimits } from '../push/limits.ts'
import { transportRules } from '../push/transport.ts'
import { internalRoutes } from '../routes-internal.ts'
import { pushRoutes } from '../routes-push.ts'
import { sourceRoutes } from '../routes-sources.ts'
import type { RefusedRow } from '../store/refused-lines.ts'
import type { TestIngest } from './an-ingest.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The whole, when it is one object. */
  readonly json: AnswerBody
  /** Each line, when it is NDJSON. */
  readonly lines: readonly (LineResult &
    Pick<RefusedRow, 'code'> & { readonly head: string; readonly summary: PushSummary })[]
}

/** A summary or a problem: a test looks only at what is there. */
export interface AnswerBody extends PushSummary {
  readonly status: number
  readonly code: string
  readonly committedLines: number
}

export interface SendOptions {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Left out of the headers a push has by default. */
  readonly without?: readonly string[]
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
}

export type PushServer = Awaited<ReturnType<typeof aPushServer>>

export interface PushServerOptions {
  readonly slow?: SlowRule
  readonly hosts?: readonly string[]
  readonly clock?: Clock
  readonly keyFor?: readonly string[]
  readonly limits?: Partial<DefaultLimits>
  readonly keysPerSource?: number
  readonly findWork?: FindWork
  /** Nobody is an operator by default. */
  readonly verifier?: CommandVerifier
}

/** Ingest's HTTP on a port of its own, with a key for `plain` or the sources named. */
export async function aPushServer(ingest: TestIngest, options: PushServerOptions = {}) {
  const { database, logger } = ingest
  const sources = [...ingest.adapters.keys()]
  const { keysPerSource = 2 } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const verifier = options.verifier ?? createVerifier({ credentials: [], publicKeys: [] }, () => ingest.clock.now())
  const routers = [
    pushRoutes({ ...ingest, limits, slow: options.slow ?? SLOW, clock: options.clock ?? ingest.clock }),
    sourceRoutes({ ...ingest, limits, verifier, findWork: options.findWork ?? workFinder(NO_MATCHER) }),
    internalRoutes({ ...ingest, limits, keysPerSource, verifier, signal: new AbortController().signal }),
  ]
  let lastSocket: Socket | undefined
  const app = createApp({
    logger,
    metrics: ingest.metrics,
    before: [
      (request, _response, next) => {
        lastSocket = request.socket
        next()
      },
      transportRules({
        hosts: options.hosts ?? [],
        trustProxy: false,
        onClear: (request) => flagKeyInClear(ingest, request),
      }),
    ],
    routers,
  })
  const server = await listen(app, 0)
  afterAll(() => server.close())
  const keys = { database, logger, sources, keysPerSource, limits }
  const { key, id: keyId } = await createKey(keys, { sources: options.keyFor ?? ['plain'] }, 'test')
  const { port } = server

  const defaults = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' }
  const send = (given: SendOptions = {}): Promise<Answer> => {
    const headers: Record<string, string | string[]> = { ...defaults }
    for (const [name, value] of Object.entries(given.headers ?? {}))
      headers[name] = typeof value === 'string' ? value : [...value]
    for (const name of given.without ?? []) delete headers[name]
    return roundTrip(port, given, headers)
  }
  return {
    port,
    key,
    keyId,
    keys,
    routers,
    send,
    /** Of the connection of the last request. */ bytesRead: () => lastSocket?.bytesRead ?? 0,
    raw: (text: string | Uint8Array) => rawRoundTrip(port, text),
  }
}

const NO_MATCHER = { url: '', secret: '', timeoutMs: 1_000 }

function roundTrip(port: number, given: SendOptions, headers: Record<string, string | string[]>): Promise<Answer> {
  const { path = '/v1/sources/plain/records', method = 'POST', body = '' } = given
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false })
    let failure: Error | undefined
    request.on('response', async (response) => {
      const chunks = await response.toArray().catch((error: Error) => {
        failure = error
        return []
      })
      if (failure) reject(failure)
      else resolve(answerOf(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString()))
    })
    // A server that has seen enough answers and closes while we still write: its answer counts.
    request.on('error', (error) => setImmediate(() => reject(error)))
    if (typeof body === 'string' || body instanceof Uint8Array) request.end(body)
    else Readable.from(body, { objectMode: true, highWaterMark: 1 }).pipe(request)
  })
}

function answerOf(status: number, headers: Answer['headers'], text: string): Answer {
  const values =
    text.trim() === ''
      ? []
      : text
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
  return { status, headers, text, json: values[0], lines: values }
}

/** Sends bytes as they are and returns everything that comes back until the connection is closed. */
function rawRoundTrip(port: number, text: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? undefined : reject(error)))
    socket.write(text)
  })
}
