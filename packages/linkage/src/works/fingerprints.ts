import { noted } from '../noted.ts'
import { sha256 } from '../text/hash.ts'
import type { LinkageRecord, WorkKey } from '../types.ts'
import { type PreparedRecord, prepareRecord } from './prepare.ts'
import type { PreparedTitle } from './title.ts'
import { COMMON_WORDS } from './title-words.ts'

/** Blocking keys of a record, distinct and sorted; none for a deleted or suppressed record. */
export function fingerprintsFor(record: LinkageRecord): readonly WorkKey[] {
  return keysOf(prepareRecord(record))
}

/** How an index of records is to be kept. */
export interface IndexKeys {
  /** The record stands under these. */
  readonly stored: readonly string[]
  /** Everybody it could be linked to stands under one of these. */
  readonly sought: readonly string[]
}

/**
 * Index keys such that two records that a rule could link always find each other, from either side. Two with other DOIs,
 * neither that of a deposit, are linked through identifiers only (rule other-doi), so their titles do not bring them
 * together: most records have a DOI, and the blocks of stock phrases stay small.
 */
export function indexKeysFor(record: LinkageRecord): IndexKeys {
  const prepared = prepareRecord(record)
  const settled = isSettled(prepared)
  const keys = keysOf(prepared)
  const marked = (key: WorkKey) => (mayMeetSettled(key) ? key.key : `${key.key} +doi`)
  const plain = keys.map(({ key }) => key)
  return {
    stored: settled ? keys.map(marked) : plain,
    sought: settled ? plain : [...new Set([...plain, ...keys.map(marked)])],
  }
}

/** Whether its DOI says which work it is: a record with another one is another work, unless it is a deposit. */
export function isSettled({ identifiers, deposited }: PreparedRecord): boolean {
  return identifiers.dois.size > 0 && !deposited
}

/** Whether two settled records with other DOIs may still be linked under this key. */
export function mayMeetSettled({ key, kind }: WorkKey): boolean {
  return kind === 'identifier' || key.startsWith('place:')
}

/** The keys of a record prepared once: it is indexed, and then compared with those around it. */
export const keysOf = noted((prepared: PreparedRecord): readonly WorkKey[] => {
  const { record, identifiers, titles } = prepared
  if (record.deleted || record.suppressed) return []
  const exact = [...identifiers.self, ...identifiers.versions]
  const keys = new Map<string, WorkKey['kind']>(exact.map((key) => [key, 'identifier']))
  const [main] = titles
  if (main) for (const isbn of identifiers.isbns) keys.set(`isbn:${isbn}|${main.compact.slice(0, 12)}`, 'identifier')
  for (const title of titles) for (const key of titleKeys(title, prepared)) keys.set(key, 'fingerprint')
  return [...keys].map(([key, kind]) => ({ key, kind })).sort((a, b) => (a.key < b.key ? -1 : 1))
})

/**
 * A title that says enough is a key by itself, with no year: a preprint and its article are years apart. One that says
 * little is a key only with where it stood; one with a slip or a subtitle is found by its rarest words and an author.
 */
function titleKeys(title: PreparedTitle, prepared: PreparedRecord): string[] {
  const { firstPage, volume, issue } = prepared
  const text = short(title.compact)
  const by = authorsToFindBy(prepared)
  const placed = by.flatMap((author) => [
    ...(firstPage === '' ? [] : [`place:${text}|${firstPage}|${author}`]),
    ...(volume === '' || issue === '' || !title.generic ? [] : [`place:${text}|${volume}/${issue}|${author}`]),
  ])
  if (title.generic) return placed
  const place = [
    ...(firstPage === '' ? [] : [`title:${text}|${firstPage}`]),
    ...(volume === '' || issue === '' ? [] : [`title:${text}|${volume}/${issue}`]),
  ]
  if (title.short) return [...by.map((author) => `title:${text}|${author}`), ...place]
  const main = title.head === title.compact ? [] : [`title:${short(title.head)}`]
  // Under their places two records of one article find each other that have different DOIs.
  return [`title:${text}`, ...main, ...placed, ...wordKeys(title, by)]
}

/**
 * Each two of its three rarest words beside an author: titles that differ in one word have two of them in common, whichever
 * word it is.
 */
function wordKeys({ informative }: PreparedTitle, authors: readonly string[]): string[] {
  const [a = '', b = '', c = ''] = [...new Set(informative)].sort(rarestFirst)
  const pair = (x: string, y: string): string => short(x < y ? `${x} ${y}` : `${y} ${x}`)
  const pairs = [pair(a, b), pair(a, c), pair(b, c)]
  return pairs.flatMap((words) => authors.map((author) => `words:${words}|${author}`))
}

/** Any frozen order finds the same; this one keeps blocks small. */
function rarestFirst(a: string, b: string): number {
  const [x, y] = [COMMON_WORDS.get(a) ?? COMMON_WORDS.size, COMMON_WORDS.get(b) ?? COMMON_WORDS.size]
  return y - x || b.length - a.length || (a < b ? -1 : 1)
}

// The first survives a list cut short, the first in the alphabet survives another order.
function authorsToFindBy({ authors, year }: PreparedRecord): readonly string[] {
  if (authors.size === 0) return [`${year ?? ''}`]
  const [smallest = ''] = [...authors.byFamily.keys()].sort()
  return smallest === authors.first ? [smallest] : [smallest, authors.first]
}

// 64: nine titles in ten fit, and a key stays far below what a B-tree can hold.
function short(text: string): string {
  return text.length <= 64 ? text : `${text.slice(0, 32)}~${sha256(text).slice(0, 24)}`
}
