import { BASELINES } from '../baselines/named.ts'
import type { PairEngine } from '../engine/port.ts'
import { matchPairs, type PairMatch } from '../match/pairs.ts'
import { readPairMatches } from '../match/read-matches.ts'
import { readPairSet } from '../neutral/read-set.ts'
import type { NeutralAuthor, NeutralPair, PairSet, SlotRef } from '../neutral/types.ts'
import { type BlockTally, RESAMPLES } from '../score/bootstrap.ts'
import { type PairScore, scorePairs } from '../score/pairs.ts'
import { tallyOfPair } from '../score/tally.ts'
import { type PairTruth, readPairTruths } from '../truth/read-truths.ts'
import type { Progress } from './evaluate-authors.ts'
import { scoredPairs } from './scored-items.ts'

export interface PairSide extends SlotRef {
  readonly name: string
  readonly affiliations: readonly string[]
  readonly title: string | null
  readonly year: number | null
}

/** A pair whose answer is wrong. */
export interface WrongPair {
  readonly mistake: 'joined' | 'kept apart'
  readonly p: number
  readonly left: PairSide
  readonly right: PairSide
}

export interface PairResult extends PairScore {
  readonly set: string
  readonly model: string
  readonly threshold: number | null
  readonly errors: readonly WrongPair[]
  readonly tallies: readonly BlockTally[]
}

export interface PairBench {
  readonly set: PairSet
  run(make: (set: PairSet) => PairEngine, onProgress: Progress): PairResult
  baselines(onProgress: Progress): readonly PairResult[]
  ofFile(file: string, model: string): Promise<PairResult>
}

export async function openPairBench(folder: string): Promise<PairBench> {
  const set = await readPairSet(folder)
  const truths = await readPairTruths(folder)
  const run: PairBench['run'] = (make, onProgress) => {
    const engine = make(set)
    const matches: PairMatch[] = []
    for (const match of matchPairs(set.pairs, engine)) {
      matches.push(match)
      onProgress(engine.model, matches.length, set.pairs.length)
    }
    return resultOf(set, truths, matches, engine.model, engine.threshold)
  }
  return {
    set,
    run,
    baselines: (onProgress) => BASELINES.map(({ pairs }) => run(pairs, onProgress)),
    async ofFile(file, model) {
      const matches = await readPairMatches(file)
      const joined = matches.filter(({ same }) => same).map(({ p }) => p)
      return resultOf(set, truths, matches, model, joined.length === 0 ? null : joined.reduce((a, b) => Math.min(a, b)))
    },
  }
}

function resultOf(
  set: PairSet,
  truths: readonly PairTruth[],
  matches: readonly PairMatch[],
  model: string,
  threshold: number | null,
): PairResult {
  const scored = scoredPairs(set, matches, truths)
  const errors = scored.flatMap(({ truth, same, p }, at): WrongPair[] => {
    const pair: NeutralPair | undefined = matches[at]
    if (pair === undefined || truth === same) return []
    return [
      { mistake: same ? 'joined' : 'kept apart', p, left: sideOf(set, pair.left), right: sideOf(set, pair.right) },
    ]
  })
  return {
    set: set.name,
    model,
    threshold,
    ...scorePairs(scored, RESAMPLES),
    errors,
    tallies: scored.map((pair) => [pair.block, tallyOfPair(pair)]),
  }
}

function sideOf(set: PairSet, ref: SlotRef): PairSide {
  const { title, year, authors } = set.record(ref.record)
  const author: NeutralAuthor | undefined = authors[ref.slot]
  return {
    ...ref,
    name: author?.name ?? '',
    affiliations: (author?.affiliations ?? []).map(({ name }) => name),
    title,
    year,
  }
}
