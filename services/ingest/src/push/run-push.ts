import type { IncomingMessage } from 'node:http'
import { type Ids, Problem } from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import type { Adapter } from '../adapters/adapter.ts'
import type { Admission } from '../admission.ts'
import type { LineResult, PreparedChunk, RefusedLine } from '../arriving.ts'
import { inChunks } from '../chunks.ts'
import { type CommitParts, commitChunk } from '../commit-chunk.ts'
import { fitsMessage } from '../fits-message.ts'
import { decompress } from '../formats/decompress.ts'
import type { Framed } from '../formats/framed.ts'
import { linesOf } from '../formats/lines.ts'
import { prepareChunk } from '../prepare-chunk.ts'
import { runChunks } from '../run-chunks.ts'
import type { StoredKey } from '../store/api-keys.ts'
import { type PushSummary, Tally } from './answer.ts'
import { bodyBytes, type SlowRule } from './body.ts'
import { type NamedBatch, namedBatch } from './named-batch.ts'
import { mayKeepBefore, withCommitted } from './push-failure.ts'
import type { RequestHead } from './request-head.ts'

export interface PushParts extends CommitParts {
  readonly ids: Ids
  readonly admission: Admission
  readonly slow: SlowRule
}

export interface Push {
  readonly adapter: Adapter
  readonly key: StoredKey
  readonly head: RequestHead
  readonly request: IncomingMessage
  /** `?verbose`: each result once it is committed; the next chunk waits until they are taken. */
  readonly onResults?: (results: readonly LineResult[]) => Promise<void>
}

/** Over-long lines, and refused lines, after which a body is given up. */
const MAX_TOO_LONG = 10
const MAX_REFUSED = 1_000

/** Takes a body in, chunk by chunk, and says what became of it. Sending it again is always right. */
export async function runPush(parts: PushParts, push: Push): Promise<PushSummary> {
  const { source } = push.adapter
  const batchId = push.head.batchId ?? parts.ids.next()
  const tally = new Tally()
  const named =
    push.head.batchId === undefined
      ? undefined
      : namedBatch(parts.database, { source, batchId, origin: `key:${push.key.id}` })
  const chunk = {
    source,
    batchId,
    fetchedAt: push.head.fetchedAt,
    normaliser: `${source}/${push.adapter.version}`,
  }
  try {
    const prepare = preparer(parts, push)
    await runChunks(chunksOf(parts, push, named), {
      prepare,
      commit: (prepared) => commitChunk(parts, chunk, prepared),
      async committed(results) {
        tally.add(results)
        await push.onResults?.(results)
      },
    })
    if (tally.lines === 0) throw new Problem(400, 'empty_body', 'the body holds no line')
    await named?.end()
  } catch (error) {
    throw withCommitted(error, tally.lines)
  }
  return tally.summary(source, batchId)
}

/** Lines become records; too many that cannot be kept mean that the sender should look first. */
function preparer(parts: PushParts, { adapter, head }: Push) {
  const { database, clock, codec } = parts
  const fits = fitsMessage(codec, TOPICS.records.maxValueBytes)
  let refused = 0
  return async (lines: readonly Framed[]): Promise<PreparedChunk> => {
    await parts.admission.check()
    const prepared = await prepareChunk(lines, { database, clock, adapter, fetchedAt: head.fetchedAt, fits })
    const bad = prepared.lines.filter((line) => line.type === 'refused')
    refused += bad.length
    if (head.atomic && bad.length > 0) throw atomicRefused(bad)
    if (refused > MAX_REFUSED) throw tooManyBadLines(`more than ${MAX_REFUSED} lines were refused`)
    return prepared
  }
}

function atomicRefused(bad: readonly RefusedLine[]): Problem {
  const errors = bad.slice(0, 100).flatMap(({ line, errors }) => errors.map((error) => ({ line, ...error })))
  return new Problem(422, 'atomic_refused', 'nothing was kept, because some lines cannot be', { errors })
}

function tooManyBadLines(detail: string): Problem {
  return new Problem(400, 'too_many_bad_lines', `${detail}: is this the right source and format?`, {
    headers: { Connection: 'close' },
  })
}

async function* chunksOf(
  { clock, slow }: PushParts,
  { request, head, key }: Push,
  named: NamedBatch | undefined,
): AsyncGenerator<readonly Framed[]> {
  const body = bodyBytes(request, { clock, maxBytes: key.maxBodyBytes, digest: head.digest, slow })
  const plain = decompress(body, head.encoding)
  const lines = bounded(linesOf(named ? named.watch(plain) : plain), key.maxLines)
  let first = named
  for await (const chunk of head.atomic ? oneChunk(lines) : inChunks(lines, mayKeepBefore)) {
    if (chunk[0]) await first?.begin(chunk[0])
    first = undefined
    yield chunk
  }
}

async function* bounded(lines: AsyncIterable<Framed>, maxLines: number | null): AsyncGenerator<Framed> {
  let count = 0
  let tooLong = 0
  for await (const framed of lines) {
    if (maxLines !== null && ++count > maxLines)
      throw new Problem(413, 'too_many_lines', `this key sends at most ${maxLines} lines a request`, {
        headers: { Connection: 'close' },
      })
    if (!framed.ok && framed.error.code === 'line_too_long' && ++tooLong > MAX_TOO_LONG)
      throw tooManyBadLines(`more than ${MAX_TOO_LONG} lines are too long`)
    yield framed
  }
}

const ATOMIC = { lines: 1_000, bytes: 64 * 2 ** 20 } as const

/** All lines at once, or a refusal: what is to be kept whole must fit into one transaction. */
async function* oneChunk(lines: AsyncIterable<Framed>): AsyncGenerator<readonly Framed[]> {
  const chunk: Framed[] = []
  let bytes = 0
  for await (const framed of lines) {
    chunk.push(framed)
    bytes += framed.ok ? framed.element.bytes.length : 0
    const options = { headers: { Connection: 'close' } }
    if (chunk.length > ATOMIC.lines)
      throw new Problem(413, 'too_many_lines', `an atomic push has at most ${ATOMIC.lines} lines`, options)
    if (bytes > ATOMIC.bytes)
      throw new Problem(413, 'body_too_large', `an atomic push has at most ${ATOMIC.bytes} bytes`, options)
  }
  if (chunk.length > 0) yield chunk
}
