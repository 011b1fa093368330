import { randomInt } from 'node:crypto'
import process from 'node:process'
import { describe, it } from 'vitest'
import { fuzzFiles, fuzzPushes } from './fuzzing.ts'

/** The same each run, so that a change alone decides; `FUZZ_SEED=random` looks elsewhere, a number makes what failed again. */
const given = process.env['FUZZ_SEED'] ?? '1'
const seed = given === 'random' ? randomInt(1, 2 ** 31) : Number(given)

describe(`mutations of what is taken, seed ${seed}`, () => {
  it('as pushes have documented answers only', () => fuzzPushes(300, seed))
  it('as files have documented ends only', () => fuzzFiles(300, seed))
})
