import { mayBePinyin } from '../names/pinyin.ts'
import type { PreparedName } from '../names/prepare-name.ts'
import type { Model } from './model.ts'

/** Bits against anybody of that family name being the one: negative. */
export function priorOf(family: string, model: Model): number {
  const rank = model.familyClass[family]
  return rank === undefined ? byLength(family.length, model.prior.byLength) : (model.prior.byClass[rank] ?? 0)
}

/** Bits that equal given names add: the rarer the more. */
export function givenBits(given: readonly string[], model: Model): number {
  const joined = given.join('')
  if (joined.length < 2) return 0
  // Two syllables of romanised Chinese are some hundred names, whatever their length.
  if (mayBePinyin(joined)) return byClass(joined, model) ?? (joined.length > 4 ? 8.5 : 7)
  const written = given.filter((name) => name.length > 1)
  const first = written[0] ?? ''
  const more = written.length > 1 ? 3 : given.length > 1 ? 1.5 : 0
  return (byClass(first, model) ?? byLength(first.length, model.given.byLength)) + more
}

/** Log2 of one in how many bearers of a whole name somebody is: 0 when nobody else bears it. */
export function nameBits(name: PreparedName, model: Model): number {
  return givenBits(name.given, model) + priorOf(name.family, model)
}

function byClass(given: string, model: Model): number | undefined {
  const rank = model.givenClass[given]
  return rank === undefined ? undefined : model.given.byClass[rank]
}

function byLength(length: number, steps: Model['prior']['byLength']): number {
  return steps.find(([upTo]) => length <= upTo)?.[1] ?? 0
}
