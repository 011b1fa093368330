import type { AuthorSet, NeutralAuthor, NeutralRecord, SlotRef } from '../neutral/types.ts'
import { randomFrom } from '../score/random.ts'

/** The same set where sources give titles and no abstracts or keywords, as many do. */
export function titlesOnly(set: AuthorSet): AuthorSet {
  return mapped(set, (record) => ({ ...record, abstract: null, keywords: [] }))
}

/**
 * The same set where this share of those who stand beside the people asked about are replaced by people who are met once:
 * in fields where careers are long and co-authors change, most of a person's works share none. `asked`: whose names stay.
 */
export function withNewCoauthors(set: AuthorSet, asked: readonly SlotRef[], share: number, seed: number): AuthorSet {
  const kept = new Set([...asked, ...set.profiles.flatMap(({ seeds }) => seeds)].map(placeOf))
  return mapped(set, (record) => {
    const random = randomFrom(seed + numberOf(record.id))
    return {
      ...record,
      authors: record.authors.map((author, slot): NeutralAuthor => {
        const replaced = random() < share
        const name = `${wordOf(random)} ${wordOf(random)}`
        return replaced && !kept.has(placeOf({ record: record.id, slot }))
          ? { ...author, name, given: null, family: null }
          : author
      }),
    }
  })
}

function mapped(set: AuthorSet, change: (record: NeutralRecord) => NeutralRecord): AuthorSet {
  const changed = new Map<string, NeutralRecord>()
  return {
    ...set,
    record(id) {
      const known = changed.get(id) ?? change(set.record(id))
      changed.set(id, known)
      return known
    },
  }
}

/** A word that is a name nowhere. */
function wordOf(random: () => number): string {
  const letters = Array.from({ length: 8 }, () => 'abdegiklmnorstuvz'.charAt(Math.floor(random() * 17)))
  return `Q${letters.join('')}`
}

function numberOf(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7)
}

function placeOf({ record, slot }: SlotRef): string {
  return `${record}#${slot}`
}
