import { fileURLToPath } from 'node:url'
import type { MigrationSet } from '@atlas/runtime'
import type { DatabaseOwner } from './test-stack.ts'

const root = new URL('../../../', import.meta.url)
const directory = (path: string) => fileURLToPath(new URL(path, root))

/** What is applied to a database of this owner, in order. The keys database holds keys and nothing of delivery. */
export function migrationSetsOf(owner: DatabaseOwner): readonly MigrationSet[] {
  if (owner === 'keys')
    return [{ directory: directory('services/verifier/migrations-keys'), table: 'service_migrations' }]
  return [
    { directory: directory('packages/runtime/migrations'), table: 'runtime_migrations' },
    { directory: directory(`services/${owner}/migrations`), table: 'service_migrations' },
  ]
}
