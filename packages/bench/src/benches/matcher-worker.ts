import { parentPort, workerData } from 'node:worker_threads'
import { matcherWorld, settledOdds } from './full-matcher.ts'

/** Slots to score, from the first up to the last but one. */
export type Task = readonly [from: number, to: number]

export interface Answer {
  readonly pairs: number
  /** Sum of the log odds of the pairs that are kept, in units of their last decimal: the same in any order. */
  readonly odds: number
}

const { profiles, slots } = workerData as { readonly profiles: number; readonly slots: number }
const world = matcherWorld(profiles, () => undefined)
// What a matcher reads from its database, made beforehand.
const made = Array.from({ length: slots }, (_, at) => world.slot(at))
parentPort?.postMessage('ready')
parentPort?.on('message', ([from, to]: Task) => {
  let [pairs, odds] = [0, 0]
  for (const one of made.slice(from, to)) {
    const settled = settledOdds(world.meet(one))
    pairs += settled.pairs
    odds += settled.odds
  }
  parentPort?.postMessage({ pairs, odds } satisfies Answer)
})
