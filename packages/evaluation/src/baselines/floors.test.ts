import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { type AuthorBench, openAuthorBench } from '../run/evaluate-authors.ts'
import { labelledSet } from '../testing/labelled-sets.ts'
import { baselineNamed } from './named.ts'

const folder = (set: string) => labelledSet(set, process.env['ATLAS_SHARED'])
const reason = folder('acl') === undefined ? ' (skipped: no labelled sets under ATLAS_SHARED)' : ''

// As published beside the sets. `within` is how far a rule told in a few words may be read otherwise: which part of a
// double name is the surname, when a forename is compatible, what of two equal counts.
describe.skipIf(reason !== '')(`the published floors come out again${reason}`, () => {
  const benches = new Map<string, Promise<AuthorBench>>()
  const bench = (set: string): Promise<AuthorBench> => {
    const open = benches.get(set) ?? openAuthorBench(folder(set) ?? '')
    benches.set(set, open)
    return open
  }

  it.each([
    { set: 'acl', name: 'only-initial', figures: [0.866, 0.794, 0.828], nil: 405, within: 0.0005 },
    { set: 'acl', name: 'only-forename', figures: [0.952, 0.946, 0.949], nil: 156, within: 0.0015 },
    { set: 'acl', name: 'shared-coauthors', figures: [0.998, 0.626, 0.77], nil: 0, within: 0.0005 },
    { set: 'acl-collided', name: 'shared-coauthors', figures: [0.919, 0.583, 0.713], nil: 85, within: 0.005 },
  ])('$set, $name: $figures, $nil', async ({ set, name, figures, nil, within }) => {
    const { precision, recall, f1, nilAccepted } = (await bench(set)).run(
      baselineNamed(name).authors,
      false,
      () => undefined,
    )
    for (const [at, value] of [precision, recall, f1].entries())
      expect(Math.abs(value - (figures[at] ?? 0))).toBeLessThanOrEqual(within)
    expect(Math.abs(nilAccepted - nil)).toBeLessThanOrEqual(set === 'acl' ? 0 : 1)
  })
})
