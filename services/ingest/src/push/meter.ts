import { type Clock, Problem, type Queryable } from '@atlas/runtime'
import { countsOf, type LineResult, type PreparedChunk } from '../arriving.ts'
import { addUsage, type DayUsage } from '../store/key-usage.ts'
import { quotaExceeded } from './admit-request.ts'
import type { KeyLimits } from './limits.ts'

/** Holds one push to the quotas of its key's day, and to the key still being one. */
export interface Meter {
  /** Passes the body on until the bytes of the day are used up. */
  watch(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>
  /** As much of a chunk as the day has room for, or all of it or a refusal; behind one that was cut nothing is taken. */
  cut(chunk: PreparedChunk, whole: boolean): PreparedChunk
  /** Counts a chunk in its own transaction; throws, so that nothing of it is kept, where the key may no more. */
  note(tx: Queryable, results: readonly LineResult[]): Promise<void>
  /** After the transaction that `note` was in: it may be tried several times. */
  committed(): void
  /** Throws when lines were left out for want of room. */
  finish(): void
}

export interface MeterOf {
  readonly keyId: string
  readonly limits: KeyLimits
  /** Used before this push. */
  readonly today: DayUsage
  readonly clock: Clock
}

export function createMeter({ keyId, limits, today: before, clock }: MeterOf): Meter {
  const { dailyRecords, dailyBytes } = limits
  let today = before
  let unnoted = 0
  let noted: { readonly today: DayUsage; readonly bytes: number } | undefined
  let spent = false
  const noRecords = () => quotaExceeded(`this key sends at most ${dailyRecords} new records a day`, clock.now())
  const noBytes = () => quotaExceeded(`this key sends at most ${dailyBytes} bytes a day`, clock.now())
  return {
    async *watch(bytes) {
      for await (const chunk of bytes) {
        unnoted += chunk.length
        if (dailyBytes !== null && today.bytes + unnoted > dailyBytes) throw noBytes()
        yield chunk
      }
    },
    cut(chunk, whole) {
      if (spent) throw noRecords()
      if (dailyRecords === null) return chunk
      const lines = roomFor(chunk.lines, dailyRecords - today.records)
      spent = lines.length < chunk.lines.length
      if (spent && (whole || lines.length === 0)) throw noRecords()
      return spent ? { ...chunk, lines } : chunk
    },
    async note(tx, results) {
      const bytes = unnoted
      const used = await addUsage(tx, keyId, countsOf(results), bytes)
      noted = { today: used.today, bytes }
      if (!used.active) throw new Problem(401, 'invalid_api_key', 'this key does not open anything here', REVOKED)
      // Another push of the key took the room meanwhile.
      if (dailyRecords !== null && used.today.records > dailyRecords) throw noRecords()
      if (dailyBytes !== null && used.today.bytes > dailyBytes) throw noBytes()
    },
    committed() {
      if (noted === undefined) return
      today = noted.today
      unnoted -= noted.bytes
      noted = undefined
    },
    finish() {
      if (spent) throw noRecords()
    },
  }
}

const REVOKED = { headers: { 'WWW-Authenticate': 'Bearer', Connection: 'close' } }

/** The first lines, up to the one that is new and one too many. */
function roomFor(lines: PreparedChunk['lines'], room: number): PreparedChunk['lines'] {
  let left = room
  const end = lines.findIndex(({ type }) => type !== 'duplicate' && --left < 0)
  return end === -1 ? lines : lines.slice(0, end)
}
