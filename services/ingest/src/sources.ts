import type { Clock, Queryable } from '@atlas/runtime'
import type { Adapter } from './adapters/adapter.ts'
import type { Counts } from './arriving.ts'
import { listSourceStates, listWaiting } from './store/source-counts.ts'

/** A source, as its engineer and an operator look at it. */
export interface SourceView {
  readonly source: string
  readonly formats: Adapter['formats']
  readonly schema: string
  /** Records of which something is kept, deleted ones included. */
  readonly records: number
  /** Versions kept of them. */
  readonly versions: number
  /** Lines that came, by what became of them. */
  readonly counts: Counts
  /** By the first mistake of each line. */
  readonly refusedByCode: Readonly<Record<string, number>>
  /** When something of it was last taken in. */
  readonly lastSuccessAt: string | null
  /** Seconds since then. */
  readonly silentSeconds: number | null
  /** Changes that are kept and not yet published, and how long the oldest of them waits. */
  readonly unsent: number
  readonly lagSeconds: number
}

export interface SourceParts {
  readonly database: Queryable
  readonly clock: Clock
  readonly adapters: ReadonlyMap<string, Adapter>
}

/** By name. Costs the same with ten records and with ten million: it reads counters. */
export async function describeSources(parts: SourceParts, sources: readonly string[]): Promise<SourceView[]> {
  const [states, waiting] = await Promise.all([listSourceStates(parts.database, sources), listWaiting(parts.database)])
  const unsentOf = new Map(waiting.map((one) => [one.source, one]))
  return states.map(({ source, counts, refusedByCode, lastSuccessAt }) => ({
    source,
    formats: parts.adapters.get(source)?.formats ?? [],
    schema: `/v1/sources/${source}/schema`,
    records: counts.stored,
    versions: counts.stored + counts.updated + counts.stale,
    counts,
    refusedByCode,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    silentSeconds: lastSuccessAt && Math.max(0, Math.floor((parts.clock.now() - lastSuccessAt.getTime()) / 1_000)),
    unsent: unsentOf.get(source)?.rows ?? 0,
    lagSeconds: Math.floor((unsentOf.get(source)?.oldestMs ?? 0) / 1_000),
  }))
}
