/** How many lines became what. */
export type LineCounts = Readonly<Record<'stored' | 'updated' | 'duplicate' | 'stale' | 'refused', number>>

export const NO_LINES: LineCounts = { stored: 0, updated: 0, duplicate: 0, stale: 0, refused: 0 }

export function sum(a: LineCounts, b: LineCounts): LineCounts {
  return {
    stored: a.stored + b.stored,
    updated: a.updated + b.updated,
    duplicate: a.duplicate + b.duplicate,
    stale: a.stale + b.stale,
    refused: a.refused + b.refused,
  }
}

/** A mistake of a line that was not kept. */
export interface RefusedLine {
  readonly line: number
  readonly code: string
  readonly detail: string
  readonly pointer: string | null
  readonly head: string
}

/** What is durable of a body, whatever became of the request. */
export interface Durable {
  /** Its last line that is settled; 0: none is. */
  readonly lastLine: number
  readonly lastRecord: string | null
  readonly counts: LineCounts
}

/** What one request came to: `again` when the rest may be sent, after that time; `lost` when nothing was heard. */
export interface Sent extends Durable {
  readonly outcome: 'done' | 'again' | 'refused' | 'lost'
  readonly code: string
  readonly detail: string
  readonly retryAfterMs: number | null
}

/** A source's way into ingest. */
export interface PushApi {
  send(batchId: string, body: Uint8Array): Promise<Sent>
  /** How far a batch came; undefined where nobody answers. */
  durableOf(batchId: string): Promise<Durable | undefined>
  /** Lines of a batch that were refused. */
  refusedOf(batchId: string): Promise<readonly RefusedLine[]>
  /** What would become of each line, as it is said. */
  dryRun(body: AsyncIterable<Uint8Array>): AsyncIterable<object>
}

export interface PushAddress {
  readonly url: string
  readonly source: string
  readonly key: string
  readonly fetchedAt: string | undefined
}

export function pushApi({ url, source, key, fetchedAt }: PushAddress): PushApi {
  const at = (path: string) => new URL(`/v1/sources/${encodeURIComponent(source)}/${path}`, url)
  const authorization = `Bearer ${key}`
  const headers = {
    authorization,
    'content-type': 'application/x-ndjson',
    ...(fetchedAt === undefined ? {} : { 'fetched-at': fetchedAt }),
  }
  return {
    async send(batchId, body) {
      try {
        const response = await fetch(at('records'), {
          method: 'POST',
          headers: { ...headers, 'batch-id': batchId },
          body: new Uint8Array(body),
        })
        return sentOf(response, (await response.json()) as Answer)
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error)
        return { ...NOTHING, outcome: 'lost', code: 'connection_lost', detail, retryAfterMs: null }
      }
    },
    async durableOf(batchId) {
      try {
        const response = await fetch(at(`batches/${batchId}`), { headers: { authorization } })
        if (response.ok) return (await response.json()) as Durable
        return response.status === 404 ? NOTHING : undefined
      } catch {
        // Whoever does not answer is asked again.
        return undefined
      }
    },
    async refusedOf(batchId) {
      const response = await fetch(at(`batches/${batchId}/refused`), { headers: { authorization } })
      const text = await response.text()
      return text.split('\n').flatMap((line) => (response.ok && line ? [JSON.parse(line) as RefusedLine] : []))
    },
    async *dryRun(body) {
      const init = { method: 'POST', headers, body: ReadableStream.from(body), duplex: 'half' }
      const response = await fetch(at('records?dryRun=true'), init as RequestInit)
      if (!response.ok) throw Object.assign(new Error('the dry run was refused'), await response.json())
      let rest = ''
      for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        const lines = (rest + piece).split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) yield JSON.parse(line) as object
      }
    },
  }
}

const NOTHING: Durable = { lastLine: 0, lastRecord: null, counts: NO_LINES }

interface Answer {
  readonly code?: string
  readonly detail?: string
  readonly counts?: LineCounts
  readonly lastLine?: number
  readonly lastRecord?: string | null
}

/** Worth another try: too slow, too fast, too much, or nobody there for the moment. */
const PASSING: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])

function sentOf(response: Response, answer: Answer): Sent {
  const { code = '', detail = response.statusText, counts = NO_LINES, lastLine = 0, lastRecord = null } = answer
  const outcome = response.ok ? 'done' : PASSING.has(response.status) ? 'again' : 'refused'
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN)
  const retryAfterMs = Number.isNaN(seconds) ? null : seconds * 1_000
  return { outcome, code, detail, counts, lastLine, lastRecord, retryAfterMs }
}
