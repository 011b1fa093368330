import { foldTitle } from '@atlas/identifiers'
import type { UnifiedRecord } from './unified.ts'

// Shorter titles are shared by editorials and prefaces of one year.
const TITLE = 20

/**
 * One record a work, the one that labels most of its authors: the same work in seed and stream would be found by itself.
 * Equal by DOI, or by title and year.
 */
export function distinctWorks(records: readonly UnifiedRecord[]): readonly UnifiedRecord[] {
  const seen = new Set<string>()
  return records
    .filter(({ deleted }) => !deleted)
    .toSorted(byLabels)
    .filter((record) => {
      const keys = keysOf(record)
      const known = keys.some((key) => seen.has(key))
      for (const key of keys) seen.add(key)
      return !known
    })
}

export function idOf({ source, sourceId }: UnifiedRecord): string {
  return `${source}:${sourceId}`
}

function keysOf(record: UnifiedRecord): readonly string[] {
  const { title, published, identifiers } = record
  const folded = foldTitle(title ?? '')
  const own = identifiers.filter(({ relation }) => relation === 'self')
  return [
    `id ${idOf(record)}`,
    ...own.map(({ scheme, value }) => `${scheme} ${value}`),
    ...(folded.length >= TITLE ? [`title ${folded} ${published?.year ?? ''}`] : []),
  ]
}

function byLabels(a: UnifiedRecord, b: UnifiedRecord): number {
  const labels = ({ authors }: UnifiedRecord) => authors.filter(({ orcid }) => orcid !== null).length
  return (
    labels(b) - labels(a) ||
    b.authors.length - a.authors.length ||
    compare(idOf(a), idOf(b)) ||
    compare(text(a), text(b))
  )
}

function text(record: UnifiedRecord): string {
  return JSON.stringify(record)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
