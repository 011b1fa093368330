import {
  ATTRIBUTION_1,
  type AttributionModel,
  allKeys,
  MODEL_1,
  type Model,
  type PreparedProfile,
  type PreparedSlot,
  type PreparedWork,
  type ProfileFeatures,
  prepareProfile,
  prepareSlot,
  prepareWork,
  profileKeys,
  score,
  slotKeys,
  type WorkFeatures,
} from '@atlas/linkage'
import type { AuthorSet, PairSet, SlotRef } from '../neutral/types.ts'
import { createAttributionEngine, createAttributionPairEngine } from './attribution-engine.ts'
import { kept, slotFeaturesOf, withSeeds, workFeaturesOf } from './features.ts'
import { byProbability } from './order.ts'
import { meanInLogOdds } from './pair-mean.ts'
import type { AuthorEngine, PairEngine } from './port.ts'

export const DEFAULT_MODEL = ATTRIBUTION_1.version
export const MODEL_NAMES: readonly string[] = [ATTRIBUTION_1.version, MODEL_1.version]

/** The engine of packages/linkage over a set, by a shipped model's name or with another; throws for an unknown name. */
export function createAuthorEngine(set: AuthorSet, wanted: string | AttributionModel): AuthorEngine {
  const model = modelOf(wanted)
  return 'nobody' in model ? createAttributionEngine(set, model) : createPairwiseEngine(set, model)
}

/** Each slot of a pair as a profile, against the other. */
export function createPairEngine(set: PairSet, wanted: string | AttributionModel): PairEngine {
  const model = modelOf(wanted)
  return 'nobody' in model ? createAttributionPairEngine(set, model) : createPairwisePairEngine(set, model)
}

/** What the matcher runs today: each pair by itself, with weights set by hand. */
function createPairwiseEngine(set: AuthorSet, model: Model): AuthorEngine {
  const source = sourceOf(set)
  const index = new Map<string, Set<string>>()
  const features = new Map<string, ProfileFeatures>()
  const prepared = new Map<string, PreparedProfile>()
  const keep = (profile: ProfileFeatures): void => {
    features.set(profile.profileId, profile)
    prepared.set(profile.profileId, prepareProfile(profile))
    for (const { key } of allKeys(profileKeys(profile))) {
      const block = index.get(key)
      if (block) block.add(profile.profileId)
      else index.set(key, new Set([profile.profileId]))
    }
  }
  for (const profile of set.profiles) keep(withSeeds(profile, source))
  const scored = (slot: PreparedSlot, id: string) => score(slot, existing(prepared, id), model)
  return {
    model: model.version,
    threshold: model.thresholds.publish,
    propose(item) {
      const slot = source.slot(item)
      const keys = allKeys(slotKeys(slot.slot, slot.work.work))
      const ids = new Set(keys.flatMap(({ key }) => [...(index.get(key) ?? [])]))
      return [...ids].map((profile) => ({ profile, p: scored(slot, profile).score })).sort(byProbability)
    },
    answer(item, confirmed, rejected) {
      const decided = source.decided(item)
      if (confirmed !== null) {
        const before = existing(features, confirmed)
        keep({ ...before, names: [...before.names, ...decided.slot.names], confirmed: [...before.confirmed, decided] })
      }
      for (const id of rejected) {
        const before = existing(features, id)
        keep({ ...before, rejected: [...before.rejected, decided] })
      }
    },
    explain: (item, profile) => scored(source.slot(item), profile).reasons,
  }
}

/** Each slot in turn as a profile that has confirmed nothing else, against the other. */
function createPairwisePairEngine(set: PairSet, model: Model): PairEngine {
  const source = sourceOf(set)
  const oneWay = (known: SlotRef, other: SlotRef): number => {
    const seeds = { names: [], seeds: [known], emails: [], ids: [], orcid: null, affiliations: [] }
    return score(source.slot(other), prepareProfile(withSeeds({ id: 'left', ...seeds }, source)), model).score
  }
  return {
    model: model.version,
    threshold: model.thresholds.publish,
    compare: (left, right) => meanInLogOdds(oneWay(left, right), oneWay(right, left)),
  }
}

function modelOf(wanted: string | AttributionModel): Model | AttributionModel {
  if (typeof wanted !== 'string') return wanted
  const model = [ATTRIBUTION_1, MODEL_1].find(({ version }) => version === wanted)
  if (model === undefined) throw new Error(`no model "${wanted}"; there is ${MODEL_NAMES.join(', ')}`)
  return model
}

interface Source {
  slot(ref: SlotRef): PreparedSlot
  decided(ref: SlotRef): ProfileFeatures['confirmed'][number]
}

/** Features of slots; a work is read once. */
function sourceOf({ record }: Pick<AuthorSet, 'record'>): Source {
  const works = new Map<string, WorkFeatures>()
  const preparedWorks = new Map<string, PreparedWork>()
  const work = (id: string): WorkFeatures => kept(works, id, () => workFeaturesOf(record(id)))
  const slotOf = (ref: SlotRef) => slotFeaturesOf(record(ref.record), ref.slot)
  return {
    slot: (ref) =>
      prepareSlot(
        slotOf(ref),
        kept(preparedWorks, ref.record, () => prepareWork(work(ref.record))),
      ),
    decided: (ref) => ({ slot: slotOf(ref), work: work(ref.record) }),
  }
}

function existing<V>(values: ReadonlyMap<string, V>, id: string): V {
  const value = values.get(id)
  if (value === undefined) throw new Error(`no profile "${id}"`)
  return value
}
