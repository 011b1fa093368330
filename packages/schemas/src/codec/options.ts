import type { SchemaCache } from '../codec.ts'
import type { TopicName } from '../topics.ts'

/** Time as the runtime hands it in. */
export interface CodecClock {
  /** Milliseconds of a clock that never goes back. */
  monotonic(): number
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** What a log should hold; nothing in it is personal. */
export type CodecEvent =
  | { readonly event: 'schema-registry-waiting'; readonly topics: readonly TopicName[]; readonly reason: string }
  | { readonly event: 'schema-ids-from-cache'; readonly topics: readonly TopicName[]; readonly reason: string }
  | { readonly event: 'schema-learned'; readonly id: number; readonly subject: string }
  | { readonly event: 'schema-unknown'; readonly id: number; readonly waitedMs: number }

export interface CodecOptions {
  readonly cache: SchemaCache
  /** What this service writes or reads. */
  readonly topics: readonly TopicName[]
  readonly clock: CodecClock
  /** How long an id that the registry does not know may stay unknown before its messages are refused. */
  readonly unknownIdBudgetMs?: number
  /** How long that answer then holds without asking again. */
  readonly negativeCacheMs?: number
  /** The longest that one `decode` waits for an id; past it throws `SchemaNotYetKnownError`, and the next call goes on. */
  readonly waitPerDecodeMs?: number
  /** How long to wait at start for a registry that is away, or has not got our schemas yet; without it until `signal`. */
  readonly startLimitMs?: number
  /** Ends every wait. */
  readonly signal?: AbortSignal
  readonly onEvent?: (event: CodecEvent) => void
}

export interface Settings {
  readonly unknownIdBudgetMs: number
  readonly negativeCacheMs: number
  readonly waitPerDecodeMs: number
  readonly signal: AbortSignal | undefined
  readonly onEvent: (event: CodecEvent) => void
}

/** The numbers of docs/delivery.md where the caller gives none. */
export function settingsOf(options: CodecOptions): Settings {
  return {
    unknownIdBudgetMs: options.unknownIdBudgetMs ?? 60_000,
    negativeCacheMs: options.negativeCacheMs ?? 30_000,
    // Well below the shortest session timeout in use, 6 s.
    waitPerDecodeMs: options.waitPerDecodeMs ?? 3_000,
    signal: options.signal,
    onEvent: options.onEvent ?? (() => undefined),
  }
}

/** Doubles from 250 ms up to 4 s. */
export function backOffMs(attempt: number): number {
  return Math.min(4_000, 250 * 2 ** attempt)
}
