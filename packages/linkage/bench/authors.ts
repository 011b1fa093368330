import { join } from 'node:path'
import {
  allKeys,
  clusterWorks,
  type DecidedSlot,
  type Model,
  type PreparedProfile,
  type PreparedWork,
  prepareProfile,
  prepareSlot,
  prepareWork,
  profileKeys,
  type SlotFeatures,
  score,
  slotFeaturesOf,
  slotKeys,
  type WorkFeatures,
  workFeaturesOf,
} from '../src/index.ts'
import { type LabelledRecord, readLines, recordOf } from './labelled-sets.ts'

export interface AuthorFigures {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Accepted pairs on items that belong to nobody. */
  readonly nil: number
  /** Share of truths among the first 1, 3, 10 proposals. */
  readonly recallAt: readonly [number, number, number]
  /** Expected calibration error of the top proposal, 10 bins. */
  readonly ece: number
  readonly pairs: number
  readonly pairsPerSecond: number
}

interface Item {
  readonly record: string
  readonly slot: number
  readonly profile: string | null
}

interface Proposal {
  readonly profileId: string
  readonly score: number
}

/** Each slot of the stream against the profiles it shares a key with; the best is accepted from the threshold on. */
export function authorMatching(folder: string, model: Model, threshold = model.thresholds.publish): AuthorFigures {
  const features = featuresOf(readLines<LabelledRecord>(join(folder, 'records.jsonl.gz')))
  const index = new Map<string, PreparedProfile[]>()
  const seeds = readLines<{ id: string; names: string[]; seeds: { record: string; slot: number }[] }>(
    join(folder, 'profiles.jsonl.gz'),
  )
  for (const { id, names, seeds: confirmed } of seeds) {
    const profile = {
      profileId: id,
      names: names.map((name) => ({ name, given: null, family: null })),
      identities: [],
      affiliations: [],
      confirmed: confirmed.flatMap(({ record, slot }) => features.get(record)?.[slot] ?? []),
      rejected: [],
    }
    const prepared = prepareProfile(profile)
    for (const { key } of allKeys(profileKeys(profile))) index.set(key, [...(index.get(key) ?? []), prepared])
  }
  const items = readLines<Item>(join(folder, 'stream.jsonl.gz'))
  const works = new Map<WorkFeatures, PreparedWork>()
  let pairs = 0
  const started = process.cpuUsage()
  const proposals = items.map((item) => {
    const found = features.get(item.record)?.[item.slot]
    if (found === undefined) throw new Error(`no slot ${item.slot} in "${item.record}"`)
    const work = works.get(found.work) ?? prepareWork(found.work)
    works.set(found.work, work)
    const slot = prepareSlot(found.slot, work)
    const block = new Set(slotKeys(found.slot, found.work).flatMap(({ key }) => index.get(key) ?? []))
    pairs += block.size
    return [...block]
      .map((profile): Proposal => ({ profileId: profile.profile.profileId, score: score(slot, profile, model).score }))
      .sort((a, b) => b.score - a.score || (a.profileId < b.profileId ? -1 : 1))
  })
  const seconds = process.cpuUsage(started).user / 1e6
  return { ...figuresOf(items, proposals, threshold), pairs, pairsPerSecond: Math.round(pairs / seconds) }
}

function featuresOf(records: readonly LabelledRecord[]): ReadonlyMap<string, readonly DecidedSlot[]> {
  return new Map(
    records.map((labelled) => {
      const record = recordOf(labelled)
      const [work] = clusterWorks({ records: [record], constraints: [] })
      if (work === undefined) throw new Error(`no work of "${labelled.id}"`)
      const features: WorkFeatures = workFeaturesOf(work)
      const slots: readonly SlotFeatures[] = slotFeaturesOf(work, [record])
      return [labelled.id, slots.map((slot) => ({ slot, work: features }))] as const
    }),
  )
}

function figuresOf(
  items: readonly Item[],
  proposals: readonly (readonly Proposal[])[],
  threshold: number,
): Omit<AuthorFigures, 'pairs' | 'pairsPerSecond'> {
  const truths = items.filter(({ profile }) => profile !== null).length
  let [accepted, right, nil] = [0, 0, 0]
  const ranks = [0, 0, 0]
  const bins = Array.from({ length: 10 }, () => ({ sum: 0, right: 0, count: 0 }))
  for (const [at, { profile }] of items.entries()) {
    const list = proposals[at] ?? []
    const [top] = list
    const rank = list.findIndex(({ profileId }) => profileId === profile)
    if (rank >= 0)
      for (const [slot, limit] of [1, 3, 10].entries()) if (rank < limit) ranks[slot] = (ranks[slot] ?? 0) + 1
    if (top === undefined) continue
    const bin = bins[Math.min(9, Math.floor(top.score * 10))]
    if (bin) {
      bin.sum += top.score
      bin.count++
      if (rank === 0) bin.right++
    }
    if (top.score < threshold) continue
    accepted++
    if (rank === 0) right++
    if (profile === null) nil++
  }
  const [precision, recall] = [right / accepted, right / truths]
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    nil,
    recallAt: [(ranks[0] ?? 0) / truths, (ranks[1] ?? 0) / truths, (ranks[2] ?? 0) / truths],
    ece: bins.reduce((sum, { sum: of, right: hits }) => sum + Math.abs(of - hits), 0) / total,
  }
}
