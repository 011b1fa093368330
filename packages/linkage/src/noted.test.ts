import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { noted } from './noted.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void

interface Named {
  readonly name: string
}

describe('noted', () => {
  it('works out each object once, and each function for itself', () => {
    const asked: string[] = []
    const lengthOf = noted(({ name }: Named) => {
      asked.push(name)
      return { length: name.length }
    })
    const lettersOf = noted(({ name }: Named) => [...name])
    const ada = { name: 'Ada' }
    expect([lengthOf(ada), lengthOf(ada), lengthOf({ name: 'Ada' })]).toEqual([
      { length: 3 },
      { length: 3 },
      { length: 3 },
    ])
    expect(asked).toEqual(['Ada', 'Ada'])
    expect([lettersOf(ada), lettersOf(ada)]).toEqual([
      ['A', 'd', 'a'],
      ['A', 'd', 'a'],
    ])
  })

  it('leaves no trace on a copy, in JSON or among the keys', () => {
    const lengthOf = noted(({ name }: Named) => ({ length: name.length }))
    const ada = { name: 'Ada' }
    lengthOf(ada)
    expect(lengthOf({ ...ada, name: 'Augusta' })).toEqual({ length: 7 })
    expect(JSON.stringify(ada)).toBe('{"name":"Ada"}')
    expect(ada).toStrictEqual({ name: 'Ada' })
  })

  it('keeps nothing alive beyond the young generation', () => {
    const own = noted((object: { readonly words: readonly string[] }) => ({ object, words: [...object.words] }))
    const some = () => own({ words: Array.from({ length: 1_000 }, (_, at) => `word ${at}`) })
    expect(Math.max(...[0, 1, 2].map(() => left(() => many(some))))).toBeLessThan(left(() => kept(some)) / 4)
  })
})

const ROUNDS = 200

function many(some: () => object): void {
  for (let round = 0; round < ROUNDS; round++) some()
}

const held: object[] = []

function kept(some: () => object): void {
  for (let round = 0; round < ROUNDS; round++) held.push(some())
}

/** How many bytes outlive two collections of what is young. */
function left(work: () => void): number {
  const used = () => {
    collect({ type: 'minor' })
    collect({ type: 'minor' })
    return process.memoryUsage().heapUsed
  }
  const before = used()
  work()
  return used() - before
}
