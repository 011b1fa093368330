import { compareNames, mayBeOnePerson } from '../names/compare-names.ts'
import { type PreparedName, prepareName } from '../names/prepare-name.ts'
import type { LinkageRecord } from '../types.ts'

/** How two author lists stand to each other as sets, the best first. */
export type AuthorsLevel = 'equal' | 'compatible' | 'overlap' | 'slight' | 'disjoint' | 'absent'

/** The persons of a record as a set: family names with the initials they go with. */
export interface AuthorSet {
  readonly size: number
  readonly names: readonly PreparedName[]
  readonly byFamily: ReadonlyMap<string, readonly string[]>
  /** Family and given name in one word in alphabetical order: the same for a swapped name. */
  readonly swaps: ReadonlySet<string>
  /** Family name of the first in the list: what is left of a list that was cut to one. */
  readonly first: string
}

export const NO_AUTHORS: AuthorSet = { size: 0, names: [], byFamily: new Map(), swaps: new Set(), first: '' }

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
  const swaps = new Set(names.map(swapKey).filter((key) => key !== ''))
  return { size: names.length, names, byFamily, swaps, first }
}

function swapKey(name: PreparedName): string {
  return name.full ? [name.family, name.givenJoined].sort().join('') : ''
}

/** The level of a pair of sets; symmetric, and linear in their sizes. */
export function compareAuthors(a: AuthorSet, b: AuthorSet): AuthorsLevel {
  if (a.size === 0 || b.size === 0) return 'absent'
  const smaller = Math.min(a.size, b.size)
  const exactly = Math.min(smaller, Math.max(sharedByFamily(a, b), sharedSwaps(a, b)))
  const shared = exactly === smaller ? exactly : Math.max(exactly, sharedLoosely(a, b))
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

// A list in which more than these are left over is another list; comparing them all would be quadratic.
const MAX_LEFT = 12

/**
 * Those whom family name and initial bring together, and of the others each with one who may be the same person: another
 * given name in use, a double family name cut, a slip. Of four one may share no more than the family name: two teams that
 * differ in one given name are one team.
 */
function sharedLoosely(a: AuthorSet, b: AuthorSet): number {
  const [left, right] = [leftOver(a, b), leftOver(b, a)]
  const known = Math.min(a.size - left.length, b.size - right.length)
  if (left.length > MAX_LEFT || right.length > MAX_LEFT) return known
  const byFamily = known === 0 ? 0 : Math.max(1, Math.floor(known / 3))
  return known + Math.max(pairedOff(left, right, byFamily), pairedOff(right, left, byFamily))
}

function pairedOff(left: readonly PreparedName[], right: readonly PreparedName[], mayByFamily: number): number {
  const free = [...right]
  let byFamily = mayByFamily
  for (const name of left) {
    let at = free.findIndex((other) => mayBeOne(name, other))
    if (at < 0 && byFamily > 0) {
      at = free.findIndex((other) => haveOneFamily(name, other))
      if (at >= 0) byFamily--
    }
    if (at >= 0) free.splice(at, 1)
  }
  return right.length - free.length
}

function leftOver(a: AuthorSet, b: AuthorSet): PreparedName[] {
  const fits = (x: string, y: string): boolean => x === y || x === '' || y === ''
  return a.names.filter(({ familyParts, given }) => {
    const others = b.byFamily.get(familyParts.at(-1) ?? '')
    return !others?.some((initial) => fits(initial, given[0]?.[0] ?? ''))
  })
}

const mayBeOne = (a: PreparedName, b: PreparedName): boolean => mayBeOnePerson(compareNames(a, b))
const haveOneFamily = (a: PreparedName, b: PreparedName): boolean => a.familyParts.at(-1) === b.familyParts.at(-1)
