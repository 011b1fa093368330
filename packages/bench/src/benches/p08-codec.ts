import { measureCodec } from '@atlas/schemas/bench'
import type { Bench } from '../bench.ts'
import { measured } from '../measure.ts'

/** P8: our Avro codec, frame and all, against bare avsc on the same values. */
export const codec: Bench = {
  id: 'P8',
  title: 'Avro encode and decode against bare avsc',
  async run() {
    return (await measureCodec()).map(({ id, bar, runs }) =>
      measured({ id, title: 'our rate / bare avsc', bar, sense: 'least', unit: '×' }, runs),
    )
  },
}
