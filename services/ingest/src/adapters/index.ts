import type { Adapter } from './adapter.ts'
import { arxiv } from './arxiv.ts'
import { crossref } from './crossref.ts'
import { datacite } from './datacite.ts'
import { hal } from './hal.ts'
import { openalex } from './openalex.ts'
import { pubmed } from './pubmed.ts'

const TAKEN: readonly Adapter[] = [openalex, crossref, hal, pubmed, datacite, arxiv]

/** The adapter of each source we take: one row each. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map(TAKEN.map((adapter) => [adapter.source, adapter]))
