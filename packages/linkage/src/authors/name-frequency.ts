import { mayBePinyin } from '../names/pinyin.ts'
import { FAMILY, GIVEN } from './name-table.ts'

/** Bits against anybody of that family name being the one: negative. */
export function priorOf(family: string): number {
  const rank = FAMILY.classOf[family]
  return rank === undefined ? byLength(family.length, FAMILY.byLength) : (FAMILY.byClass[rank] ?? 0)
}

/** Bits that equal given names add: the rarer the more. */
export function givenBits(given: readonly string[]): number {
  const joined = given.join('')
  if (joined.length < 2) return 0
  // Two syllables of romanised Chinese are some hundred names, whatever their length.
  if (mayBePinyin(joined)) return byClass(joined) ?? (joined.length > 4 ? 8.5 : 7)
  const written = given.filter((name) => name.length > 1)
  const first = written[0] ?? ''
  const more = written.length > 1 ? 3 : given.length > 1 ? 1.5 : 0
  return (byClass(first) ?? byLength(first.length, GIVEN.byLength)) + more
}

function byClass(given: string): number | undefined {
  const rank = GIVEN.classOf[given]
  return rank === undefined ? undefined : GIVEN.byClass[rank]
}

function byLength(length: number, steps: readonly (readonly [number, number])[]): number {
  return steps.find(([upTo]) => length <= upTo)?.[1] ?? 0
}
