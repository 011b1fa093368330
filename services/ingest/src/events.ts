import type { Logger, Metrics } from '@atlas/runtime'
import { type Counts, OUTCOMES } from './arriving.ts'

type Counting = Pick<Metrics, 'events'>

/** A chunk of records was committed. */
export function chunkCommitted(metrics: Counting, counts: Counts): void {
  for (const outcome of OUTCOMES)
    if (counts[outcome] > 0) metrics.events.inc({ event: 'record-arrived', result: outcome }, counts[outcome])
}

/** A push was answered; keys are named by their id only. */
export function pushDone(
  logger: Logger,
  push: { readonly source: string; readonly batchId: string; readonly keyId: string; readonly counts: Counts },
): void {
  logger.info({ event: 'push-done', ...push })
}

export function pushFailed(
  logger: Logger,
  push: { readonly source: string; readonly batchId: string; readonly keyId: string; readonly committedLines: number },
  code: string,
): void {
  logger.info({ event: 'push-failed', ...push, code })
}

/** What the holder is not told: why his key was refused. */
export function keyRefused(logger: Logger, metrics: Counting, keyId: string, reason: KeyRefusal): void {
  metrics.events.inc({ event: 'key-refused', result: reason })
  logger.warn({ event: 'key-refused', keyId, reason, audit: true })
}
export type KeyRefusal = 'unknown' | 'wrong_secret' | 'revoked' | 'expired' | 'other_source' | 'in_url' | 'in_clear'

export function keyCreated(logger: Logger, keyId: string, sources: readonly string[], by: string): void {
  logger.info({ event: 'key-created', keyId, sources, by, audit: true })
}

/** For the holder: the key should be replaced. */
export function keyExposed(logger: Logger, keyId: string, holder: string | null): void {
  logger.warn({ event: 'key-exposed', keyId, holder, audit: true })
}

export function keyRevoked(logger: Logger, keyId: string, by: string, reason: string): void {
  logger.info({ event: 'key-revoked', keyId, by, reason, audit: true })
}

export function fileImported(
  logger: Logger,
  file: { readonly importId: number; readonly source: string; readonly state: string; readonly counts: Counts },
): void {
  logger.info({ event: 'file-imported', ...file })
}

export function importReceived(
  logger: Logger,
  job: {
    readonly importId: number
    readonly source: string
    readonly keyId: string
    readonly sizeBytes: number | null
  },
): void {
  logger.info({ event: 'import-received', ...job })
}

/** An import that ended by a fault of ours, or of another version. */
export function importFailed(
  logger: Logger,
  job: { readonly importId: number; readonly source: string; readonly code: string },
  error: unknown,
): void {
  logger.error({ event: 'import-failed', ...job, ...(error === undefined ? {} : { err: error }) })
}

export function renormalised(
  logger: Logger,
  run: { readonly source: string; readonly normaliser: string; readonly counts: Readonly<Record<string, number>> },
): void {
  logger.info({ event: 'renormalised', ...run })
}

/** Counts and the like that were due went out. */
export function volatilePublished(
  logger: Logger,
  metrics: Counting,
  counts: { readonly published: number; readonly unchanged: number; readonly refused: number },
): void {
  if (counts.published + counts.unchanged + counts.refused === 0) return
  for (const [result, count] of Object.entries(counts))
    if (count > 0) metrics.events.inc({ event: 'volatile-published', result }, count)
  logger.info({ event: 'volatile-published', ...counts })
}
