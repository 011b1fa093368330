import { hash53 } from '../text/hash.ts'
import type { BlockKey, KeyChoice } from '../types.ts'
import { type Lookup, lookupOf, roomUnder } from './blocks.ts'

/** Which owners stand under which keys, in memory: owners are small whole numbers. */
export interface BlockIndex {
  add(owner: number, keys: readonly BlockKey[]): void
  /** How many stand under a key. */
  size(key: string): number
  owners(key: string): Iterable<number>
  /** How many keys, and how many owners under all of them. */
  readonly keys: number
  readonly entries: number
}

export interface Meeting extends Lookup {
  /** Owners that stand under one of the keys, each once. */
  readonly owners: ReadonlySet<number>
}

/** Whom a slot meets where blocks that are too wide for this cap are split. */
export function meet(index: BlockIndex, choices: readonly KeyChoice[], cap: number): Meeting {
  const lookup = lookupOf(choices, (key) => index.size(key) > roomUnder(key, cap))
  const owners = new Set<number>()
  for (const { key } of lookup.keys) for (const owner of index.owners(key)) owners.add(owner)
  return { ...lookup, owners }
}

const FIRST_CAPACITY = 1 << 12

/**
 * Keys are kept as hashes of 53 bits: a million profiles have some 30 million keys, more than a Map holds, and among so
 * many two keys share a hash once in ten such sets.
 */
export function createBlockIndex(): BlockIndex {
  let hashes = new Float64Array(FIRST_CAPACITY)
  let heads = new Int32Array(FIRST_CAPACITY)
  let sizes = new Int32Array(FIRST_CAPACITY)
  let owners = new Int32Array(FIRST_CAPACITY)
  let next = new Int32Array(FIRST_CAPACITY)
  let [keys, entries] = [0, 0]

  const placeOf = (hash: number, table: Float64Array): number => {
    const mask = table.length - 1
    let at = (hash % table.length) & mask
    while (table[at] !== 0 && table[at] !== hash) at = (at + 1) & mask
    return at
  }
  const growTable = (): void => {
    const [oldHashes, oldHeads, oldSizes] = [hashes, heads, sizes]
    hashes = new Float64Array(oldHashes.length * 2)
    heads = new Int32Array(hashes.length)
    sizes = new Int32Array(hashes.length)
    for (const [old, hash] of oldHashes.entries()) {
      if (hash === 0) continue
      const at = placeOf(hash, hashes)
      hashes[at] = hash
      heads[at] = oldHeads[old] ?? 0
      sizes[at] = oldSizes[old] ?? 0
    }
  }
  const addOne = (owner: number, key: string): void => {
    if (keys * 2 > hashes.length) growTable()
    if (entries + 2 > owners.length) [owners, next] = [grown(owners), grown(next)]
    const hash = hash53(key)
    const at = placeOf(hash, hashes)
    if (hashes[at] === 0) {
      hashes[at] = hash
      keys++
    }
    entries++
    owners[entries] = owner
    next[entries] = heads[at] ?? 0
    heads[at] = entries
    sizes[at] = (sizes[at] ?? 0) + 1
  }

  return {
    add: (owner, ofOwner) => {
      for (const { key } of ofOwner) addOne(owner, key)
    },
    size: (key) => sizes[placeOf(hash53(key), hashes)] ?? 0,
    *owners(key) {
      for (let at = heads[placeOf(hash53(key), hashes)] ?? 0; at !== 0; at = next[at] ?? 0) yield owners[at] ?? 0
    },
    get keys() {
      return keys
    },
    get entries() {
      return entries
    },
  }
}

function grown(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2)
  larger.set(values)
  return larger
}
