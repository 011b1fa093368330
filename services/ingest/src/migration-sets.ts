import { fileURLToPath } from 'node:url'
import type { MigrationSet } from '@atlas/runtime'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What must have run on ingest's database, in this order. */
export const MIGRATIONS: readonly MigrationSet[] = [
  { directory: folder('../../../packages/runtime/migrations'), table: 'runtime_migrations' },
  { directory: folder('../migrations'), table: 'service_migrations' },
]
