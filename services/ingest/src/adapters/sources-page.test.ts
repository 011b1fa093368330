import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ADAPTERS } from './index.ts'
import { sourcesPage } from './sources-page.ts'

const TYPES = new Set(
  'article preprint conference-paper book book-chapter thesis dissertation report dataset software review editorial letter erratum other'.split(
    ' ',
  ),
)
const STATUSES = new Set(['gold', 'green', 'hybrid', 'bronze', 'diamond', 'closed', 'as given'])

it('docs/sources.md has the tables of the adapters (vitest -u writes it)', async () => {
  const page = join(import.meta.dirname, '../../../../docs/sources.md')
  await expect(sourcesPage(ADAPTERS.values())).toMatchFileSnapshot(page)
})

it.each([...ADAPTERS])('%s says which of our words its words become', (_, { mapping }) => {
  expect(mapping).toBeDefined()
  for (const type of Object.values(mapping?.types ?? {})) expect(TYPES).toContain(type)
  for (const { status } of mapping?.openAccess ?? []) expect(STATUSES).toContain(status)
})
