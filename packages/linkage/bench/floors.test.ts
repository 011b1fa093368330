import { describe, expect, test } from 'vitest'
import { labelledSets } from './labelled-sets.ts'
import { asysd, dblpAcm } from './works.ts'

const folder = labelledSets(process.env['ATLAS_SHARED'])
const reason = folder === undefined ? ' (skipped: no labelled sets under ATLAS_SHARED)' : ''

// The floors are those of rules of a few lines. Nothing was fitted to these sets.
describe.skipIf(folder === undefined)(`labelled sets${reason}`, () => {
  test('works: DBLP and ACM, better than equal title and year (F1 0.947)', () => {
    const { precision, recall, f1, seconds } = dblpAcm(folder ?? '')
    console.info('dblp-acm', { precision, recall, f1, seconds })
    expect(f1).toBeGreaterThan(0.947)
    expect(precision).toBeGreaterThan(0.98)
  })

  test('works: a literature search, duplicates found and unique records kept', () => {
    const figures = asysd(folder ?? '')
    console.info('asysd-diabetes', figures)
    expect(figures.sensitivity).toBeGreaterThan(0.95)
    expect(figures.specificity).toBeGreaterThan(0.99)
  })
})
