import { expect, it } from 'vitest'
import type { LinkageRecord, WorkState } from '../types.ts'
import { workFeaturesOf } from './features.ts'

const work = { workId: 'w', slots: [], canonical: { title: 'Frozen brine', issns: [], subjects: [] } }
const features = (...terms: readonly (readonly string[] | undefined)[]) =>
  workFeaturesOf(
    work as WorkState,
    terms.map((own) => ({ ...(own ? { terms: own } : {}) }) as LinkageRecord),
  ).terms

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
  expect(features(...members)).toEqual(terms)
})
