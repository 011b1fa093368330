import { type ChildProcess, spawn } from 'node:child_process'
import { request } from 'node:http'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { childEnv } from '@atlas/testing/vitest'
import { afterAll } from 'vitest'
import { createKey } from '../../services/ingest/src/keys.ts'
import { DEFAULT_LIMITS } from '../../services/ingest/src/push/limits.ts'
import type { TestIngest } from '../../services/ingest/src/testing/an-ingest.ts'

/** What the child tells: of its memory, and of what it imported. */
export interface Told {
  readonly port?: number
  readonly peakKiB: number
  readonly rss: number
  readonly state?: string
  readonly code?: string
  readonly codes?: readonly string[]
  readonly counts?: Readonly<Record<string, number>>
}

/** Ingest in a process whose JavaScript has no more than so many MiB: what held a whole input would end it. */
export async function aChild(ingest: TestIngest, heapMiB: number) {
  const main = fileURLToPath(new URL('./child-main.ts', import.meta.url))
  const flags = [`--max-old-space-size=${heapMiB}`, '--max-semi-space-size=4', '--conditions=development']
  const child = spawn(process.execPath, [...flags, main], {
    env: childEnv(ingest.config, { MAX_UNSENT: '100000000' }),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  afterAll(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Told> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the child ended: its memory did not suffice')
    return JSON.parse(value)
  }
  const { port = 0 } = await next()
  const keys = { ...ingest, sources: ['plain'], keysPerSource: 9, limits: DEFAULT_LIMITS }
  const { key } = await createKey(keys, { sources: ['plain'] }, 'test')
  const ask = (line: object) => {
    child.stdin.write(`${JSON.stringify(line)}\n`)
    return next()
  }
  return {
    memory: () => ask({}),
    import: (path: string, source: string) => ask({ path, source }),
    push: (body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, headers = {}) => pushTo(port, key, body, headers),
    child: child as ChildProcess,
  }
}

interface PushTold {
  readonly status: number
  readonly code?: string
  readonly counts?: Readonly<Record<string, number>>
  readonly errors?: readonly { readonly code: string; readonly line: number }[]
}

function pushTo(
  port: number,
  key: string,
  body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  more: Readonly<Record<string, string>>,
): Promise<PushTold> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson', ...more }
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path: '/v1/sources/plain/records', method: 'POST', headers })
    sent.on('response', async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      resolve({ status: response.statusCode, ...JSON.parse(text) })
    })
    // A server that has seen enough answers and closes while we still write: its answer counts.
    sent.on('error', (error) => setImmediate(() => reject(error)))
    Readable.from(body, { objectMode: true, highWaterMark: 1 }).pipe(sent)
  })
}
