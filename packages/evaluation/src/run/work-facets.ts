import type { LinkageRecord } from '@atlas/linkage'

/** What makes a pair of records easy or hard, by the data alone. */
export function workFacets(a: LinkageRecord, b: LinkageRecord): Readonly<Record<string, string>> {
  return {
    type: [a.type, b.type].sort().filter(distinct).join(' and '),
    authors: given(a.authors.length > 0, b.authors.length > 0),
    pages: given(hasPage(a), hasPage(b)),
    years: yearsBetween(a.published?.year, b.published?.year),
  }
}

function given(a: boolean, b: boolean): string {
  return a && b ? 'both' : a || b ? 'one' : 'neither'
}

function hasPage({ venue }: LinkageRecord): boolean {
  return Boolean(venue?.firstPage)
}

function yearsBetween(a: number | undefined, b: number | undefined): string {
  if (a === undefined || b === undefined) return 'unknown'
  const gap = Math.abs(a - b)
  return gap === 0 ? 'equal' : gap === 1 ? '1 apart' : '2 or more apart'
}

function distinct(value: string, at: number, all: readonly string[]): boolean {
  return all.indexOf(value) === at
}
