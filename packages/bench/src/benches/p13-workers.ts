import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Bench } from '../bench.ts'
import { cpuSecondsSince, machineSeconds } from '../cpu.ts'
import { measured, median, notRun } from '../measure.ts'
import type { Answer, Given } from './matcher-worker.ts'

const PROFILES = 20_000
// Rounds of five seconds: in one of a second a single collection of the heap moves the ratio by a tenth.
const SLOTS = 48_000
// Times that a worker scores all slots before it is measured: V8 has settled by then.
const WARM_UP = 3
// Of a core, used by other processes.
const BUSY = 0.2
const BAR = {
  id: 'P13',
  title: 'the shipped path: pairs a second of two workers, each with a world of its own / of one',
  bar: 1.7,
  sense: 'least',
  unit: '×',
} as const

/**
 * P13: two workers meet, prepare, compare and settle slots as members of the matcher do, each with all profiles in its own
 * memory, and take portions of the slots in turn; nothing else passes between them. By the clock.
 */
export const workers: Bench = {
  id: 'P13',
  title: 'the matcher without its database, two workers against one',
  async run({ runs, progress }) {
    progress(`P13: ${PROFILES} profiles, in each of two workers`)
    await using team = await startWorkers(2)
    const [ratios, rates, others]: [number[], number[], number[]] = [[], [], []]
    await team.warmUp()
    for (let run = 1; run <= runs; run++) {
      progress(`P13: repetition ${run} of ${runs}`)
      const one = await team.score(1)
      const two = await team.score(2)
      if (one.pairs !== two.pairs || one.odds !== two.odds) throw new Error('two workers found other pairs than one')
      others.push(one.others, two.others)
      progress(`P13: one ${shown(one)}, two ${shown(two)}`)
      // A round beside busy neighbours says nothing of two workers.
      if (Math.max(one.others, two.others) > BUSY) continue
      ratios.push(one.seconds / two.seconds)
      rates.push(two.pairs / two.seconds)
    }
    const around = `others used ${median(others).toFixed(2)} of ${availableParallelism()} cores`
    if (ratios.length * 2 < runs) return [notRun(BAR, `${around}; it takes a machine with two to itself`)]
    const note = `${rates.map((rate) => rate.toFixed(0)).join(' ')} pairs/s of two`
    return [measured(BAR, ratios, `${note}; ${around}`)]
  },
}

/** By the clock, and how many cores other processes used meanwhile: beside a busy neighbour two workers are no faster. */
interface Timed extends Answer {
  readonly seconds: number
  readonly others: number
}

function shown({ seconds, others }: Timed): string {
  return `${seconds.toFixed(2)} s beside ${others.toFixed(2)} cores of others`
}

interface Team extends AsyncDisposable {
  /** Each worker scores all slots by itself, as often as it takes until its code is compiled. */
  warmUp(): Promise<void>
  score(workers: number): Promise<Timed>
}

async function startWorkers(count: number): Promise<Team> {
  const next = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const team = Array.from(
    { length: count },
    () =>
      new Worker(new URL('./matcher-worker.ts', import.meta.url), {
        workerData: { profiles: PROFILES, slots: SLOTS, next } satisfies Given,
        execArgv: process.execArgv,
      }),
  )
  await Promise.all(team.map((worker) => once(worker, 'message')))
  const score = async (workers: readonly Worker[]): Promise<Timed> => {
    Atomics.store(next, 0, 0)
    const [start, own, machine] = [performance.now(), process.cpuUsage(), machineSeconds()]
    const answers = await Promise.all(
      workers.map(async (worker) => {
        worker.postMessage('go')
        const [answer] = (await once(worker, 'message')) as [Answer]
        return answer
      }),
    )
    const seconds = (performance.now() - start) / 1000
    return {
      pairs: answers.reduce((sum, { pairs }) => sum + pairs, 0),
      odds: answers.reduce((sum, { odds }) => sum + odds, 0),
      seconds,
      others: Math.max(0, machineSeconds() - machine - cpuSecondsSince(own)) / seconds,
    }
  }
  return {
    async warmUp() {
      for (let time = 0; time < WARM_UP; time++) for (const worker of team) await score([worker])
    },
    score: (workers) => score(team.slice(0, workers)),
    async [Symbol.asyncDispose]() {
      await Promise.all(team.map((worker) => worker.terminate()))
    },
  }
}
