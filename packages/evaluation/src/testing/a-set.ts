import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Slot {
  readonly record: string
  readonly slot: number
}

/** A set as it is written, labels and all. */
export interface SmallSet extends SetFiles {
  readonly records: readonly { readonly id: string }[]
  readonly profiles: readonly { readonly id: string; readonly seeds: readonly Slot[] }[]
  readonly stream: readonly (Slot & { readonly profile: string | null })[]
}

/** Files of a set as their lines, whatever they say. */
export interface SetFiles {
  readonly records: readonly unknown[]
  readonly profiles?: readonly unknown[]
  readonly stream?: readonly unknown[]
  readonly pairs?: readonly unknown[]
  readonly matches?: readonly unknown[]
  readonly labels?: readonly unknown[]
}

/** A folder with the files of a set, gone at the end of the block. */
export function aFolder(files: SetFiles, packed: boolean): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'atlas-set-'))
  for (const [name, lines] of Object.entries(files) as [string, readonly unknown[]][]) {
    const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('')
    writeFileSync(join(path, packed ? `${name}.jsonl.gz` : `${name}.jsonl`), packed ? gzipSync(text) : text)
  }
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) }
}

const PEOPLE = [
  'Ada Mirski',
  'Ada Mirski',
  'Bo Larsen',
  'B. Larsen',
  'Chidi Okafor',
  'Wei Zhang',
  'Wei Zhang',
  'W. Zhang',
]
const TOPICS = [
  'coral reefs under heat',
  'proofs of old theorems',
  'soils after forest fires',
  'parsers of spoken language',
]

/**
 * Eight people, some of one name, who write in pairs with one of their own circle; the first two works of each are
 * seeds of his profile, the others the stream. The last two of the eight have no profile.
 */
export function aSmallSet(): SmallSet {
  const records = PEOPLE.flatMap((name, person) =>
    Array.from({ length: 5 }, (_, work) => ({
      id: `w${work}-${person}`,
      title: `On ${TOPICS[person % TOPICS.length]}, part ${work}`,
      abstract: null,
      year: 2010 + 2 * work,
      venue: `Journal ${person % 3}`,
      doi: null,
      authors: [
        { name, affiliations: person % 2 === 0 ? [`University ${person}`] : [] },
        ...(work % 2 === 0 ? [{ name: `Friend Of${person}` }] : []),
      ],
    })),
  )
  const profiles = PEOPLE.slice(0, 6).map((name, person) => ({
    id: `p${person}`,
    names: [name],
    seeds: [0, 1].map((work) => ({ record: `w${work}-${person}`, slot: 0 })),
  }))
  const stream = [2, 3, 4].flatMap((work) =>
    PEOPLE.map((_, person) => ({ record: `w${work}-${person}`, slot: 0, profile: person < 6 ? `p${person}` : null })),
  )
  return { records, profiles, stream }
}
