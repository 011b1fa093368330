import type { IncomingMessage } from 'node:http'
import { type Ids, Problem, type Queryable } from '@atlas/runtime'
import { TOPICS } from '@atlas/schemas'
import type { Adapter } from '../adapters/adapter.ts'
import type { Admission } from '../admission.ts'
import { addCounts, countsOf, type LineResult, NOTHING, type PreparedChunk, type RefusedLine } from '../arriving.ts'
import { inChunks } from '../chunks.ts'
import { type ChunkOf, type CommitParts, commitChunk } from '../commit-chunk.ts'
import { dryRun } from '../dry-run.ts'
import { type Batches, oneByOne } from '../formats/batches.ts'
import { decompress } from '../formats/decompress.ts'
import type { Framed } from '../formats/framed.ts'
import { linesOf } from '../formats/lines.ts'
import { prepareChunk } from '../prepare-chunk.ts'
import { runChunks } from '../run-chunks.ts'
import type { StoredKey } from '../store/api-keys.ts'
import type { DayUsage } from '../store/key-usage.ts'
import { countArrivals } from '../store/source-counts.ts'
import { lastRecordOf, type PushSummary, Tally } from './answer.ts'
import { bodyBytes, type SlowRule } from './body.ts'
import type { KeyLimits } from './limits.ts'
import { createMeter, type Meter } from './meter.ts'
import { type NamedBatch, namedBatch } from './named-batch.ts'
import { type Committed, mayKeepBefore, withCommitted } from './push-failure.ts'
import type { RequestHead } from './request-head.ts'

export interface PushParts extends CommitParts {
  readonly ids: Ids
  readonly admission: Admission
  readonly slow: SlowRule
}

export interface Push {
  readonly adapter: Adapter
  readonly key: StoredKey
  readonly limits: KeyLimits
  /** What the key had used of its day before. */
  readonly today: DayUsage
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
  const { adapter, key, head } = push
  const { source } = adapter
  const batchId = head.batchId ?? parts.ids.next()
  const about: ChunkOf = { source, batchId, fetchedAt: head.fetchedAt, normaliser: `${source}/${adapter.version}` }
  const tally = new Tally()
  const meter = createMeter({ ...push, keyId: key.id, clock: parts.clock })
  const name = { source, batchId, origin: `key:${key.id}` }
  const named = head.batchId === undefined || head.dryRun ? undefined : namedBatch(parts.database, name)
  try {
    await runChunks(chunksOf(parts, push, meter, named), {
      prepare: preparer(parts, push),
      commit: head.dryRun ? dryRun(parts, about) : keeper(parts, { about, tally, meter, named, whole: head.atomic }),
      async committed(results) {
        meter.committed()
        tally.add(results)
        await push.onResults?.(results)
      },
    })
    if (tally.lines === 0) throw new Problem(400, 'empty_body', 'the body holds no line')
    meter.finish()
    await named?.end()
  } catch (error) {
    throw withCommitted(error, head.dryRun ? NOTHING_KEPT : tally)
  }
  return tally.summary(source, batchId, head.dryRun)
}

const NOTHING_KEPT: Committed = { lines: 0, counts: NOTHING, lastLine: 0, lastRecord: null }

interface Keeping {
  readonly about: ChunkOf
  readonly tally: Tally
  readonly meter: Meter
  readonly named: NamedBatch | undefined
  readonly whole: boolean
}

/** Keeps a chunk, and in its transaction how far the batch came and what the key used. */
function keeper(parts: PushParts, { about, tally, meter, named, whole }: Keeping) {
  const also = async (tx: Queryable, results: readonly LineResult[]) => {
    await named?.progress(tx, {
      lines: tally.lines + results.length,
      counts: addCounts(tally.counts, countsOf(results)),
      lastLine: results.at(-1)?.line ?? 0,
      lastRecord: lastRecordOf(results) ?? null,
    })
    await meter.note(tx, results)
  }
  return async (prepared: PreparedChunk): Promise<LineResult[]> => {
    const chunk = meter.cut(prepared, whole)
    if (chunk.lines.some(({ type }) => type !== 'duplicate')) return commitChunk(parts, { ...about, also }, chunk)
    const results = await commitChunk(parts, about, chunk)
    await countArrivals(parts.database, about.source, results)
    await also(parts.database, results)
    return results
  }
}

/** Lines become records; too many that cannot be kept mean that the sender should look first. */
function preparer(parts: PushParts, { adapter, head }: Push) {
  const { database, clock, codec } = parts
  const { maxValueBytes } = TOPICS.records
  let refused = 0
  return async (lines: readonly Framed[]): Promise<PreparedChunk> => {
    await parts.admission.check()
    const prepared = await prepareChunk(lines, {
      database,
      clock,
      codec,
      adapter,
      fetchedAt: head.fetchedAt,
      maxValueBytes,
    })
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
  { request, head, limits }: Push,
  meter: Meter,
  named: NamedBatch | undefined,
): AsyncGenerator<readonly Framed[]> {
  const body = bodyBytes(request, { clock, maxBytes: limits.maxBodyBytes, digest: head.digest, slow })
  const decompressed = decompress(body, head.encoding)
  const plain = head.dryRun ? decompressed : meter.watch(decompressed)
  const lines = bounded(linesOf(named ? named.watch(plain) : plain), limits.maxLines)
  let first = named
  for await (const chunk of head.atomic ? oneChunk(lines) : inChunks(lines, mayKeepBefore)) {
    if (chunk[0]) await first?.begin(chunk[0])
    first = undefined
    yield chunk
  }
}

async function* bounded(batches: Batches, maxLines: number | null): AsyncGenerator<readonly Framed[]> {
  let count = 0
  let tooLong = 0
  for await (const batch of batches) {
    const room = maxLines === null ? batch.length : maxLines - count
    const within = batch.slice(0, room)
    for (const [at, framed] of within.entries())
      if (!framed.ok && framed.error.code === 'line_too_long' && ++tooLong > MAX_TOO_LONG) {
        yield within.slice(0, at)
        throw tooManyBadLines(`more than ${MAX_TOO_LONG} lines are too long`)
      }
    yield within
    count += batch.length
    if (batch.length > room)
      throw new Problem(413, 'too_many_lines', `this key sends at most ${maxLines} lines a request`, {
        headers: { Connection: 'close' },
      })
  }
}

const ATOMIC = { lines: 1_000, bytes: 64 * 2 ** 20 } as const

/** All lines at once, or a refusal: what is to be kept whole must fit into one transaction. */
async function* oneChunk(batches: Batches): AsyncGenerator<readonly Framed[]> {
  const chunk: Framed[] = []
  let bytes = 0
  for await (const framed of oneByOne(batches)) {
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
