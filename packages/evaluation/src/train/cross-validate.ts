import { createHash } from 'node:crypto'
import { type AttributionModel, attribute, NO_TABLE } from '@atlas/linkage'
import { nameBlock } from '../names/plain-name.ts'
import type { NeutralProfile } from '../neutral/types.ts'
import { centred } from './centre.ts'
import { FIT, type FitOptions, fit } from './fit.ts'
import { examplesOf, type Held, type Material, without } from './material.ts'

/** What a model that never saw an item or its people says of it. */
export interface OutOfFold {
  readonly item: Material
  readonly proposals: readonly { readonly profile: string; readonly p: number }[]
}

/**
 * Every item of a set judged by a model trained without its name block: whole blocks (surname and first initial) are left
 * out, with every item, profile and stranger in them, from all material, whatever names that material gives them.
 */
export function crossValidate(
  items: readonly Material[],
  profiles: readonly NeutralProfile[],
  material: readonly Material[],
  folds: number,
  options: FitOptions = FIT,
): readonly OutOfFold[] {
  const found = new Map<Material, OutOfFold>()
  for (let fold = 0; fold < folds; fold++) {
    const own = items.filter(({ block }) => foldOf(block, folds) === fold)
    const examples = examplesOf(without(material, heldBy(own, profiles, fold, folds)))
    const weights = centred(fit(examples, options), examples)
    for (const item of own) found.set(item, { item, proposals: proposalsOf(item, weights) })
  }
  return items.flatMap((item) => found.get(item) ?? [])
}

type Weights = Pick<AttributionModel, 'prior' | 'pairPrior' | 'weights' | 'rarity' | 'nobody'>

export function proposalsOf({ candidates, nobody, rarity, isPair }: Material, weights: Weights) {
  const model: AttributionModel = {
    ...weights,
    prior: isPair ? weights.pairPrior : weights.prior,
    version: '',
    unproven: 0,
    publish: 0,
    threshold: 0,
    pairThreshold: 0,
    frequencies: NO_TABLE,
    about: {},
  }
  const compared = {
    candidates: candidates.map(({ profile, levels }) => ({ profileId: profile, levels })),
    nobody,
    rarity,
    unproven: false,
  }
  return attribute(compared, model).map(({ profileId, probability }) => ({ profile: profileId, p: probability }))
}

function heldBy(own: readonly Material[], profiles: readonly NeutralProfile[], fold: number, folds: number): Held {
  return {
    profiles: new Set([
      ...profiles.flatMap(({ id, names: [name = ''] }) => (foldOf(nameBlock(name), folds) === fold ? [id] : [])),
      ...own.flatMap(({ truth, isPair }) => (truth === null || isPair ? [] : [truth])),
    ]),
    places: new Set(own.flatMap(({ places }) => places)),
  }
}

/** The same block is in the same fold on every machine. */
function foldOf(block: string, folds: number): number {
  return createHash('sha256').update(block).digest().readUInt32BE(0) % folds
}
