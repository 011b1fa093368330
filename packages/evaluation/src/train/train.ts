import { type AttributionModel, type FrequencyTable, NO_TABLE, UNPROVEN } from '@atlas/linkage'
import { meanInLogOdds } from '../engine/pair-mean.ts'
import { readAuthorSet, readPairSet } from '../neutral/read-set.ts'
import type { AuthorSet, NeutralProfile } from '../neutral/types.ts'
import { type AuthorScore, scoreAuthors } from '../score/authors.ts'
import { RESAMPLES } from '../score/bootstrap.ts'
import { scorePairs } from '../score/pairs.ts'
import { readItemTruths, readPairTruths } from '../truth/read-truths.ts'
import { centred } from './centre.ts'
import { type Collided, type Collision, collide } from './collide.ts'
import { crossValidate, type OutOfFold } from './cross-validate.ts'
import { FIT, type FitOptions, fit } from './fit.ts'
import { examplesOf, type Material, materialOf, pairMaterialOf } from './material.ts'
import { titlesOnly, withNewCoauthors } from './sparse.ts'

/** Sets of the neutral form by what they hold. */
export interface TrainingSets {
  /** Streams of slots with profiles; each is also learnt from with made-up collisions of names. */
  readonly authors: readonly string[]
  readonly pairs: readonly string[]
  /** Streams that are judged and not learnt from. */
  readonly judged: readonly string[]
}

export interface TrainOptions {
  readonly version: string
  readonly publish: number
  readonly threshold: number
  readonly pairThreshold: number
  /** How often words and venues are met everywhere. */
  readonly frequencies: FrequencyTable
  readonly folds: number
  /** Each makes another set of every stream. */
  readonly collisions: readonly Collision[]
  /** Of an item with made-up names, and of each side of a pair, where an item of a stream weighs 1. */
  readonly collidedWeight: number
  readonly pairWeight: number
  /** Of an item of a stream as sources without abstracts have it. */
  readonly sparseWeight: number
  readonly fit: FitOptions
}

export const TRAIN: TrainOptions = {
  version: 'attribution/2',
  publish: 0.2,
  // As if a wrong acceptance cost half as much again as a missed one; of two slots of a pair neither is worse.
  threshold: 0.6,
  pairThreshold: 0.5,
  frequencies: NO_TABLE,
  folds: 5,
  collisions: [
    { seed: 11, strangers: 0.15 },
    { seed: 12, strangers: 0.3 },
    { seed: 13, strangers: 0.45 },
    { seed: 14, strangers: 0.3, titlesOnly: true },
    { seed: 15, strangers: 0.3, titlesOnly: true, newCoauthors: 0.6 },
  ],
  collidedWeight: 0.5,
  pairWeight: 1.5,
  sparseWeight: 0.5,
  fit: FIT,
}

export type Say = (line: string) => void

/** What was learnt from, compared once: training and judging use the same. */
export interface Prepared {
  readonly material: readonly Material[]
  readonly streams: readonly Stream[]
  readonly pairs: readonly { readonly name: string; readonly material: readonly Material[] }[]
}

interface Stream {
  readonly name: string
  readonly material: readonly Material[]
  readonly profiles: readonly NeutralProfile[]
}

export async function prepare(sets: TrainingSets, options: TrainOptions, say: Say): Promise<Prepared> {
  const material: Material[] = []
  const streams: Stream[] = []
  for (const folder of [...sets.authors, ...sets.judged]) {
    const { set } = await readAuthorSet(folder)
    const truths = await readItemTruths(folder)
    say(`comparing the ${truths.length} items of ${set.name}`)
    const own = materialOf(set, truths, 1, options.frequencies)
    streams.push({ name: set.name, material: own, profiles: set.profiles })
    if (sets.judged.includes(folder)) continue
    material.push(...own)
    say(`comparing the ${truths.length} items of ${set.name} by titles only`)
    material.push(...materialOf(titlesOnly(set), truths, options.sparseWeight, options.frequencies))
    for (const collision of options.collisions) {
      const collided = collide(set, truths, collision)
      say(`comparing the ${collided.truths.length} items of ${set.name} with made-up collisions of names`)
      const sparse = sparseOf(collided, collision)
      material.push(...materialOf(sparse, collided.truths, options.collidedWeight, options.frequencies))
    }
  }
  const pairs = []
  for (const folder of sets.pairs) {
    const set = await readPairSet(folder)
    const own = pairMaterialOf(set, await readPairTruths(folder), options.pairWeight, options.frequencies)
    say(`comparing the ${own.length / 2} pairs of ${set.name}, each from both sides`)
    pairs.push({ name: set.name, material: own })
    material.push(...own)
  }
  return { material, streams, pairs }
}

function sparseOf({ set, truths }: Collided, collision: Collision): AuthorSet {
  const { seed, newCoauthors } = collision
  const known = collision.titlesOnly ? titlesOnly(set) : set
  return newCoauthors === undefined ? known : withNewCoauthors(known, truths, newCoauthors, seed)
}

/** The model of all the material: the same bytes for the same sets and options. */
export function trainModel(
  { material, streams, pairs }: Prepared,
  options: TrainOptions,
  scored: Readonly<Record<string, unknown>>,
): AttributionModel {
  const { version, publish, threshold, pairThreshold, frequencies } = options
  const { collisions, collidedWeight, pairWeight, sparseWeight } = options
  const names = [...streams, ...pairs].filter((set) => set.material.some((one) => material.includes(one)))
  const examples = examplesOf(material)
  return {
    version,
    ...centred(fit(examples, options.fit), examples),
    unproven: UNPROVEN,
    publish,
    threshold,
    pairThreshold,
    frequencies,
    about: {
      learntFrom: names.map(({ name }) => name),
      examples: material.length,
      collisions: { made: collisions, weight: collidedWeight },
      pairWeight,
      sparseWeight,
      fit: options.fit,
      outOfFold: scored,
    },
  }
}

export interface StreamJudgement extends AuthorScore {
  readonly set: string
}

/** What models that never saw a name block say of it, for every block of a stream. */
export function judgeStream(stream: Stream, prepared: Prepared, options: TrainOptions): StreamJudgement {
  const found = crossValidate(stream.material, stream.profiles, prepared.material, options.folds, options.fit)
  const items = found.map(({ item, proposals }) => {
    const [top] = proposals
    const accepted = top && top.p >= options.threshold ? top.profile : null
    return { truth: item.truth, accepted, proposals, block: item.block, facets: {} }
  })
  return { set: stream.name, ...scoreAuthors(items, RESAMPLES) }
}

export function judgePairs(pairs: Prepared['pairs'][number], prepared: Prepared, options: TrainOptions) {
  const found = crossValidate(pairs.material, [], prepared.material, options.folds, options.fit)
  const scored = []
  for (let at = 0; at + 1 < found.length; at += 2) {
    const [left, right] = [found[at], found[at + 1]]
    if (!left || !right) continue
    const p = meanInLogOdds(probabilityOf(left), probabilityOf(right))
    const { truth, block } = left.item
    scored.push({ truth: truth !== null, same: p >= options.pairThreshold, p, block, split: '' })
  }
  return { set: pairs.name, ...scorePairs(scored, RESAMPLES) }
}

function probabilityOf({ proposals }: OutOfFold): number {
  return proposals[0]?.p ?? 0
}
