import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type Clock, Problem } from '@atlas/runtime'

export interface BodyRules {
  readonly clock: Clock
  /** What the key allows; null: anything. */
  readonly maxBytes: number | null
  /** SHA-256 of the bytes as sent, hex. */
  readonly digest: string | undefined
  readonly slow: SlowRule
}

/** A sender must manage this many bytes in this much time of our waiting for him. */
export interface SlowRule {
  readonly windowMs: number
  readonly minBytes: number
}

/** 1 KiB/s over 30 s. */
export const SLOW: SlowRule = { windowMs: 30_000, minBytes: 30 * 1024 }

/** The client went away: whatever was not committed did not happen. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError'
}

const CLOSE = { headers: { Connection: 'close' } }

/** The bytes of a body, read only as fast as they are taken; size, speed and digest are watched. */
export async function* bodyBytes(request: IncomingMessage, rules: BodyRules): AsyncGenerator<Uint8Array> {
  const { digest, maxBytes } = rules
  const sha256 = digest === undefined ? undefined : createHash('sha256')
  let size = 0
  for await (const chunk of watched(request, rules)) {
    size += chunk.length
    if (maxBytes !== null && size > maxBytes)
      throw new Problem(413, 'body_too_large', `this key sends at most ${maxBytes} bytes a request`, CLOSE)
    sha256?.update(chunk)
    yield chunk
  }
  if (sha256 && sha256.digest('hex') !== digest)
    throw new Problem(422, 'checksum_mismatch', 'the body is not the one that Content-Digest tells of')
}

async function* watched(request: IncomingMessage, { clock, slow }: BodyRules): AsyncGenerator<Uint8Array> {
  // A destroyed request could not be answered any more.
  const chunks = request.iterator({ destroyOnReturn: false })
  let waitedMs = 0
  let bytes = 0
  for (;;) {
    const before = clock.monotonic()
    const next = await inTime(nextOf(chunks), clock, slow.windowMs - waitedMs)
    waitedMs += clock.monotonic() - before
    if (next?.done) return
    bytes += next?.value.length ?? 0
    if (waitedMs >= slow.windowMs || next === undefined) {
      if (next === undefined || bytes < slow.minBytes)
        throw new Problem(408, 'body_too_slow', 'the body stopped coming; send it again', CLOSE)
      waitedMs = 0
      bytes = 0
    }
    if (next) yield next.value
  }
}

async function nextOf(chunks: AsyncIterator<Buffer>): Promise<IteratorResult<Buffer, undefined>> {
  try {
    return await chunks.next()
  } catch (cause) {
    throw new ClientGoneError('the client went away', { cause })
  }
}

/** Undefined when `ms` pass first. */
async function inTime<T>(work: Promise<T>, clock: Clock, ms: number): Promise<T | undefined> {
  const timer = new AbortController()
  const late = clock.sleep(ms, timer.signal).then(
    () => undefined,
    () => undefined,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
  }
}
