import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../bench.ts'
import { findKcat, timeKcat } from '../kcat.ts'
import { measured, notRun } from '../measure.ts'
import { lineOf, newTopic, openBus, PARTITIONS, timePublish } from './log.ts'

const MESSAGES = 60_000
const SINGLE = 500
const BYTES = 900
const AGAINST_KCAT = { id: 'P5', title: 'our produce rate / kcat -P', bar: 0.08, sense: 'least', unit: '×' } as const
const AGAINST_SINGLE = {
  id: 'P5 single',
  title: 'our produce rate / awaited single sends',
  bar: 10,
  sense: 'least',
  unit: '×',
} as const

/** P5: messages of 900 bytes through our producer, against kcat with the same lines, and against one send a message. */
export const produce: Bench = {
  id: 'P5',
  title: 'produce: our wrapper against kcat, and against single sends',
  async run({ runs, path, stack, progress }) {
    const { kafka } = await stack()
    await using bus = await openBus(kafka.brokers)
    const kcat = findKcat(path)
    const folder = await mkdtemp(join(tmpdir(), 'atlas-bench-'))
    await using _ = { [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
    const againstKcat: number[] = []
    const againstSingle: number[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`P5: repetition ${run} of ${runs}`)
      const lines = Array.from({ length: MESSAGES }, () => lineOf(BYTES))
      const ours =
        MESSAGES /
        (await timePublish(
          bus,
          await newTopic(bus),
          lines.map((line) => Buffer.from(line)),
        ))
      const topic = await newTopic(bus)
      const start = performance.now()
      for (const line of lines.slice(0, SINGLE))
        await bus.publish(topic, 0, [{ key: 'k', value: Buffer.from(line), headers: {} }])
      const single = SINGLE / ((performance.now() - start) / 1000)
      const file = join(folder, `${run}.txt`)
      await writeFile(file, `${lines.join('\n')}\n`)
      const kcatTopic = await newTopic(bus)
      const args = ['-P', '-b', kafka.brokers.join(','), '-t', kcatTopic, '-z', 'zstd', '-X', 'acks=all', '-l', file]
      const theirs = kcat ? MESSAGES / (await timeKcat(kcat, args)) : undefined
      if (theirs !== undefined) await assertCount(bus, kcatTopic, MESSAGES)
      // The first round warms both sides up.
      if (run === 0) continue
      againstSingle.push(ours / single)
      if (theirs !== undefined) againstKcat.push(ours / theirs)
    }
    return [
      kcat ? measured(AGAINST_KCAT, againstKcat) : notRun(AGAINST_KCAT, 'kcat is not installed'),
      measured(AGAINST_SINGLE, againstSingle),
    ]
  },
}

async function assertCount(bus: Awaited<ReturnType<typeof openBus>>, topic: string, count: number): Promise<void> {
  const ends = await bus.offsets(topic)
  const found = ends.reduce((sum, { high }) => sum + Number(high), 0)
  if (found !== count) throw new Error(`${found} of ${count} messages are in "${topic}" (${PARTITIONS} partitions)`)
}
