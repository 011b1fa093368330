import { parentPort, workerData } from 'node:worker_threads'
import { type People, scoreBlocks } from '@atlas/linkage/kernel'

/** What a worker is given: arrays it shares with the others, and which messages it then waits for. */
export interface Shared {
  readonly slots: People
  readonly people: People
}

/** Blocks of slots to score. */
export type Task = readonly [from: number, to: number]

export interface Answer {
  readonly pairs: number
  readonly kept: number
}

const { slots, people } = workerData as Shared
parentPort?.on('message', (task: Task) => {
  let kept = 0
  const pairs = scoreBlocks(slots, people, task, () => kept++)
  parentPort?.postMessage({ pairs, kept } satisfies Answer)
})
