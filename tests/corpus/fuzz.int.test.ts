import { randomInt } from 'node:crypto'
import process from 'node:process'
import { describe, it } from 'vitest'
import { fuzzFiles, fuzzPushes } from './fuzzing.ts'

/** Another one each run; `FUZZ_SEED` makes again what failed. */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(1, 2 ** 31))

describe(`mutations of what is taken, seed ${seed}`, () => {
  it('as pushes have documented answers only', () => fuzzPushes(300, seed))
  it('as files have documented ends only', () => fuzzFiles(300, seed))
})
