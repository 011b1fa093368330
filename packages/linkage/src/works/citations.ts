import { shortKey } from '../text/hash.ts'
import type { LinkageIdentifier } from '../types.ts'
import { identifierKeysOf } from './identifiers.ts'
import { SAYS_VERSION } from './work-identifiers.ts'

// A work cites some thirty others. Of a longer list those with the smallest keys are kept: of two long lists the same.
const MAX_CITED = 200
const MAX_OWN = 20

/** An entry of a list of references; one that names nothing by an identifier says nothing here. */
export interface LinkageReference {
  readonly scheme: string | null
  readonly value: string | null
}

/** What a list of references names: keys, distinct, rising. */
export function citedKeys(references: readonly LinkageReference[]): readonly number[] {
  return rising(
    references.flatMap(({ scheme, value }) =>
      scheme === null || value === null ? [] : identifierKeysOf({ scheme, value }),
    ),
  ).slice(0, MAX_CITED)
}

/** The keys by which others cite a work with these identifiers: its own, and those of its versions. */
export function keysToCite(identifiers: readonly LinkageIdentifier[]): readonly number[] {
  return rising(
    identifiers
      .filter(({ relation }) => relation === 'self' || SAYS_VERSION.has(relation))
      .flatMap((identifier) => identifierKeysOf(identifier)),
  ).slice(0, MAX_OWN)
}

/** The lists of several records of one work as one. */
export function allCited(lists: readonly (readonly number[] | undefined)[]): readonly number[] {
  const told = lists.filter((list) => list !== undefined && list.length > 0)
  if (told.length < 2) return told[0] ?? []
  return distinct(told.flatMap((list) => list ?? [])).slice(0, MAX_CITED)
}

function rising(keys: readonly string[]): readonly number[] {
  return distinct(keys.map(shortKey))
}

function distinct(keys: readonly number[]): readonly number[] {
  return [...new Set(keys)].sort((a, b) => a - b)
}
