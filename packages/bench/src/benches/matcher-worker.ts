import { parentPort, workerData } from 'node:worker_threads'
import { matcherWorld, settledOdds } from './full-matcher.ts'

/** What a worker is started with. */
export interface Given {
  readonly profiles: number
  readonly slots: number
  /** The first slot that nobody has taken; whoever is free takes the next `PORTION`. */
  readonly next: Int32Array<SharedArrayBuffer>
}

export interface Answer {
  readonly pairs: number
  /** Sum of the log odds of the pairs that are kept, in units of their last decimal: the same in any order. */
  readonly odds: number
}

// Enough that taking them costs nothing, few enough that workers end together.
const PORTION = 50

const { profiles, slots, next } = workerData as Given
const world = matcherWorld(profiles, () => undefined)
// What a matcher reads from its database, made beforehand.
const made = Array.from({ length: slots }, (_, at) => world.slot(at))
parentPort?.postMessage('ready')
parentPort?.on('message', () => {
  let [pairs, odds] = [0, 0]
  for (let from = Atomics.add(next, 0, PORTION); from < slots; from = Atomics.add(next, 0, PORTION))
    for (const one of made.slice(from, from + PORTION)) {
      const settled = settledOdds(world.meet(one))
      pairs += settled.pairs
      odds += settled.odds
    }
  parentPort?.postMessage({ pairs, odds } satisfies Answer)
})
