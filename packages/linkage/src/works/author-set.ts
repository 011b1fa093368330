import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { LinkageRecord } from '../types.ts'

/** How two author lists stand to each other as sets, the best first. */
export type AuthorsLevel = 'equal' | 'compatible' | 'overlap' | 'slight' | 'disjoint' | 'absent'

/** The persons of a record as a set: family names with the initials they go with. */
export interface AuthorSet {
  readonly size: number
  readonly byFamily: ReadonlyMap<string, readonly string[]>
  /** Family and given name in one word in alphabetical order: the same for a swapped name. */
  readonly swaps: ReadonlySet<string>
  /** Family name of the first in the list: what is left of a list that was cut to one. */
  readonly first: string
}

export const NO_AUTHORS: AuthorSet = { size: 0, byFamily: new Map(), swaps: new Set(), first: '' }

export function authorSetOf(record: LinkageRecord): AuthorSet {
  const names = record.authors
    .filter((author) => !author.collective && (author.role === 'author' || author.role === ''))
    .map((author) => prepareName(author))
    .filter((name) => name.family !== '' && name.family !== 'others' && name.family !== 'al')
  if (names.length === 0) return NO_AUTHORS
  const byFamily = new Map<string, string[]>()
  for (const name of names) {
    const family = name.familyParts.at(-1) ?? ''
    byFamily.set(family, [...(byFamily.get(family) ?? []), name.given[0]?.[0] ?? ''])
  }
  const first = names[0]?.familyParts.at(-1) ?? ''
  return { size: names.length, byFamily, swaps: new Set(names.map(swapKey).filter((key) => key !== '')), first }
}

function swapKey(name: PreparedName): string {
  return name.full ? [name.family, name.givenJoined].sort().join('') : ''
}

/** The level of a pair of sets; symmetric, and linear in their sizes. */
export function compareAuthors(a: AuthorSet, b: AuthorSet): AuthorsLevel {
  if (a.size === 0 || b.size === 0) return 'absent'
  const smaller = Math.min(a.size, b.size)
  const shared = Math.min(smaller, Math.max(sharedByFamily(a, b), sharedSwaps(a, b)))
  if (shared === a.size && shared === b.size) return 'equal'
  if (shared === smaller) return smaller > 1 || a.first === b.first ? 'compatible' : 'slight'
  if (shared * 2 >= smaller && shared > 1) return 'overlap'
  return shared > 0 ? 'slight' : 'disjoint'
}

function sharedByFamily(a: AuthorSet, b: AuthorSet): number {
  let shared = 0
  for (const [family, initials] of a.byFamily) {
    const others = b.byFamily.get(family)
    if (others) shared += sharedInitials(initials, others)
  }
  return shared
}

// Equal initials first; then whoever has none goes with anybody left.
function sharedInitials(a: readonly string[], b: readonly string[]): number {
  if (a.length === 1 && b.length === 1) return a[0] === b[0] || a[0] === '' || b[0] === '' ? 1 : 0
  const left = b.filter((initial) => initial !== '')
  const unmatched = a.filter((initial) => {
    const at = initial === '' ? -1 : left.indexOf(initial)
    if (at >= 0) left.splice(at, 1)
    return initial !== '' && at < 0
  })
  const [wildA, wildB] = [a.filter((initial) => initial === '').length, b.filter((initial) => initial === '').length]
  const exact = a.length - wildA - unmatched.length
  const [toB, toA] = [Math.min(wildA, left.length), Math.min(wildB, unmatched.length)]
  return exact + toB + toA + Math.min(wildA - toB, wildB - toA)
}

function sharedSwaps(a: AuthorSet, b: AuthorSet): number {
  const [small, large] = a.swaps.size < b.swaps.size ? [a, b] : [b, a]
  let shared = 0
  for (const key of small.swaps) if (large.swaps.has(key)) shared++
  return shared
}
