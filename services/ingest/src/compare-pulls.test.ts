import { createReadStream, existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Normalised } from './adapters/adapter.ts'
import { blankAuthor, blankRecord } from './adapters/blank.ts'
import { openalex } from './adapters/openalex.ts'
import { readRecord } from './adapters/read-record.ts'
import { comparePulls } from './compare-pulls.ts'
import { recordsOfFile } from './formats/records-of-file.ts'

const root = join(import.meta.dirname, '../../..')
const samples = join(resolve(root, process.env.ATLAS_SHARED ?? '../shared'), 'data/samples/openalex')
const absent = existsSync(samples) ? '' : ' (skipped: the sample records are not beside this clone)'

const aRecord = (sourceId: string, change: Partial<Normalised> = {}): Normalised => ({
  ...blankRecord('plain', sourceId),
  title: 'T',
  warnings: [],
  authors: [{ ...blankAuthor(1), name: 'Ann Ar' }],
  ...change,
})

describe('two pulls', () => {
  it('are compared record by record, by the most important of what changed', () => {
    const earlier = ['a', 'b', 'c', 'd', 'e', 'gone'].map((id) => aRecord(id))
    const later = [
      aRecord('a', { citedByCount: 1 }),
      aRecord('b', { title: 'U', citedByCount: 1 }),
      aRecord('c', { licence: 'x' }),
      aRecord('d', { typeAsGiven: 'x' }),
      aRecord('e', { sourceUpdatedAt: 1 }),
      aRecord('new'),
    ]
    expect(comparePulls(earlier, later)).toEqual({
      both: 5,
      onlyEarlier: 1,
      onlyLater: 1,
      classes: { identity: 1, bibliographic: 1, volatile: 1, cosmetic: 1, none: 1 },
      fields: [
        { class: 'identity', field: 'title', records: 1, example: 'b' },
        { class: 'bibliographic', field: 'licence', records: 1, example: 'c' },
        { class: 'volatile', field: 'citedByCount', records: 2, example: 'a' },
        { class: 'cosmetic', field: 'typeAsGiven', records: 1, example: 'd' },
      ],
      identity: [{ sourceId: 'b', changed: ['title'] }],
    })
  })

  it.skipIf(absent !== '')(`of a hundred works of OpenAlex are what docs/changes.md explains${absent}`, async () => {
    const read = async (name: string): Promise<Normalised[]> => {
      const records: Normalised[] = []
      const path = join(samples, name)
      for await (const framed of recordsOfFile(createReadStream(path), { adapter: openalex, fileName: path })) {
        const result = framed.ok ? readRecord(openalex, framed.element) : undefined
        if (result?.ok) records.push(result.record)
      }
      return records
    }
    const earlier = await read('works-biodiversity-finance-earlier-version.jsonl')
    const report = comparePulls(earlier, await read('works-biodiversity-finance.jsonl'))
    expect(report).toMatchObject({ both: 100, onlyEarlier: 0 })
    expect(report.classes).toEqual({ identity: 11, bibliographic: 22, volatile: 22, cosmetic: 0, none: 45 })
    const changed = (path: RegExp) =>
      report.identity.filter((one) => one.changed.some((text) => path.test(text))).length
    expect([/^authors\[\+\]/, /sourceIds/, /orcid/, /^identifiers/, /^title/].map(changed)).toEqual([3, 4, 3, 2, 1])
  })
})
