import type { LinkageAuthor, LinkageRecord } from '../types.ts'
import { indexKeysFor } from '../works/fingerprints.ts'

/** Numbers in [0, 1), the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 0x1_0000_0000
  }
}

/** In an order of this seed, the versions of one record in theirs. */
export function shuffled(records: readonly LinkageRecord[], seed: number): readonly LinkageRecord[] {
  const random = randomFrom(seed)
  const places = records.map((record) => ({ record, place: random() })).sort((a, b) => a.place - b.place)
  const versions = Map.groupBy(
    records.toSorted((a, b) => a.version - b.version),
    ({ recordId }) => recordId,
  )
  return places.flatMap(({ record: { recordId } }) => versions.get(recordId)?.shift() ?? [])
}

/** Those that share a key with another one, and so may be linked, held apart or neither. */
export function sociable(records: readonly LinkageRecord[]): readonly LinkageRecord[] {
  const standing = new Map<string, Set<string>>()
  for (const record of records)
    for (const key of indexKeysFor(record).stored) {
      const plain = key.replace(/ \+doi$/, '')
      standing.set(plain, (standing.get(plain) ?? new Set()).add(record.recordId))
    }
  const crowded = new Set([...standing.values()].filter(({ size }) => size > 1).flatMap((ids) => [...ids]))
  return records.filter(({ recordId }) => crowded.has(recordId))
}

/** The record with up to four others of the same publication or one like it, as other sources would give them. */
export function withTwins(record: LinkageRecord, random: () => number): readonly LinkageRecord[] {
  const count = Math.floor(random() * 5)
  return [record, ...Array.from({ length: count }, (_, nth) => twinOf(record, nth, random))]
}

type Change = (record: LinkageRecord, random: () => number) => Partial<LinkageRecord>

const withoutIds: Change = () => ({ identifiers: [] })
// In the same place under another DOI: held apart from the others, and joined by those without one.
const otherDoi: Change = ({ recordId }, random) => ({
  identifiers: [
    { scheme: 'doi', value: `10.5555/${recordId.slice(0, 8)}${Math.floor(random() * 3)}`, relation: 'self' },
  ],
})

const CHANGES: readonly Change[] = [
  () => ({}),
  withoutIds,
  withoutIds,
  withoutIds,
  otherDoi,
  otherDoi,
  otherDoi,
  ({ authors }) => ({ identifiers: [], authors: authors.slice(0, 3) }),
  ({ authors }) => ({ authors: authors.toReversed() }),
  ({ title }) => ({ identifiers: [], title: (title ?? '').split(/[:.]/)[0] ?? title, titles: [] }),
  ({ title }) => ({ title: `${title ?? ''} part II`, titles: [] }),
  ({ published }, random) => ({
    type: 'preprint',
    identifiers: [],
    published: published && { ...published, year: published.year - Math.floor(random() * 3) },
  }),
  ({ identifiers }) => ({ title: 'Abstracts of the annual meeting', titles: [], authors: [], identifiers }),
  () => ({ type: 'erratum' }),
  () => ({ deleted: true }),
]

function twinOf(record: LinkageRecord, nth: number, random: () => number): LinkageRecord {
  const source = ['hal', 'pubmed', 'openalex', 'arxiv'][nth] ?? 'hal'
  const recordId = `${record.recordId.slice(0, -1)}${'ghij'[nth]}`
  const change = CHANGES[Math.floor(random() * CHANGES.length)] ?? (() => ({}))
  const changed = { ...record, ...change(record, random) }
  const authors = changed.authors.map(
    (author): LinkageAuthor => ({ ...author, mentionKey: `${author.mentionKey}${nth}` }),
  )
  return { ...changed, recordId, source, sourceId: `${record.sourceId} as in ${source}`, version: 1, authors }
}
