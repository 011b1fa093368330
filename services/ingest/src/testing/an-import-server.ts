import { generateKeyPairSync, hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createApp, createSigner, createVerifier, listen, type Role } from '@atlas/runtime'
import { afterAll } from 'vitest'
import type { ImportView } from '../import/import-view.ts'
import { openSpool } from '../import/spool.ts'
import { importNext } from '../import/worker.ts'
import type { ImportWorkerParts } from '../import/worker-parts.ts'
import { createKey } from '../keys.ts'
import { SLOW, type SlowRule } from '../push/body.ts'
import { DEFAULT_LIMITS, type DefaultLimits } from '../push/limits.ts'
import { importRouters } from '../routes-uploads.ts'
import type { TestIngest } from './an-ingest.ts'

/** A job, an upload or a problem: a test looks only at what is there. */
export interface ImportAnswer extends Partial<Omit<ImportView, 'code'>> {
  readonly status: number
  readonly code?: string | null
  readonly note?: string
  readonly uploadId?: string
  readonly offset?: number
  readonly upload?: { readonly uploadId: string; readonly offset: number }
  readonly imports?: readonly ImportView[]
  readonly text: string
}

export interface ImportRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>
  readonly key?: string
}

export interface ImportServerOptions {
  readonly slow?: SlowRule
  readonly limits?: Partial<DefaultLimits>
  readonly sources?: readonly string[]
}

/** Ingest's import routes on a port of their own, with a spool folder and a key; the worker takes a step when asked. */
export async function anImportServer(ingest: TestIngest, options: ImportServerOptions = {}) {
  const spoolDir = await mkdtemp(join(tmpdir(), 'atlas-spool-'))
  afterAll(() => rm(spoolDir, { recursive: true, force: true }))
  const spool = openSpool(spoolDir)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const now = () => ingest.clock.now()
  const signer = createSigner({ service: 'cli', secret: 'secret', privateKey }, now)
  const credentials = [{ service: 'cli', sha256: hash('sha256', 'secret') }]
  const verifier = createVerifier({ credentials, publicKeys: [publicKey] }, now)
  const woken = { times: 0 }
  const wake = () => {
    woken.times += 1
  }
  const routers = importRouters({ ...ingest, spool, limits, verifier, wake, slow: options.slow ?? SLOW })
  const server = await listen(createApp({ ...ingest, routers }), 0)
  afterAll(() => server.close())
  const keyFor = (sources: readonly string[]) =>
    createKey({ ...ingest, sources: [...ingest.adapters.keys()], keysPerSource: 100, limits }, { sources }, 'test')
  const { key } = await keyFor(options.sources ?? ['plain'])

  const worker: ImportWorkerParts = {
    ...ingest,
    spool,
    instance: 'one',
    leaseSeconds: 60,
    idleMs: 10,
    crash: (error) => {
      throw error
    },
  }
  const send = (path: string, given: ImportRequest = {}) => roundTrip(server.port, path, { key, ...given })
  return {
    ...{ port: server.port, key, keyFor, spool, spoolDir, worker, woken, send },
    as: (role: Role, path: string, method = 'POST') =>
      send(path, { method, key: '', headers: signer.headersFor({ actor: 'op', onBehalfOf: null, roles: [role] }) }),
    upload: (query: string, body: ImportRequest['body'] = '', headers: Readonly<Record<string, string>> = {}) =>
      send(`/v1/imports?${query}`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-ndjson', ...headers },
      }),
    /** Works until nothing waits. */
    async work(signal = new AbortController().signal, parts: Partial<ImportWorkerParts> = {}) {
      while (await importNext({ ...worker, ...parts }, signal));
    },
    job: (id: number | undefined) => send(`/v1/imports/${id}`),
  }
}

function roundTrip(port: number, path: string, given: ImportRequest): Promise<ImportAnswer> {
  const { method = 'GET', body = '', key } = given
  const headers = { ...(key === '' ? {} : { authorization: `Bearer ${key}` }), ...given.headers }
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method, headers, agent: false })
    request.on('response', async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      const isObject = response.headers['content-type']?.includes('json') && !text.includes('}\n{') && text !== ''
      const json = isObject && !response.headers['content-type']?.includes('ndjson') ? JSON.parse(text) : {}
      resolve({ ...json, status: response.statusCode ?? 0, text })
    })
    // A server that has seen enough answers and closes while we still write: its answer counts.
    request.on('error', (error) => setImmediate(() => reject(error)))
    if (typeof body === 'string' || body instanceof Uint8Array) request.end(body)
    else
      Readable.from(body)
        .on('error', () => request.destroy())
        .pipe(request)
  })
}
