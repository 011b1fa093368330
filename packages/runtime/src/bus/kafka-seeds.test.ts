import { expect, it } from 'vitest'
import { createSeeds } from './kafka-seeds.ts'

it('those that were silent are not asked first, until they answer; when all were silent, all are asked', () => {
  const seeds = createSeeds(['a:1', 'b:1', 'c:1'])
  seeds.silent('a:1')
  expect(seeds.list()).toEqual(['b:1', 'c:1'])
  seeds.silent('b:1')
  seeds.silent('c:1')
  expect(seeds.list()).toEqual(['a:1', 'b:1', 'c:1'])
  seeds.answered('b:1')
  expect(seeds.list()).toEqual(['b:1'])
  expect([seeds.isSilent('a:1'), seeds.isSilent('b:1')]).toEqual([true, false])
})
