import process from 'node:process'
import { sampleSnapshots } from '@atlas/testing/samples'
import { describe, expect, test } from 'vitest'
import { aRecord } from '../testing/a-record.ts'
import { type LabelledRecord, labelledSets, readLines, recordOf, withAuthors } from '../testing/labelled-sets.ts'
import { OneAtATime } from '../testing/one-at-a-time.ts'
import { randomFrom, shuffled, sociable, withTwins } from '../testing/streams.ts'
import type { LinkageRecord } from '../types.ts'

const samples = sampleSnapshots(process.env['ATLAS_SHARED'])?.filter(({ kind }) => kind === 'work')
const reason = samples === undefined ? ' (skipped: no samples under ATLAS_SHARED)' : ''
const folder = labelledSets(process.env['ATLAS_SHARED'])
const noSets = folder === undefined ? ' (skipped: no labelled sets under ATLAS_SHARED)' : ''

/** Adds one at a time, and compares with all at once after every `step`; returns what it ends in. */
function compareAtPrefixes(stream: readonly LinkageRecord[], step: number): OneAtATime {
  const one = new OneAtATime()
  for (const [at, record] of stream.entries()) {
    one.add(record)
    if ((at + 1) % step !== 0 && at < stream.length - 1) continue
    const [works, batch] = [one.works(), one.inOneBatch()]
    // Texts are compared ten times as fast; what differs is told by the slower way.
    if (JSON.stringify(works) !== JSON.stringify(batch)) expect(works, `after ${at + 1} records`).toEqual(batch)
  }
  return one
}

const joined = (one: OneAtATime) => one.works().filter(({ members }) => members.length > 1).length
const apart = (one: OneAtATime) => one.works().filter(({ heldApart }) => heldApart.length > 0).length

describe.skipIf(samples === undefined)(`real records, one at a time, are what all at once are${reason}`, () => {
  const records = samples ?? []

  test('there are thousands of them, and new versions of some', () => {
    expect(records.length).toBeGreaterThan(3_000)
    expect(records.filter(({ version }) => version > 1).length).toBeGreaterThan(50)
  })

  test.each([1])('at every prefix of those that meet others, seed %i', { timeout: 120_000 }, (seed) => {
    expect(joined(compareAtPrefixes(shuffled(sociable(records), seed), 1))).toBeGreaterThan(5)
  })

  test('at every prefix of some as several sources give them', { timeout: 120_000 }, () => {
    let held = 0
    for (const seed of [3, 4]) {
      const random = randomFrom(seed)
      const some = shuffled(records, seed).slice(0, 50)
      const twins = some.flatMap((record) => withTwins(record, random))
      const one = compareAtPrefixes(shuffled(twins, seed + 100), 1)
      expect(joined(one)).toBeGreaterThan(15)
      held += apart(one)
    }
    expect(held).toBeGreaterThan(1)
  })

  test.each([5])('at every 3,000th prefix of all, seed %i', { timeout: 120_000 }, (seed) => {
    const random = randomFrom(seed)
    const all = records.flatMap((record) => withTwins(record, random))
    expect(joined(compareAtPrefixes(shuffled(all, seed), 3_000))).toBeGreaterThan(1_000)
  })
})

describe.skipIf(folder === undefined)(`labelled sets, one at a time, are what all at once are${noSets}`, () => {
  test.each([['dblp-acm'], ['asysd-diabetes']])('%s', { timeout: 120_000 }, (set) => {
    const records = readLines<LabelledRecord>(`${folder}/${set}/records.jsonl.gz`).map((record) =>
      recordOf(withAuthors(record)),
    )
    const stream = shuffled(records, 8)
    const some = sociable(stream.slice(0, 900)).slice(0, 200)
    compareAtPrefixes(some, 1)
    expect(joined(compareAtPrefixes(stream, 1_500))).toBeGreaterThan(300)
  })
})

test('more records under one identifier than any publication has: a supplement of abstracts, two of each group', () => {
  const of = (at: number) =>
    aRecord({
      id: `R${at}`,
      ids: ['doi:10.5555/supplement'],
      title: `Finding ${NUMBERS[at % 12]} ${NUMBERS[Math.floor(at / 12)]} of the survey`,
      by: [`${NUMBERS[Math.floor(at / 24)]} Falk`, `Bo ${NUMBERS[Math.floor(at / 2) % 12]}`],
    })
  compareAtPrefixes(
    Array.from({ length: 110 }, (_, at) => of(at)),
    55,
  )
})

const NUMBERS = 'Aleph Bethan Gimli Daleth Heman Wawel Zayin Hethel Tethys Yodell Kaphir Lamedo'.split(' ')
