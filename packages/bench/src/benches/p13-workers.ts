import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { type People, peopleOf } from '@atlas/linkage/kernel'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince, machineSeconds } from '../cpu.ts'
import { measured, median, notRun } from '../measure.ts'
import { createPopulation, type Population } from '../people/people.ts'
import { knownSketch, laterSketch } from '../people/sketches.ts'
import type { Answer, Shared, Task } from './sketch-worker.ts'

const PROFILES = 200_000
const SLOTS = 120_000
// Enough that the last is short, few enough that asking costs nothing.
const TASKS = 64
// Of a core, used by other processes.
const BUSY = 0.2
const BAR = {
  id: 'P13',
  title: 'kernel for sketches: pairs a second of two workers over the same arrays / of one',
  bar: 1.7,
  sense: 'least',
  unit: '×',
} as const

/** P13: two workers share the arrays and are handed ranges of blocks; nothing else passes between them. By the clock. */
export const workers: Bench = {
  id: 'P13',
  title: 'the kernel for sketches, two workers against one',
  async run({ runs, progress }) {
    const population = createPopulation('kernel')
    progress(`P13: ${PROFILES} profiles`)
    const people = peopleOf(sketches(population, PROFILES, knownSketch))
    const shared: Shared = { slots: peopleOf(sketches(population, SLOTS, laterSketch)), people }
    await using team = await startWorkers(shared, 2)
    const [ratios, rates, others]: [number[], number[], number[]] = [[], [], []]
    for (let run = 0; run <= runs; run++) {
      progress(`P13: repetition ${run} of ${runs}`)
      const one = await team.score(shared.slots, 1)
      const two = await team.score(shared.slots, 2)
      if (one.pairs !== two.pairs || one.kept !== two.kept) throw new Error('two workers found other pairs than one')
      others.push(one.others, two.others)
      // The first round warms both up; a round beside busy neighbours says nothing of two workers.
      if (run === 0 || Math.max(one.others, two.others) > BUSY) continue
      ratios.push(one.seconds / two.seconds)
      rates.push(two.pairs / two.seconds / 1e6)
    }
    const around = `others used ${median(others).toFixed(2)} of ${availableParallelism()} cores`
    if (ratios.length * 2 < runs) return [notRun(BAR, `${around}; it takes a machine with two to itself`)]
    const note = `${rates.map((rate) => rate.toFixed(1)).join(' ')} million pairs/s of two`
    return [measured(BAR, ratios, `${note}; ${around}`)]
  },
}

function* sketches(population: Population, count: number, sketch: typeof knownSketch) {
  for (let at = 0; at < count; at++) yield sketch(population, at)
}

/** By the clock, and how many cores other processes used meanwhile: beside a busy neighbour two workers are no faster. */
interface Timed extends Answer {
  readonly seconds: number
  readonly others: number
}

interface Team extends AsyncDisposable {
  score(slots: People, workers: number): Promise<Timed>
}

async function startWorkers(shared: Shared, count: number): Promise<Team> {
  const team = Array.from(
    { length: count },
    () =>
      new Worker(new URL('./sketch-worker.ts', import.meta.url), { workerData: shared, execArgv: process.execArgv }),
  )
  await Promise.all(team.map((worker) => once(worker, 'online')))
  return {
    async score(slots, workers) {
      const tasks = tasksOf(slots.blocks.length)
      const sum = { pairs: 0, kept: 0 }
      const [start, own, machine] = [performance.now(), process.cpuUsage(), machineSeconds()]
      const work = async (worker: Worker): Promise<void> => {
        for (let task = tasks.pop(); task; task = tasks.pop()) {
          worker.postMessage(task)
          const [answer] = (await once(worker, 'message')) as [Answer]
          sum.pairs += answer.pairs
          sum.kept += answer.kept
        }
      }
      await Promise.all(team.slice(0, workers).map(work))
      const seconds = (performance.now() - start) / 1000
      return { ...sum, seconds, others: Math.max(0, machineSeconds() - machine - cpuSecondsSince(own)) / seconds }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(team.map((worker) => worker.terminate()))
    },
  }
}

function tasksOf(blocks: number): Task[] {
  const size = Math.ceil(blocks / TASKS)
  return Array.from(
    { length: TASKS },
    (_, at) => [Math.min(blocks, at * size), Math.min(blocks, (at + 1) * size)] as const,
  )
}
