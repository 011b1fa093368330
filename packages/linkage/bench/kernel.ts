import {
  clusterWorks,
  type LinkageRecord,
  MODEL_1,
  prepareProfile,
  prepareSlot,
  prepareWork,
  score,
  slotFeaturesOf,
  slotKeys,
  workFeaturesOf,
} from '../src/index.ts'

export interface KernelFigures {
  readonly recordsClusteredPerSecond: number
  readonly slotsPreparedPerSecond: number
  readonly pairsPerSecond: number
}

/** One core, records one at a time as the matcher has them: to a work with slots and keys, and prepared pairs to scores. */
export function kernels(records: readonly LinkageRecord[], wanted: number): KernelFigures {
  const clock = (): number => process.cpuUsage().user / 1e6
  let since = clock()
  const works = records.flatMap((record) =>
    clusterWorks({ records: [record], constraints: [] }).map((work) => ({
      work,
      features: workFeaturesOf(work),
      record,
    })),
  )
  const clustered = records.length / (clock() - since)
  since = clock()
  const slots = works.flatMap(({ work, features, record }) => {
    const prepared = prepareWork(features)
    return slotFeaturesOf(work, [record]).map((slot) => {
      slotKeys(slot, features)
      return { slot: prepareSlot(slot, prepared), features }
    })
  })
  const prepared = slots.length / (clock() - since)
  const profiles = slots.slice(0, 500).map(({ slot, features }, at) =>
    prepareProfile({
      profileId: `p${at}`,
      names: slot.slot.names,
      identities: [],
      affiliations: [],
      confirmed: [{ slot: slot.slot, work: features }],
      rejected: [],
    }),
  )
  since = clock()
  let pairs = 0
  for (let at = 0; pairs < wanted; at++) {
    const { slot } = slots[at % slots.length] ?? {}
    const profile = profiles[(at * 7) % profiles.length]
    if (slot && profile) score(slot, profile, MODEL_1)
    pairs++
  }
  const scored = pairs / (clock() - since)
  return {
    recordsClusteredPerSecond: Math.round(clustered),
    slotsPreparedPerSecond: Math.round(prepared),
    pairsPerSecond: Math.round(scored),
  }
}
