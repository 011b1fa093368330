import { distance } from 'fastest-levenshtein'
import type { PreparedName } from './prepare-name.ts'
import { isSlavic } from './transcriptions.ts'

export type GivenLevel = 'exact' | 'compatible' | 'similar' | 'initials' | 'absent' | 'middle_conflict' | 'conflict'

/** How the given names of two people of one family name stand to each other; symmetric. */
export function compareGiven(a: PreparedName, b: PreparedName): GivenLevel {
  if (a.characters !== '' && b.characters !== '') return a.characters === b.characters ? 'exact' : 'conflict'
  if (a.given.length === 0 || b.given.length === 0) return 'absent'
  if (a.givenJoined === b.givenJoined && a.full === b.full) return a.given.some(isWritten) ? 'exact' : 'initials'
  if (!a.full || !b.full) return compareInitials(a, b)
  const [first, other] = [a.given[0] ?? '', b.given[0] ?? '']
  if (a.koreanGiven !== '' && b.koreanGiven !== '') {
    if (a.koreanGiven === b.koreanGiven) return 'similar'
    if (first === other) return 'conflict' // Min-Soo, Min-Seok: two syllables are one name
  }
  if (first === other) return middlesAgree(a, b) ? 'compatible' : 'middle_conflict'
  if (a.form !== '' && a.form === b.form) return middlesMayAgree(a, b) ? 'similar' : 'middle_conflict'
  if (a.pinyin && b.pinyin) return 'conflict'
  if (a.sound === b.sound) return 'similar'
  if (a.sounds[0] === b.sounds[0]) return middlesMayAgree(a, b) ? 'similar' : 'middle_conflict'
  return isVariant(a, b, first, other) ? 'similar' : 'conflict'
}

function isWritten(name: string): boolean {
  return name.length > 1
}

function compareInitials(a: PreparedName, b: PreparedName): GivenLevel {
  if (abbreviates(a, b)) return 'initials'
  // J. Robert and Robert: the name in use is written out, and it is not the first.
  return isUsed(a, b) || isUsed(b, a) ? 'similar' : 'conflict'
}

function isUsed(abbreviated: PreparedName, full: PreparedName): boolean {
  const [first = '', second = ''] = abbreviated.given
  return first.length === 1 && second.length > 2 && second === full.given[0]
}

// J. P. fits Jean-Pierre, Jean and Jianping, of which only the first letter is known; K. fits none of them.
function abbreviates(a: PreparedName, b: PreparedName): boolean {
  const shared = Math.min(a.given.length, b.given.length)
  for (let at = 0; at < shared; at++) {
    const [x, y] = [a.given[at] ?? '', b.given[at] ?? '']
    if (!sameInitial(x, y) && !(hasSoftInitial(x) && hasSoftInitial(y) && (isSlavic(a.family) || isSlavic(b.family))))
      return false
  }
  return true
}

/** What stands for the Cyrillic Ю and Я: Yu., Iu., J. */
export function hasSoftInitial(name: string): boolean {
  return /^[yij](?:[ua]|$)/.test(name)
}

function sameInitial(a: string, b: string): boolean {
  return a.length === 1 || b.length === 1 ? a[0] === b[0] : a === b
}

function middlesAgree(a: PreparedName, b: PreparedName): boolean {
  const [x, y] = [a.given.length, b.given.length]
  return (x > y || hasMiddles(b, a)) && (y > x || hasMiddles(a, b))
}

/** Whether the long name has each middle name of the short one. */
function hasMiddles(long: PreparedName, { given, sounds }: PreparedName): boolean {
  return given.every((name, at) => at === 0 || hasMiddle(long, name, sounds[at] ?? ''))
}

function hasMiddle({ given, sounds }: PreparedName, name: string, sound: string): boolean {
  return given.some(
    (other, at) => at > 0 && (sameInitial(name, other) || startsWith(name, other) || sounds[at] === sound),
  )
}

function startsWith(a: string, b: string): boolean {
  return a.length > 1 && b.length > 1 && (a.startsWith(b) || b.startsWith(a))
}

// Without a middle name on one side there is nothing to disagree about.
function middlesMayAgree(a: PreparedName, b: PreparedName): boolean {
  return a.given.length < 2 || b.given.length < 2 || middlesAgree(a, b)
}

function isVariant(a: PreparedName, b: PreparedName, first: string, other: string): boolean {
  const shorter = Math.min(first.length, other.length)
  if (shorter >= 3 && (first.startsWith(other) || other.startsWith(first))) return true
  if (shorter >= 3 && (a.givenJoined.startsWith(b.givenJoined) || b.givenJoined.startsWith(a.givenJoined))) return true
  // The name in use is not always the first: Pierre for Jean-Pierre.
  if (isLater(a.given, other) || isLater(b.given, first)) return true
  return shorter >= 6 && Math.abs(first.length - other.length) <= 1 && distance(first, other) === 1
}

// Two letters say enough at the end only, where a Vietnamese given name stands: An for Van An.
function isLater(given: readonly string[], name: string): boolean {
  return name.length > 2 ? given.indexOf(name, 1) > 0 : given.length > 1 && given.at(-1) === name
}
