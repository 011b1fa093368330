import {
  allKeys,
  type BlockIndex,
  type BlockKind,
  createBlockIndex,
  type KeyChoice,
  keysBySpecificity,
  meet,
  type ProfileFeatures,
  profileKeys,
} from '@atlas/linkage'

/** Profiles in their blocks, with the blocks' names. */
export interface NamedBlocks {
  readonly index: BlockIndex
  /** How many profiles stand under each key. */
  readonly sizes: ReadonlyMap<string, number>
}

export function blocksOf(profiles: readonly ProfileFeatures[]): NamedBlocks {
  const index = createBlockIndex()
  const sizes = new Map<string, number>()
  for (const [owner, profile] of profiles.entries()) {
    const keys = allKeys(profileKeys(profile))
    index.add(owner, keys)
    for (const { key } of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
  }
  return { index, sizes }
}

/** A slot to be looked up, and the profile that it is of. */
export interface Sought {
  readonly choices: readonly KeyChoice[]
  readonly owner: number | undefined
}

/** What a cap does: whom the slots meet, and which truths are among them. */
export interface MeetingFigures {
  /** Null where no block is ever split. */
  readonly cap: number | null
  readonly pairs: { readonly mean: number; readonly p50: number; readonly p99: number; readonly max: number }
  readonly found: number
  /** Of all truths. */
  readonly recall: number
  /** How many truths were found by a key of this kind and by none more specific. */
  readonly foundBy: Readonly<Partial<Record<BlockKind, number>>>
  /** Slots of which a block was left out because nothing splits it further. */
  readonly cut: number
  /** Which truths were found, by position among the slots. */
  readonly foundAt: ReadonlySet<number>
}

export function meetAll(index: BlockIndex, slots: readonly Sought[], cap: number): MeetingFigures {
  const counts: number[] = []
  const foundAt = new Set<number>()
  const foundBy: Partial<Record<BlockKind, number>> = {}
  let cut = 0
  for (const [at, { choices, owner }] of slots.entries()) {
    const met = meet(index, choices, cap)
    counts.push(met.owners.size)
    if (met.cut.length > 0) cut++
    if (owner === undefined || !met.owners.has(owner)) continue
    foundAt.add(at)
    const by = keysBySpecificity(met.keys).find(({ key }) => [...index.owners(key)].includes(owner))
    if (by) foundBy[by.kind] = (foundBy[by.kind] ?? 0) + 1
  }
  const truths = slots.filter(({ owner }) => owner !== undefined).length
  return {
    cap: Number.isFinite(cap) ? cap : null,
    pairs: spreadOf(counts),
    found: foundAt.size,
    recall: truths === 0 ? 1 : foundAt.size / truths,
    foundBy,
    cut,
    foundAt,
  }
}

function spreadOf(counts: readonly number[]): MeetingFigures['pairs'] {
  const sorted = counts.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
  const sum = sorted.reduce((a, b) => a + b, 0)
  return { mean: sorted.length === 0 ? 0 : sum / sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) }
}
