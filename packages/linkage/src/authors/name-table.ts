import { FAMILY_CLASS, GIVEN_CLASS } from './frequencies.ts'

/** Bits by class of a name that is in the tables; by length for others: [up to this length, bits]. */
interface NameBits {
  readonly classOf: Readonly<Record<string, number>>
  readonly byClass: readonly number[]
  readonly byLength: readonly (readonly [number, number])[]
}

/** Classes of frequent family names that a block by family and initial is too big for. */
export const FREQUENT_CLASSES = 4

/** Bits against anybody of that family name being the one: log2 of 1 : bearers among the people who may turn up. */
export const FAMILY: NameBits = {
  classOf: FAMILY_CLASS,
  byClass: [-12, -11, -10, -8.5, -7.5],
  byLength: [
    [3, -7.5],
    [4, -6.5],
    [5, -6],
    [7, -5],
    [Number.POSITIVE_INFINITY, -4],
  ],
}

/** Bits for an equal given name: log2 of how few of those bearers it leaves. */
export const GIVEN: NameBits = {
  classOf: GIVEN_CLASS,
  byClass: [5, 6, 7],
  byLength: [
    [2, 6.5],
    [3, 7.5],
    [4, 8.5],
    [Number.POSITIVE_INFINITY, 10],
  ],
}
