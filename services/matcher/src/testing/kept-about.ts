import type { RecordSnapshot, Work } from '@atlas/schemas'
import { type AddingMember, type KeptOfWork, MAX_LINKS, ownKeys } from '../kept/additions.ts'
import { type KeptRecord, keptRecordOf, keyOf } from '../kept/kept-record.ts'
import { describesWork } from '../record.ts'

/** What is kept of these records, which are the newest versions of all. */
export function keptAmong(newest: Iterable<RecordSnapshot>): readonly KeptRecord[] {
  return [...newest].filter((record) => !describesWork(record)).map(keptRecordOf)
}

/** The work that a key is of, if any. */
export type OwnerOf = (key: string) => string | undefined

/** Which of these live works calls an identifier its own, else which names it as that of a version; the smallest of several. */
export function ownersAmong(works: readonly Pick<Work, 'workId' | 'identifiers'>[]): OwnerOf {
  const owners = new Map<string, string>()
  for (const relation of ['self', 'has_version'])
    for (const { workId, identifiers } of works.toSorted((a, b) => (a.workId < b.workId ? -1 : 1)))
      for (const one of identifiers)
        if (one.relation === relation && !owners.has(keyOf(one))) owners.set(keyOf(one), workId)
  return (key) => owners.get(key)
}

/** What is kept about a work of these members, looked up one by one: what the database must find. */
export function keptAbout(members: readonly AddingMember[], all: readonly KeptRecord[], ownerOf: OwnerOf): KeptOfWork {
  const own = new Set<string | null>(ownKeys(members))
  const live = all.filter((one) => one.live)
  const links = live.filter(({ about, cites }) => about !== null && cites !== null)
  return {
    enrichments: live.flatMap(({ recordId, about, adds }) =>
      about !== null && adds !== null && own.has(about) ? [{ recordId, about, adds }] : [],
    ),
    references: works(
      links.filter(({ about }) => own.has(about)).map(({ cites }) => cites),
      ownerOf,
    ),
    citedBy: works(
      links.filter(({ cites }) => own.has(cites)).map(({ about }) => about),
      ownerOf,
    ),
  }
}

function works(keys: readonly (string | null)[], ownerOf: OwnerOf) {
  const first = new Map<string, string>()
  for (const key of [...new Set(keys.filter((key) => key !== null))].sort()) {
    const work = ownerOf(key) ?? key
    if (!first.has(work)) first.set(work, key)
  }
  const sorted = [...first.values()].sort()
  return { count: sorted.length, keys: sorted.slice(0, MAX_LINKS) }
}
