import { expect, it } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { clusterWorks } from './cluster.ts'
import { workFeaturesOf } from './features.ts'

const [work] = clusterWorks({ records: [aRecord({ title: 'Frozen brine' })], constraints: [] })

it.each([
  { members: [], terms: ['frozen', 'brine'] },
  { members: [undefined], terms: ['frozen', 'brine'] },
  { members: [['ice'], ['ice', 'salt'], undefined], terms: ['ice', 'salt'] },
  // Of members that say as much, the one with precedence.
  {
    members: [
      ['ice', 'salt'],
      ['salt', 'ice'],
    ],
    terms: ['ice', 'salt'],
  },
])('what a work is about is what its richest member says: $members', ({ members, terms }) => {
  const records = members.map((own) => ({ ...aRecord({}), ...(own ? { terms: own } : {}) }))
  expect(workFeaturesOf(work!, records).terms).toEqual(terms)
})
