import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SKIPPED = new Set(['node_modules', '.git', '.dev', '.tools', '.cache', 'dist', 'pnpm-lock.yaml'])
const READ = /\.(?:ts|tsx|json|jsonl|ndjson|xml|csv|md|bib|ris|yaml|sql)$/
// The two blocks that ISNI keeps for ORCID, as ORCID tells in its FAQ on the two: an iD there may be somebody's.
const GIVEN_OUT = [
  ['0000000150000007', '0000000350000001'],
  ['0009000000000000', '0009001000000000'],
] as const
// Josiah Carberry, whom ORCID keeps for examples, and his iD with a wrong check digit.
const MADE_UP = new Set(['0000-0002-1825-0097', '0000-0002-1825-0098'])
// They name files of real samples, which lie outside of the repository, and say nothing of anybody.
const NAMES_FILES = new Set(['services/ingest/src/testing/entries-of-graphs.ts', 'tests/samples.e2e.test.ts'])

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesIn(path)
    return READ.test(entry.name) && !NAMES_FILES.has(relative(ROOT, path)) ? [path] : []
  })
}

it('no iD that may be somebody’s stands in the repository', () => {
  const found = filesIn(ROOT).flatMap((path) => {
    const ids = readFileSync(path, 'utf8').matchAll(/(?<![\d-])\d{4}-\d{4}-\d{4}-\d{3}[\dX](?![\d-])/gi)
    return [...ids].map(([id]) => ({ file: relative(ROOT, path), id }))
  })
  expect(found.length).toBeGreaterThan(100)
  expect(found.filter(({ id }) => mayBeSomebodys(id))).toEqual([])
})

function mayBeSomebodys(id: string): boolean {
  const digits = id.replaceAll('-', '').toUpperCase()
  return !MADE_UP.has(id) && GIVEN_OUT.some(([first, last]) => digits >= first && digits <= last)
}
