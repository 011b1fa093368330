import { expect, it } from 'vitest'
import { type ImportedSource, importTable } from './import-table.ts'

const crossref: ImportedSource = {
  source: 'crossref',
  files: 2,
  failed: 1,
  records: 1_003,
  counts: { stored: 1_000, updated: 1, duplicate: 0, stale: 0, refused: 2 },
  reading: {
    authors: 4_000,
    authorsWithOrcid: 900,
    affiliations: 1_200,
    affiliationsWithRor: 30,
    refused: { missing_field: 2 },
  },
  failures: { bad_compression: 1 },
}
const hal: ImportedSource = {
  source: 'hal',
  files: 1,
  failed: 0,
  records: 7,
  counts: { stored: 0, updated: 0, duplicate: 7, stale: 0, refused: 0 },
  reading: { authors: 0, authorsWithOrcid: 0, affiliations: 0, affiliationsWithRor: 0, refused: {} },
  failures: {},
}

it('shows a row a source, one for all, and what was refused', () => {
  expect(`\n${importTable([crossref, hal])}`).toBe(`
source    files  records  stored  updated  duplicate  stale  refused  authors  with ORCID  affiliations  with ROR
crossref      2     1003    1000        1          0      0        2     4000         900          1200        30
hal           1        7       0        0          7      0        0        0           0             0         0
all           3     1010    1000        1          7      0        2     4000         900          1200        30
crossref: 2 refused, missing_field
crossref: 1 of the files failed, bad_compression`)
})

it('shows works made across sources where they were counted', () => {
  const lines = importTable([crossref, hal], [{ source: 'crossref', works: 990, shared: 12 }]).split('\n')
  expect(lines[0]).toMatch(/works {2}shared$/)
  expect(lines[1]).toMatch(/990 {6}12$/)
})
