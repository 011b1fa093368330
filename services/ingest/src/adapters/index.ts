import type { Adapter } from './adapter.ts'

/** The adapter of each source we take: one row each. */
export const ADAPTERS: ReadonlyMap<string, Adapter> = new Map()
