import { createWorld } from '@atlas/testing/world'
import { expect, it } from 'vitest'
import { jsonRecords } from '../benches/world.ts'
import { asWholeWork } from './world-work.ts'

const world = createWorld({ seed: 'whole works', researchers: 300, strangers: 300 })
const records = jsonRecords(world, 1_000).filter(({ source }) => source === 'openalex')

it('has about 8 kB', () => {
  const whole = records.map(asWholeWork)
  const mean = whole.reduce((sum, { line }) => sum + Buffer.byteLength(line), 0) / whole.length
  expect(mean).toBeGreaterThan(7_500)
  expect(mean).toBeLessThan(8_500)
})

it('says of the work and its authors what the world says', () => {
  for (const record of records) {
    const [was, is] = [record, asWholeWork(record)].map(({ line }) => JSON.parse(line) as Record<string, unknown>)
    const { authorships, topics, ...rest } = was ?? {}
    expect(is).toMatchObject(rest)
    expect(is?.['authorships']).toMatchObject(authorships as object[])
    expect(is?.['topics']).toEqual(expect.arrayContaining((topics ?? []) as object[]))
  }
})
