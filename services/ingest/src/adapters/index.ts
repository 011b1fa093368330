import type { Adapter } from './adapter.ts'
import { crossref } from './crossref.ts'
import { openalex } from './openalex.ts'

const TAKEN: readonly Adapter[] = [openalex, crossref]

/** The adapter of each source we take: one row each. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(TAKEN.map((adapter) => [adapter.source, adapter]))
