import type { Bench } from '../bench.ts'
import { measured } from '../measure.ts'
import { lineOf, newTopic, openBus, timeConsume, timePublish } from './log.ts'

const MESSAGES = 60_000
const BAR = {
  id: 'P7',
  title: 'consume → produce loop / 1 ÷ (1/consume + 1/produce)',
  bar: 0.5,
  sense: 'least',
  unit: '×',
} as const

/** P7: a loop that passes every message on to another topic, against what its two halves take alone. */
export const loop: Bench = {
  id: 'P7',
  title: 'consume → work → produce with an empty handler, against its halves',
  async run({ runs, stack, progress }) {
    const { kafka } = await stack()
    await using bus = await openBus(kafka.brokers)
    const ratios: number[] = []
    for (let run = 0; run <= runs; run++) {
      progress(`P7: repetition ${run} of ${runs}`)
      const topic = await newTopic(bus)
      const produceSeconds = await timePublish(
        bus,
        topic,
        Array.from({ length: MESSAGES }, () => Buffer.from(lineOf(900))),
      )
      const consumeSeconds = await timeConsume(bus, topic, MESSAGES, async () => undefined)
      const onward = await newTopic(bus)
      const loopSeconds = await timeConsume(bus, topic, MESSAGES, async (values, partition) => {
        for (let at = 0; at < values.length; at += 1_000)
          await bus.publish(
            onward,
            partition,
            values.slice(at, at + 1_000).map((value, i) => ({ key: `k${i}`, value, headers: {} })),
          )
      })
      if (run > 0) ratios.push((consumeSeconds + produceSeconds) / loopSeconds)
    }
    return [measured(BAR, ratios)]
  },
}
