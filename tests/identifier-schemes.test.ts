import { readdir, readFile } from 'node:fs/promises'
import { OTHER_SCHEMES, WORK_SCHEMES } from '@atlas/linkage'
import { expect, it } from 'vitest'
import { CATALOGUES } from '../services/ingest/src/adapters/inspire-types.ts'
import { WORK_IDS as OF_ORCID } from '../services/ingest/src/adapters/orcid-types.ts'
import { WORK_IDS as OF_SCANR } from '../services/ingest/src/adapters/scanr-types.ts'

const fixtures = new URL('../services/ingest/fixtures/', import.meta.url)

interface Read {
  readonly source?: string
  readonly kind?: string
  readonly identifiers?: readonly { readonly scheme: string; readonly relation: string }[]
}

/** Schemes that works of the fixtures call their own; at DataCite depositors choose the words themselves. */
async function schemesOfFixtures(): Promise<readonly string[]> {
  const names = (await readdir(fixtures)).filter((name) => name.endsWith('.expected.json') && !/^datacite/.test(name))
  const files = await Promise.all(names.map((name) => readFile(new URL(name, fixtures), 'utf8')))
  const records = files.flatMap((text) => JSON.parse(text) as readonly Read[])
  return records
    .filter(({ kind }) => kind === 'work')
    .flatMap(({ identifiers = [] }) =>
      identifiers.flatMap(({ scheme, relation }) => (relation === 'self' ? [scheme] : [])),
    )
}

it('every scheme by which an adapter names a work is known to be one of works, or not, and why', async () => {
  const given = new Set([
    ...(await schemesOfFixtures()),
    ...Object.values(CATALOGUES),
    ...[...Object.values(OF_ORCID), ...Object.values(OF_SCANR)].map(([scheme]) => scheme),
  ])
  expect(given.size).toBeGreaterThan(35)
  expect([...given].filter((scheme) => !WORK_SCHEMES.has(scheme) && !OTHER_SCHEMES.has(scheme))).toEqual([])
})
