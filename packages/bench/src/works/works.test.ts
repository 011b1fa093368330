import { isAccepted, verdict } from '@atlas/linkage'
import { storedRecordOf } from '@atlas/matcher/record'
import { randomOf } from '@atlas/testing/world'
import { describe, expect, it } from 'vitest'
import { publicationOf, recordOf, recordsOf } from './publications.ts'
import { withSlip } from './titles.ts'

const COUNT = 3_000
const made = Array.from({ length: COUNT }, (_, at) => publicationOf('test', at))

describe('made-up publications', () => {
  it('are the same whoever is asked for first', () => {
    expect(publicationOf('test', 17)).toEqual(made[17])
    expect(publicationOf('other', 17)).not.toEqual(made[17])
  })

  it('have titles whose words are shared as often as those of real titles', () => {
    const words = made
      .flatMap(({ title }) => [...new Set(title.toLowerCase().split(' '))])
      .filter((word) => word.length > 4)
    const sizes = [...Map.groupBy(words, (word) => word).values()].map((group) => group.length)
    const alike = sizes.reduce((sum, size) => sum + size * (size - 1), 0) / (words.length * (words.length - 1))
    // Two words drawn from real titles are one in 4.9 of 10,000 where fields are many, in 39 where there is but one.
    expect(alike).toBeGreaterThan(4e-4)
    expect(alike).toBeLessThan(39e-4)
  })

  it('are one work in every source, and with a slip as a rule', () => {
    const known = made.map((one) => storedRecordOf(recordOf(one, 'openalex')))
    const slipped = made.map((one) => {
      const title = withSlip(one.title, randomOf('slip', one.index)) ?? one.title
      return storedRecordOf(recordOf({ ...one, doi: undefined, title }, 'hal'))
    })
    const linked = known.filter((record, at) => isAccepted(verdict(record, slipped[at]!)))
    expect(linked.length / COUNT).toBeGreaterThan(0.8)
    expect(made.filter((one) => recordsOf('test', one).length === 2).length / COUNT).toBeCloseTo(0.15, 1)
  })
})
