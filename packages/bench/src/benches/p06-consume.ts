import { bareDecoder } from '@atlas/schemas/bench'
import { createMemoryCodec } from '@atlas/schemas/testing'
import type { Bench } from '../bench.ts'
import { findKcat, timeKcat } from '../kcat.ts'
import { measured, notRun } from '../measure.ts'
import { lifelikeCandidate } from './lifelike.ts'
import { newTopic, openBus, timeConsume, timePublish } from './log.ts'

const MESSAGES = 150_000
const BAR = {
  id: 'P6',
  title: 'our consume + decode rate / kcat -C and bare avsc after it',
  bar: 0.35,
  sense: 'least',
  unit: '×',
} as const

/**
 * P6: candidates read and decoded by our consumer, against kcat that reads the same topic and prints nothing, and bare avsc
 * that decodes the same messages from memory (decision 0007).
 */
export const consume: Bench = {
  id: 'P6',
  title: 'consume and decode: our wrapper against kcat',
  async run({ runs, path, stack, progress }) {
    const kcat = findKcat(path)
    if (!kcat) return [notRun(BAR, 'kcat is not installed')]
    const { kafka } = await stack()
    await using bus = await openBus(kafka.brokers)
    const codec = await createMemoryCodec()
    const bareDecode = bareDecoder('candidates')
    const notes: string[] = []
    const ratios: number[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`P6: repetition ${run} of ${runs}`)
      const topic = await newTopic(bus)
      const values = Array.from({ length: MESSAGES }, (_, i) => codec.encode('candidates', lifelikeCandidate(run, i)))
      await timePublish(bus, topic, values)
      let decoded = 0
      const ours = await timeConsume(bus, topic, MESSAGES, async (batch) => {
        for (const value of batch) if (value && (await codec.decode('candidates', value))) decoded++
      })
      if (decoded < MESSAGES) throw new Error(`${decoded} of ${MESSAGES} messages were decoded`)
      const args = [
        '-C',
        '-b',
        kafka.brokers.join(','),
        '-t',
        topic,
        '-o',
        'beginning',
        '-e',
        '-q',
        '-f',
        '',
        '-X',
        'fetch.wait.max.ms=10',
      ]
      const theirs = await timeKcat(kcat, args)
      const start = performance.now()
      for (const value of values) if (bareDecode(value)) decoded++
      const bare = (performance.now() - start) / 1000
      if (run === 0) continue
      ratios.push((theirs + bare) / ours)
      const rate = (seconds: number) => `${Math.round(MESSAGES / seconds / 1000)}k`
      notes.push(`${rate(ours)} against ${rate(theirs)} and ${rate(bare)} messages/s`)
    }
    return [measured(BAR, ratios, notes.join(', '))]
  },
}
